import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Handle } from '../../rmc-core/index.js';
import { type Chaos, chaosOf } from './support/chaos.js';
import type { TestHost } from './support/host.js';
import { makePair } from './support/pair.js';

const chaosArbitrary: fc.Arbitrary<Chaos> = fc.record({
  seed: fc.integer(),
  loss: fc.integer({ min: 0, max: 40 }),
  duplicate: fc.integer({ min: 0, max: 40 }),
  reorder: fc.integer({ min: 0, max: 60 }),
  corrupt: fc.integer({ min: 0, max: 20 }),
});

const caseArbitrary = fc.record({
  chaos: chaosArbitrary,
  release: fc.constantFrom('R1.0.x' as const, 'R1.1' as const),
  window: fc.integer({ min: 1, max: 40 }),
  sendQueue: fc.integer({ min: 0, max: 20 }),
  patient: fc.boolean(),
  /** Each step: how many messages from either side, credit for the server, time that passes. */
  steps: fc.array(
    fc.record({
      fromClient: fc.integer({ min: 0, max: 30 }),
      fromServer: fc.integer({ min: 0, max: 30 }),
      credit: fc.integer({ min: 0, max: 40 }),
      waitUs: fc.integer({ min: 0, max: 60_000 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
});

/** One direction: numbers what it sends, and keeps what was accepted. */
class Sender {
  accepted = 0;
  readonly host: TestHost;
  readonly session: Handle;

  constructor(host: TestHost, session: Handle) {
    this.host = host;
    this.session = session;
  }

  send(count: number): void {
    for (let i = 0; i < count; i++) {
      const status = this.host.send(this.session, String(this.accepted + 1));
      if (status === 'RMC_INPROGRESS') this.accepted++;
    }
  }

  /** Completions in order, each io once; gives how many were RMC_OK. */
  completed(): { all: number; ok: number } {
    const done = this.host.texts().filter((text) => text.startsWith(`io_done ${this.session} `));
    for (const [index, text] of done.entries()) expect(text).toContain(` #${index + 1} `);
    return { all: done.length, ok: done.filter((text) => text.endsWith('RMC_OK')).length };
  }
}

function checkDirection(sender: Sender, to: TestHost, session: Handle, mustBeWhole: boolean): void {
  const delivered = to.messages.get(session) ?? [];
  expect(delivered).toEqual(delivered.map((_, index) => String(index + 1)));
  const { all, ok } = sender.completed();
  expect(ok).toBeLessThanOrEqual(delivered.length);
  expect(delivered.length).toBeLessThanOrEqual(sender.accepted);
  if (!mustBeWhole) return;
  expect(delivered.length).toBe(sender.accepted);
  expect([all, ok]).toEqual([sender.accepted, sender.accepted]);
}

describe('delivery', () => {
  it('D24 exactly once and in order, whatever the bus does, both ways, with and without credit', () => {
    fc.assert(
      fc.property(caseArbitrary, ({ chaos, release, window, sendQueue, patient, steps }) => {
        const long = patient ? { ioTimeoutUs: 120_000_000, heartbeatMisses: 1000 } : {};
        const { bench, client, server } = makePair({
          server: release,
          timers: { window, sendQueue, ...long },
        });
        const session = client.open(server, 5);
        bench.run(1000);
        const accepted = server.acceptedSessions[0]!;
        bench.fault = chaosOf(chaos);
        server.credit(5);
        const up = new Sender(client, session);
        const down = new Sender(server, accepted);
        for (const step of steps) {
          up.send(step.fromClient);
          down.send(step.fromServer);
          bench.run(step.waitUs);
          server.addCredit(step.credit);
        }
        server.addCredit(10_000);
        bench.run(patient ? 60_000_000 : 10_000_000);
        const lives = client.state(session) === 'OPEN' && server.state(accepted) === 'ESTABLISHED';
        if (patient) expect(lives).toBe(true);
        checkDirection(up, server, accepted, lives);
        checkDirection(down, client, session, lives);
        if (patient) {
          client.close(session);
          bench.fault = undefined;
          bench.run(100_000);
          expect(client.texts()).toContain(`close_done ${session} RMC_OK`);
          expect(server.texts().filter((text) => text.startsWith('closing'))).toHaveLength(1);
        }
      }),
      { numRuns: 150 },
    );
  });
});
