import {
  type ArgType,
  type CommandDeclaration,
  choice,
  defineCommand,
  duration,
  fault,
  integer,
  later,
  needed,
  newName,
  nodeName,
  option,
  Refused,
  required,
  size,
} from '../../emulator/index.js';
import { BLOCK_BYTES, type Release } from '../../rmc-core/index.js';
import { ConsoleApplication } from '../console/console.js';
import { fabricOf } from '../fabric.js';
import type { NodeKind } from '../kind.js';
import { settingDeclarations } from '../settings.js';

const KIB = 1024;
const MIB = KIB * KIB;
const LEAST_MEMORY = 4 * KIB;
const MOST_MEMORY = 64 * MIB;

export const release: ArgType<Release> = choice('release', ['R1.0.x', 'R1.1']);

/** `node`: the kinds are those that are registered. */
export function nodeCommand(kinds: readonly NodeKind[]): CommandDeclaration {
  const byName = (name: string): NodeKind => kinds.find((kind) => kind.name === name)!;
  return defineCommand({
    name: 'node',
    group: 'Set up',
    effect: 'change',
    help: 'makes a node, which is on',
    examples: ['node ssc0 ssc', 'node old ssc --release R1.0.x --memory 64KiB'],
    rules: ['D19', 'D29'],
    words: {
      name: required(newName('node'), 'its name'),
      kind: required(
        choice(
          'kind of node',
          kinds.map((kind) => kind.name),
        ),
        `its kind (${kinds.map((kind) => `${kind.name}: ${kind.help}`).join('; ')})`,
      ),
    },
    options: {
      release: option(release, 'release of RMC (R1.1)'),
      memory: option(size, 'its memory (1MiB)'),
      policy: option(
        choice('policy', ['report', 'trap', 'hardware']),
        'what a wrong use of memory does; report (unless given): it is recorded; trap: it ends the process too; ' +
          'hardware: it is carried out too',
      ),
    },
    check: ({ name, memory = MIB }, scope) => [
      ...(scope.has('app', name)
        ? [{ at: 'name', problem: `there is an application "${name}" already`, expected: 'another name' }]
        : []),
      ...(memory < LEAST_MEMORY || memory > MOST_MEMORY
        ? [{ at: 'memory', problem: `a node cannot have ${memory} bytes`, expected: 'from 4KiB to 64MiB' }]
        : []),
    ],
    declare: ({ name, kind, release: given }, scope) => {
      const { rmcIsProcess, placesAcceptSessions } = byName(kind);
      scope.add('node', name, { kind, release: given ?? 'R1.1', rmcIsProcess, placesAcceptSessions });
    },
    run: ({ world }, { name, kind, release: given, memory, policy }) => {
      fabricOf(world).addNode(byName(kind), {
        name,
        release: given ?? 'R1.1',
        memoryBytes: memory ?? MIB,
        policy: policy ?? 'report',
      });
      return undefined;
    },
  });
}

export const app: CommandDeclaration = defineCommand({
  name: 'app',
  group: 'Set up',
  effect: 'change',
  help: 'makes an application, which is running; the monitor’s commands drive it',
  examples: ['app client --on ssc0', 'app server --on eee0 --heap 8KiB'],
  rules: ['D19'],
  words: { name: required(newName('app', 'new', 'application'), 'its name') },
  options: {
    on: needed(nodeName, 'the node that it runs on; has to be given'),
    heap: option(size, 'its heap (64KiB)'),
    program: later('a program of one’s own'),
  },
  check: ({ name, on, heap = BLOCK_BYTES }, scope) => [
    ...(on === undefined ? [{ at: 'app', problem: 'app needs --on <node>: the node that it runs on' }] : []),
    ...(scope.has('node', name)
      ? [{ at: 'name', problem: `there is a node "${name}" already`, expected: 'another name' }]
      : []),
    ...(heap < BLOCK_BYTES
      ? [
          {
            at: 'heap',
            problem: `a heap of ${heap} bytes holds no session block`,
            expected: `${BLOCK_BYTES} or more`,
          },
        ]
      : []),
  ],
  declare: ({ name, on }, scope) => scope.add('app', name, { node: on! }),
  run: ({ world }, { name, on, heap }) => {
    const fabric = fabricOf(world);
    const node = fabric.nodeNamed(on!);
    if (!world.nodes.isOn(node.state.index)) throw new Refused(`${node.state.name} is not on`);
    const record = fabric.addApp(name, node, heap ?? 64 * KIB, new ConsoleApplication(fabric));
    node.launch(record);
    return undefined;
  },
});

/** A timer or a limit of rmc.md §7; the type of the value follows from it. */
const settingValue: ArgType<number> = {
  name: 'value',
  describe: 'a duration for a timer, a whole number for a limit',
  parse: (text, scope, earlier) => {
    const declaration = settingDeclarations.find((one) => one.name === earlier.get('timer'));
    if (declaration === undefined) return fault(`"${text}" is the value of no timer`);
    const type = declaration.unit === 'us' ? duration : integer('n', declaration.least, declaration.most);
    const parsed = type.parse(text, scope, earlier);
    if ('problem' in parsed || (parsed.value >= declaration.least && parsed.value <= declaration.most))
      return parsed;
    return fault(
      `${text} is out of bounds for ${declaration.name}`,
      `from ${declaration.least} to ${declaration.most} us`,
    );
  },
};

export const set: CommandDeclaration = defineCommand({
  name: 'set',
  group: 'Set up',
  effect: 'change',
  help: 'sets a timer or a limit of a node; sessions keep what they were made with',
  examples: ['set ssc0 heartbeat 50ms', 'set eee0 window 8'],
  rules: ['D15', 'D26'],
  words: {
    node: required(nodeName, 'the node'),
    timer: required(
      choice(
        'timer',
        settingDeclarations.map((one) => one.name),
      ),
      'which one',
    ),
    value: required(settingValue, 'its new value'),
  },
  check: ({ node, timer }, scope) => {
    const declaration = settingDeclarations.find((one) => one.name === timer);
    const rmcIsProcess = scope.find('node', node)?.['rmcIsProcess'] === true;
    if (declaration?.rmcProcessOnly !== true || rmcIsProcess) return [];
    return [{ at: 'timer', problem: `${node} has no ${timer}: its RMC is a library (D19)` }];
  },
  run: ({ world }, { node, timer, value }) => {
    const fabric = fabricOf(world);
    const { state } = fabric.nodeNamed(node);
    const declaration = settingDeclarations.find((one) => one.name === timer)!;
    state.settings[declaration.field] = value;
    for (const host of fabric.hosts.values()) {
      if (host.node !== state) continue;
      host.core.setTimers({ ...state.settings });
      host.scheduleWake();
    }
    fabric.nodeNamed(node).settingsChanged();
    return undefined;
  },
});
