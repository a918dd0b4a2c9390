import {
  addressText,
  type CheckFailure,
  type CommandDeclaration,
  choice,
  defineCommand,
  duration,
  integer,
  needed,
  option,
  required,
  sessionName,
  type Wait,
  type World,
} from '../../emulator/index.js';
import { SESSION_STATES } from '../events.js';
import { type Fabric, fabricOf } from '../fabric.js';
import type { SessionRecord } from '../records.js';
import { nodeOrApp } from './args.js';
import { type MemoryCount, memoryCounts } from './memoryCounts.js';

const DELIVERED_WITHIN_US = 10_000_000;

/** Waits until `failure` says that nothing is wrong any more; what is wrong in the end is the failure. */
function until(untilUs: number, failure: () => CheckFailure | undefined): { readonly wait: Wait } {
  return {
    wait: {
      untilUs,
      poll: () => (failure() === undefined ? 'done' : 'waiting'),
      expire: () => failure()!,
    },
  };
}

export const expectSession: CommandDeclaration = defineCommand({
  name: 'expect session',
  group: 'Checks',
  effect: 'check',
  help: 'a session is in a state; with --same-block in the same block as another was',
  examples: ['expect session client.1 OPEN', 'expect session server.1/2 ESTABLISHED --same-block server.1/1'],
  rules: ['S10', 'D8', 'D13'],
  words: {
    session: required(sessionName, 'the session'),
    state: required(choice('state', SESSION_STATES), 'its state'),
  },
  options: {
    'same-block': option(sessionName, 'the session whose block it has'),
    within: option(duration, 'wait for it, so long from now at most'),
  },
  run: ({ world }, args) =>
    until(world.nowUs + (args.within ?? 0), () =>
      sessionFailure(world, args.session, args.state, args['same-block']),
    ),
});

/** One block of history; or, under `hardware`, one that was handed out twice (D29). */
function isSameBlock(fabric: Fabric, one: SessionRecord, other: SessionRecord): boolean {
  if (one.address !== other.address) return false;
  if (one.madeBy === other.madeBy) return true;
  return one.rmcProcess === other.rmcProcess && fabric.node(one.node).state.policy === 'hardware';
}

function sessionFailure(
  world: World,
  name: string,
  state: string,
  sameBlock: string | undefined,
): CheckFailure | undefined {
  const fabric = fabricOf(world);
  const record = fabric.sessionNamed(name);
  if (record === undefined)
    return { message: `expected session ${name} to be ${state}, but there is no such session` };
  const node = fabric.node(record.node).state.name;
  if (record.state !== state)
    return { message: `expected session ${name} to be ${state}, but it is ${record.state}`, node };
  if (sameBlock === undefined) return undefined;
  const other = fabric.sessionNamed(sameBlock);
  if (other === undefined)
    return { message: `there is no session ${sameBlock} to compare blocks with`, node };
  if (isSameBlock(fabric, record, other)) return undefined;
  const where =
    other.address === record.address ? 'in another block at that place' : `at ${addressText(record.address)}`;
  return {
    message: `expected ${name} in the block of ${sameBlock} at ${addressText(other.address)}, but it is ${where}`,
    node,
  };
}

export const expectDelivered: CommandDeclaration = defineCommand({
  name: 'expect delivered',
  group: 'Checks',
  effect: 'check',
  help: 'so many messages were handed to the application on a session since it was made; on an ordered one also what is missing',
  examples: [
    'expect delivered server.1/1 --count 1000',
    'expect delivered server.1/1 --count 8 --given-up 2 --late 1',
  ],
  rules: ['D23', 'D24', 'D25'],
  words: { session: required(sessionName, 'the session') },
  options: {
    count: needed(integer('n', 0), 'how many; has to be given'),
    'given-up': option(integer('n', 0), 'ordered delivery: so many were given up'),
    late: option(
      integer('n', 0),
      'ordered delivery: so many came after they were given up, and were dropped',
    ),
    within: option(duration, 'so long at most after the last change (10s)'),
  },
  check: ({ count }) =>
    count === undefined ? [{ at: 'expect delivered', problem: 'it needs --count <n>' }] : [],
  run: ({ world, engine }, { session, count = 0, within, ...missing }) =>
    until(Math.max(world.nowUs, engine.since.timeUs + (within ?? DELIVERED_WITHIN_US)), () => {
      const record = fabricOf(world).sessionNamed(session);
      const delivered = record?.delivered ?? 0;
      if (delivered === count) return missingFailure(session, record, missing['given-up'], missing.late);
      const what = record === undefined ? 'there is no such session' : `${delivered} were`;
      return { message: `expected ${count} messages handed to the application on ${session}, but ${what}` };
    }),
});

/** D25: what an ordered session gave up, and what came later than that. */
function missingFailure(
  session: string,
  record: SessionRecord | undefined,
  wantedGivenUp: number | undefined,
  wantedLate: number | undefined,
): CheckFailure | undefined {
  const { givenUp, late } = record ?? { givenUp: 0, late: 0 };
  if (givenUp === (wantedGivenUp ?? givenUp) && late === (wantedLate ?? late)) return undefined;
  const wanted = [
    ...(wantedGivenUp === undefined ? [] : [`${wantedGivenUp} given up`]),
    ...(wantedLate === undefined ? [] : [`${wantedLate} late`]),
  ];
  return {
    message: `expected ${wanted.join(' and ')} on ${session}, but ${givenUp} were given up and ${late} came late`,
  };
}

export const expectMemory: CommandDeclaration = defineCommand({
  name: 'expect memory',
  group: 'Checks',
  effect: 'check',
  help: 'so many blocks live, or so many leaked, of a node or an application',
  examples: ['expect memory eee0 --live 0 --owner rmc', 'expect memory client --leaked 1'],
  rules: ['D28'],
  words: { of: required(nodeOrApp, 'the node or application') },
  options: {
    live: option(integer('n', 0), 'live blocks'),
    leaked: option(integer('n', 0), 'blocks that RMC gave back and nobody freed'),
    owner: option(choice('owner', ['app', 'rmc']), 'only blocks of this owner'),
    within: option(duration, 'wait for it, so long from now at most'),
  },
  check: ({ live, leaked }) =>
    live === undefined && leaked === undefined
      ? [{ at: 'expect memory', problem: 'it needs --live <n> or --leaked <n>' }]
      : [],
  run: ({ world, engine }, args) => {
    const name = args.of.name;
    if (args.leaked !== undefined) engine.claims.claim('leak', name, args.leaked);
    return until(world.nowUs + (args.within ?? 0), () =>
      memoryFailure(name, memoryCounts(world, name, args.owner), args.live, args.leaked),
    );
  },
});

function memoryFailure(
  name: string,
  found: MemoryCount,
  live: number | undefined,
  leaked: number | undefined,
): CheckFailure | undefined {
  if (live !== undefined && found.live !== live) {
    return {
      message: `expected ${live} live blocks of ${name}, but there are ${found.live}`,
      nearest: found.blocks,
    };
  }
  if (leaked !== undefined && found.leaked !== leaked) {
    return {
      message: `expected ${leaked} leaked blocks of ${name}, but there are ${found.leaked}`,
      nearest: found.blocks,
    };
  }
  return undefined;
}
