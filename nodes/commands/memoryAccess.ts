import {
  addressText,
  type CommandDeclaration,
  defineCommand,
  hexBytes,
  type MemorySpace,
  Refused,
  required,
  type World,
} from '../../emulator/index.js';
import { fabricOf } from '../fabric.js';
import { memoryError } from '../memory/memoryErrors.js';
import type { AppRecord } from '../records.js';
import { type AddressText, address, nodeOrApp } from './args.js';
import { sessionNamed } from './operate.js';

/** The memory of an application's process, or of a node that has one memory for all. */
export function spaceNamed(
  world: World,
  name: string,
): { readonly space: MemorySpace; readonly app: AppRecord | undefined } {
  const fabric = fabricOf(world);
  const app = fabric.findApp(name);
  const node = app === undefined ? fabric.nodeNamed(name) : fabric.node(app.node);
  const space = app === undefined ? node.commonSpace() : node.spaceOf(app);
  if (space !== undefined) return { space, app };
  if (app === undefined) throw new Refused(`${name} has no memory of its own: name an application (D19)`);
  throw new Refused(`${name} is not running: its memory is gone`);
}

/** A number, or the place in the block of a session. */
export function addressOf(world: World, text: AddressText): number {
  return text.session === undefined ? text.offset : sessionNamed(world, text.session).address + text.offset;
}

export const poke: CommandDeclaration = defineCommand({
  name: 'poke',
  group: 'Faults',
  effect: 'change',
  help: 'writes bytes into memory: as the application, which may be out of bounds; or, with a node, behind its back',
  examples: ['poke client client.1 00000000', 'poke eee0 0x1010 ff'],
  rules: ['D27', 'D28'],
  words: {
    of: required(nodeOrApp, 'whose memory'),
    address: required(address, 'where'),
    bytes: required(hexBytes, 'the bytes, as hex digits'),
  },
  run: ({ world }, args) => {
    const { space, app } = spaceNamed(world, args.of.name);
    const at = addressOf(world, args.address);
    const isInside = space.contains(at, args.bytes.length);
    if (app === undefined && !isInside)
      throw new Refused(`${addressText(at)} is outside of the memory of ${args.of.name}`);
    if (isInside) space.bytes.set(args.bytes, at - space.base);
    if (app !== undefined && isOutOfBounds(space, at, args.bytes.length)) {
      memoryError(fabricOf(world), app, 'out-of-bounds', at);
    }
    return undefined;
  },
});

/** D28: an application may write into live blocks, and not over their ends. */
function isOutOfBounds(space: MemorySpace, at: number, length: number): boolean {
  const block = space.contains(at, length) ? space.blockAt(at) : undefined;
  return block === undefined || !block.live || at + length > block.address + block.size;
}
