import type { LinkSetting } from '../links.js';
import type { ArgType } from '../monitor/argType.js';
import { bandwidth, choice, duration, nodeName, probability } from '../monitor/argTypes.js';
import {
  type CommandDeclaration,
  defineCommand,
  flag,
  option,
  optional,
  required,
} from '../monitor/command.js';
import type { World } from '../world.js';

const settings: ReadonlyMap<string, readonly [LinkSetting, ArgType<number>]> = new Map([
  ['latency', ['latencyUs', duration] as const],
  ['jitter', ['jitterUs', duration] as const],
  ['bandwidth', ['bandwidthBitsPerS', bandwidth] as const],
  ['loss', ['loss', probability] as const],
  ['duplicate', ['duplicate', probability] as const],
  ['reorder', ['reorder', probability] as const],
  ['corrupt', ['corrupt', probability] as const],
]);

const settingNames = Object.freeze([
  'latency',
  'jitter',
  'bandwidth',
  'loss',
  'duplicate',
  'reorder',
  'corrupt',
] as const);

/** The value of the setting that the word before names. */
const settingValue: ArgType<number> = {
  name: 'value',
  describe: 'a duration (latency, jitter), bits a second (bandwidth) or a probability (the others)',
  parse: (word, scope, earlier) => {
    // A setting that is none has its own problem.
    const type = settings.get(String(earlier.get('setting')))?.[1];
    return type === undefined ? { value: 0 } : type.parse(word, scope, earlier);
  },
};

/** The node of a name; 0 stands for all where none is named. */
export const nodeOrAll = (world: World, name: string | undefined): number =>
  name === undefined ? 0 : world.nodes.find(name);

const twice = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;

export const link: CommandDeclaration = defineCommand({
  name: 'link',
  group: 'Bus',
  effect: 'change',
  help: 'sets what a link does to frames, for all links or for those from and to a node',
  examples: ['link latency 2ms', 'link loss 1% --from ssc0 --to eee0'],
  words: {
    setting: required(choice('setting', settingNames), 'what is set'),
    value: required(settingValue, 'its new value'),
  },
  options: {
    from: option(nodeName, 'only frames from this node'),
    to: option(nodeName, 'only frames to this node'),
  },
  run: ({ world }, { setting, value, from, to }) => {
    world.bus.links.set(settings.get(setting)![0], value, nodeOrAll(world, from), nodeOrAll(world, to));
  },
});

export const cut: CommandDeclaration = defineCommand({
  name: 'cut',
  aliases: ['partition'],
  group: 'Bus',
  effect: 'change',
  help: 'cuts the link between two nodes; frames in flight still arrive',
  examples: ['cut ssc0 eee0', 'cut ssc0 eee0 --one-way'],
  words: {
    from: required(nodeName, 'one node'),
    to: required(nodeName, 'the other node'),
  },
  options: { 'one-way': flag('frames from the second node to the first still pass') },
  check: ({ from, to }) =>
    twice(from, to)
      ? [{ at: 'to', problem: 'a node cannot be cut from itself', expected: 'another node' }]
      : [],
  run: ({ world }, args) => {
    const { nodes, bus } = world;
    bus.links.cut(nodes.find(args.from), nodes.find(args.to), args['one-way']);
  },
});

export const isolate: CommandDeclaration = defineCommand({
  name: 'isolate',
  group: 'Bus',
  effect: 'change',
  help: 'cuts a node from every other; frames in flight still arrive',
  examples: ['isolate eee0'],
  words: { node: required(nodeName, 'the node') },
  run: ({ world }, { node }) => {
    world.bus.links.isolate(world.nodes.find(node), world.nodes.count);
  },
});

export const heal: CommandDeclaration = defineCommand({
  name: 'heal',
  group: 'Bus',
  effect: 'change',
  help: 'mends the link between two nodes, or every link',
  examples: ['heal', 'heal ssc0 eee0'],
  words: {
    from: optional(nodeName, 'one node'),
    to: optional(nodeName, 'the other node'),
  },
  instead: { all: { alone: 'heals every link' } },
  check: ({ from, to }) => {
    if (from !== undefined && to === undefined) {
      return [{ at: 'from', problem: 'heal takes two nodes or none', expected: 'a second node' }];
    }
    return twice(from, to)
      ? [{ at: 'to', problem: 'a node is not linked with itself', expected: 'another node' }]
      : [];
  },
  run: ({ world }, { from, to }) => {
    world.bus.links.heal(nodeOrAll(world, from), nodeOrAll(world, to));
  },
});
