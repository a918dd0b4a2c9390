import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../index.js';
import { fabricOf } from '../../nodes/index.js';
import { attempt } from './attempt.js';
import { kinds } from './lab.js';
import { lifeOf } from './life.js';

const node = fc.constantFrom('n0', 'n1', 'n2');
const app = fc.constantFrom('a0', 'a1', 'a2', 'a3');
const port = fc.integer({ min: 1, max: 3 });
const session = fc
  .tuple(app, fc.integer({ min: 1, max: 4 }), fc.constantFrom('', '/1', '/2'))
  .map((parts) => `${parts[0]}.${parts[1]}${parts[2]}`);
const victim = fc.oneof(
  app,
  node,
  node.map((name) => `${name}.rmc`),
);
const closing = fc.constantFrom('', '--close_session free-if-true', '--close_session slow:20ms');
const aborting = fc.constantFrom('', '--abort_session close', '--abort_session slow:50ms,close');

function line(words: TemplateStringsArray, ...values: fc.Arbitrary<string | number>[]): fc.Arbitrary<string> {
  return fc.tuple(...values).map((texts) => words.map((word, at) => `${word}${texts[at] ?? ''}`).join(''));
}

const lines = fc.oneof(
  line`rmc_listen ${app} ${port} ${closing}`,
  line`rmc_listen ${app} ${port} --new_session ${fc.constantFrom('heap', 'pool:2', 'slow:10ms')} --close_session free-if-true --on_message echo`,
  line`rmc_open ${app} ${node}:${port} ${aborting}`,
  line`rmc_open ${app} ${node}:${port} --on_io_failure close`,
  line`rmc_open ${app} ${node}:${port} --delivery ordered ${aborting}`,
  line`rmc_send ${session} --count ${fc.integer({ min: 1, max: 90 })} ${fc.constantFrom('', '--every 3ms')}`,
  line`rmc_close ${session} --then-free`,
  line`rmc_shutdown ${session} --then-free`,
  line`kill ${victim}`,
  line`launch ${app}`,
  line`hang ${victim}`,
  line`unhang ${victim}`,
  line`power off ${node}`,
  line`power on ${node}`,
  line`cut ${node} ${node} ${fc.constantFrom('', '--one-way')}`,
  fc.constant('heal'),
  line`inject ${fc.constantFrom('loss', 'duplicate', 'delay', 'reorder', 'corrupt')} --probability ${fc.integer({ min: 1, max: 60 })}% --for 300ms`,
  line`run ${fc.constantFrom('1us', '5us', '100us', '205us', '1ms', '20ms', '300ms', '900ms')}`,
);

const stories = fc.record({
  seed: fc.integer({ min: 0, max: 1000 }),
  nodes: fc.array(
    fc.record({ kind: fc.constantFrom(...kinds), release: fc.constantFrom('R1.0.x', 'R1.1', 'R1.1') }),
    { minLength: 3, maxLength: 3 },
  ),
  mailbox: fc.integer({ min: 1, max: 64 }),
  apps: fc.array(node, { minLength: 4, maxLength: 4 }),
  lines: fc.array(lines, { minLength: 10, maxLength: 80 }),
});

type Story = typeof stories extends fc.Arbitrary<infer S> ? S : never;

/** Something to break: servers of the first two applications, clients of the others. */
function begin({ apps }: Story): readonly string[] {
  return [
    'rmc_listen a0 1 --close_session free-if-true --on_message echo',
    'rmc_listen a1 2 --new_session heap --close_session free-if-true',
    'rmc_listen a1 2 --close_session slow:1ms',
    `rmc_open a2 ${apps[0]}:1 --abort_session close --on_io_failure close`,
    `rmc_open a3 ${apps[0]}:1`,
    `rmc_open a2 ${apps[1]}:2`,
    `rmc_open a3 ${apps[1]}:2 --abort_session slow:30ms,close --delivery ordered`,
    'run 1ms',
  ];
}

/** Runs the story; then everything is mended, and there is time for every timer. */
function told(story: Story): Emulator {
  const emulator = createEmulator({ seed: story.seed });
  for (const [index, { kind, release }] of story.nodes.entries()) {
    attempt(emulator, `node n${index} ${kind} --release ${release}`);
    attempt(emulator, `set n${index} mailbox ${story.mailbox}`);
  }
  for (const [index, on] of story.apps.entries()) attempt(emulator, `app a${index} --on ${on}`);
  for (const one of [...begin(story), ...story.lines]) attempt(emulator, one);
  attempt(emulator, 'heal');
  for (const name of ['n0', 'n1', 'n2', 'a0', 'a1', 'a2', 'a3']) attempt(emulator, `unhang ${name}`);
  emulator.run(30_000_000);
  return emulator;
}

/** The rest of an application's double orders: the monitor's, not RMC's. */
const OPERATOR_ERRORS = ['use-after-free', 'out-of-memory'];

describe('whatever happens', () => {
  it('D7 D14 D17 D24 D25 D28 sessions live by the rules, and nothing is left of the dead', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const emulator = told(story);
        const { world } = emulator;
        expect(lifeOf(emulator)).toEqual([]);
        const errors = world.memory.errors.map((error) => error.kind);
        expect(errors.filter((kind) => !OPERATOR_ERRORS.includes(kind))).toEqual([]);
        const { deliveries } = fabricOf(world);
        const wrong = [...deliveries.flows.values()].map((flow) => flow.toServer.wrong + flow.toClient.wrong);
        expect([deliveries.wrongInAll, ...wrong].filter((count) => count > 0)).toEqual([]);
        for (const one of emulator.sessions()) {
          if (!one.over && !one.lost) expect(['OPENING', 'CLOSING']).not.toContain(one.state);
        }
      }),
      { numRuns: 400, seed: 2026 },
    );
  });
});
