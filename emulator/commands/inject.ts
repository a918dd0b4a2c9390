import { frameInjections } from '../injections.js';
import { type ArgType, fault, listed } from '../monitor/argType.js';
import { choice, count, duration, integer, newName, nodeName, probability } from '../monitor/argTypes.js';
import {
  type ArgFault,
  type CommandDeclaration,
  defineCommand,
  flag,
  option,
  optional,
  required,
} from '../monitor/command.js';
import { frameType } from '../monitor/eventTypes.js';
import { nodeOrAll } from './links.js';

export const inject: CommandDeclaration = defineCommand({
  name: 'inject',
  group: 'Faults',
  effect: 'change',
  help: 'does something to frames that match, from now on; one that never takes effect fails the drill',
  examples: [
    'inject loss --frame CLOSE_REQ --count 1',
    'inject delay --from ssc0 --delay 5ms --for 1s --as slow',
  ],
  words: { kind: required(choice('kind of injection', frameInjections), 'what happens to the frames') },
  options: {
    frame: option(frameType, 'only frames of this type'),
    from: option(nodeName, 'only frames from this node'),
    to: option(nodeName, 'only frames to this node'),
    count: option(count, 'at most so many frames'),
    skip: option(integer('n', 0), 'so many matching frames go by first'),
    probability: option(probability, 'each matching frame with this probability'),
    for: option(duration, 'only for so long from now'),
    delay: option(duration, 'for how long delay and reorder hold a frame'),
    as: option(newName('injection', 'again'), 'a name, for clear'),
  },
  check: ({ kind, delay }): readonly ArgFault[] =>
    delay === undefined || kind === 'delay' || kind === 'reorder'
      ? []
      : [
          {
            at: 'delay',
            problem: `--delay means nothing to inject ${kind}`,
            expected: 'inject delay or reorder',
          },
        ],
  declare: ({ as }, scope) => {
    if (as !== undefined) scope.add('injection', as);
  },
  run: ({ world }, args) => {
    const { kind, frame, count: most, skip, probability: chance, delay, as } = args;
    world.injections.add({
      kind,
      madeBy: world.log.cause,
      from: nodeOrAll(world, args.from),
      to: nodeOrAll(world, args.to),
      ...(as === undefined ? {} : { name: as }),
      ...(frame === undefined ? {} : { frame: world.strings.intern(frame) }),
      ...(most === undefined ? {} : { count: most }),
      ...(skip === undefined ? {} : { skip }),
      ...(chance === undefined ? {} : { probability: chance }),
      ...(args.for === undefined ? {} : { untilUs: world.nowUs + args.for }),
      ...(delay === undefined ? {} : { delayUs: delay }),
    });
  },
});

/** A name given with --as, or the one that an injection without it gets: `inject.<n>`. */
const injectionName: ArgType<string> = {
  name: 'name',
  describe: 'the name of an injection, from --as or as inject.1',
  parse: (word, scope) => {
    if (scope.has('injection', word) || /^inject\.[1-9]\d*$/.test(word)) return { value: word };
    const right = scope.names('injection');
    return fault(`there is no injection "${word}"`, listed(right), word, right);
  },
  complete: (_prefix, scope) => scope.names('injection'),
};

export const clear: CommandDeclaration = defineCommand({
  name: 'clear',
  group: 'Faults',
  effect: 'change',
  help: 'ends an injection, or all',
  examples: ['clear slow', 'clear --all'],
  words: { name: optional(injectionName, 'the injection') },
  options: { all: flag('every injection') },
  check: ({ name, all }): readonly ArgFault[] =>
    (name === undefined) === all ? [] : [{ at: 'name', problem: 'clear takes either a name or --all' }],
  run: ({ world }, { name }) => {
    if (name === undefined) world.injections.clearAll();
    else world.injections.clear(name);
  },
});
