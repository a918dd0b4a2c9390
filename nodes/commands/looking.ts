import {
  addressText,
  type CommandDeclaration,
  defineCommand,
  flag,
  nodeName,
  optional,
  Refused,
  required,
  type World,
} from '../../emulator/index.js';
import { BLOCK_BYTES } from '../../rmc-core/index.js';
import { fabricOf } from '../fabric.js';
import type { SessionRecord } from '../records.js';
import { fieldsAt } from '../views/blockDetail.js';
import { worldView } from '../views/worldView.js';
import { address, nodeOrApp } from './args.js';
import { ledgerLines, nodeLines, sessionLines } from './lists.js';
import { addressOf, spaceNamed } from './memoryAccess.js';
import { memoryLines, seriesLines } from './memoryListing.js';
import { sessionNamed } from './operate.js';

export const nodes: CommandDeclaration = defineCommand({
  name: 'nodes',
  group: 'Looking',
  effect: 'look',
  help: 'lists nodes with their processes',
  examples: ['nodes'],
  rules: ['D19'],
  run: ({ world }) => ({ lines: nodeLines(worldView(world)) }),
});

export const sessions: CommandDeclaration = defineCommand({
  name: 'sessions',
  group: 'Looking',
  effect: 'look',
  help: 'lists sessions: state, block, who placed it, who frees it',
  examples: ['sessions', 'sessions eee0'],
  rules: ['S1', 'S5', 'S7', 'S13'],
  words: { node: optional(nodeName, 'only sessions on this node') },
  run: ({ world }, { node }) => ({ lines: sessionLines(worldView(world), node) }),
});

export const learned: CommandDeclaration = defineCommand({
  name: 'learned',
  group: 'Looking',
  effect: 'look',
  help: 'who has learned of which failure, how, and how long after; and who has not',
  examples: ['learned'],
  rules: ['D30'],
  run: ({ world }) => ({ lines: ledgerLines(worldView(world)) }),
});

export const memory: CommandDeclaration = defineCommand({
  name: 'memory',
  group: 'Looking',
  effect: 'look',
  help: 'lists blocks with their history, and the memory errors so far; or live memory over time',
  examples: ['memory eee0', 'memory client', 'memory eee0 --series'],
  rules: ['D27', 'D28', 'D29'],
  words: { of: required(nodeOrApp, 'the node or application') },
  options: { series: flag('live blocks and bytes of each owner over time instead') },
  run: ({ world }, args) => ({
    lines: args.series ? seriesLines(world, args.of) : memoryLines(world, args.of),
  }),
});

export const inspect: CommandDeclaration = defineCommand({
  name: 'inspect',
  group: 'Looking',
  effect: 'look',
  help: 'shows a session block field by field, or the bytes at an address',
  examples: ['inspect client.1', 'inspect eee0 0x1000', 'inspect client client.1+16'],
  rules: ['D27'],
  words: {
    of: required(
      {
        name: 'session|node|app',
        describe: 'a session, or a node or application with an address',
        parse: (word) => ({ value: word }),
        complete: (_prefix, scope) => ['session', 'node', 'app'].flatMap((kind) => [...scope.names(kind)]),
      },
      'what to look at',
    ),
    address: optional(address, 'where in its memory'),
  },
  check: (args, scope) => {
    const known = scope.has('node', args.of) || scope.has('app', args.of);
    if (known && args.address === undefined)
      return [{ at: 'of', problem: `inspect ${args.of} needs an address` }];
    const first = /^[^./]+/.exec(args.of)?.[0] ?? '';
    if (known || scope.has('session', first) || scope.has('app', first)) return [];
    return [{ at: 'of', problem: `there is no session, node or application "${args.of}"` }];
  },
  run: ({ world }, args) => {
    if (args.address === undefined) return { lines: blockLines(world, sessionNamed(world, args.of)) };
    const { space } = spaceNamed(world, args.of);
    return { lines: byteLines(space.bytes, space.base, addressOf(world, args.address)) };
  },
});

const BYTES_SHOWN = 64;
const BYTES_A_LINE = 16;

function byteLines(bytes: Uint8Array, base: number, from: number): readonly string[] {
  const at = from - base;
  if (at < 0 || at >= bytes.length) throw new Refused(`${addressText(from)} is outside of the memory`);
  const lines: string[] = [];
  for (let line = at; line < Math.min(at + BYTES_SHOWN, bytes.length); line += BYTES_A_LINE) {
    const part = [...bytes.subarray(line, line + BYTES_A_LINE)];
    lines.push(
      `${addressText(base + line)}  ${part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`,
    );
  }
  return lines;
}

function blockLines(world: World, record: SessionRecord): readonly string[] {
  const fabric = fabricOf(world);
  const space = fabric.node(record.node).spaceOf(fabric.app(record.app));
  if (space === undefined) throw new Refused(`the memory of ${record.name} is gone with its process`);
  const head = `${record.name}  ${record.type} ${record.state}  ${addressText(record.address)}, ${BLOCK_BYTES} bytes`;
  const at = record.address - space.base;
  return [
    head,
    ...fieldsAt(fabric, space.bytes, at).map(
      ({ offset, name, value, help }) =>
        `  +${String(offset).padEnd(4)}${name.padEnd(20)}${String(value).padEnd(12)}${help}`,
    ),
  ];
}
