import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Handle } from '../../rmc-core/index.js';
import { payloadsHeld } from '../../rmc-core/payloadPool.js';
import type { Bench, Fault } from './support/bench.js';
import { chaosOf } from './support/chaos.js';
import type { TestHost } from './support/host.js';
import { makeConnected } from './support/pair.js';

const LATENCY_US = 100;
const PATIENCE_US = 600_000_000;

const caseArbitrary = fc.record({
  chaos: fc.record({
    seed: fc.integer(),
    loss: fc.integer({ min: 0, max: 40 }),
    duplicate: fc.integer({ min: 0, max: 40 }),
    reorder: fc.integer({ min: 0, max: 60 }),
    corrupt: fc.integer({ min: 0, max: 20 }),
  }),
  release: fc.constantFrom('R1.0.x' as const, 'R1.1' as const),
  window: fc.integer({ min: 1, max: 60 }),
  gapTolerance: fc.integer({ min: 0, max: 12 }),
  gapTimeoutUs: fc.integer({ min: 1, max: 120_000 }),
  steps: fc.array(
    fc.record({
      fromClient: fc.integer({ min: 0, max: 30 }),
      fromServer: fc.integer({ min: 0, max: 30 }),
      waitUs: fc.integer({ min: 0, max: 60_000 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  end: fc.constantFrom('quick' as const, 'drain' as const),
});

/** One direction of an ordered session: what was sent in it, when each message first came, and what became of it. */
class Direction {
  sent = 0;
  /** By number: when its first sound copy reached the receiver. */
  readonly cameUs = new Map<number, number>();
  readonly from: TestHost;
  readonly fromSession: Handle;
  readonly to: TestHost;
  readonly toSession: Handle;

  constructor(from: TestHost, fromSession: Handle, to: TestHost, toSession: Handle) {
    this.from = from;
    this.fromSession = fromSession;
    this.to = to;
    this.toSession = toSession;
  }

  send(count: number): void {
    for (let i = 0; i < count; i++) {
      if (this.from.send(this.fromSession, String(this.sent + 1)) === 'RMC_INPROGRESS') this.sent++;
    }
  }

  /** Messages handed up, with their times. */
  handed(): { readonly number: number; readonly atUs: number }[] {
    const mark = `message ${this.toSession} `;
    return this.to.heard
      .filter(({ text }) => text.startsWith(mark))
      .map(({ text, atUs }) => ({ number: Number(text.slice(mark.length)), atUs }));
  }

  completions(): string[] {
    const mark = `io_done ${this.fromSession} `;
    return this.from.texts().flatMap((text) => (text.startsWith(mark) ? [text.slice(mark.length)] : []));
  }

  check(gapTimeoutUs: number): void {
    const handed = this.handed();
    let last = 0;
    for (const { number, atUs } of handed) {
      expect(number).toBeGreaterThan(last);
      expect(number).toBeLessThanOrEqual(this.sent);
      expect(atUs - this.cameUs.get(number)!).toBeLessThanOrEqual(gapTimeoutUs);
      last = number;
    }
    const numbers = new Set(handed.map(({ number }) => number));
    const ends = Array.from({ length: this.sent }, (_, i) =>
      numbers.has(i + 1) ? `#${i + 1} RMC_OK` : `#${i + 1} RMC_ETIMEDOUT gap`,
    );
    expect(this.completions()).toEqual(ends);
  }
}

/** Notes when each message comes, whatever the bus does to it. */
function watching(bench: Bench, inner: Fault, directions: readonly Direction[]): Fault {
  return (frame) => {
    const arrivals = inner(frame) ?? [{ delayUs: 0 }];
    const of = directions.find(({ from }) => from === frame.from);
    if (frame.type !== 'DATA' || of === undefined) return arrivals;
    for (const { delayUs, flipBit } of arrivals) {
      const atUs = bench.nowUs + LATENCY_US + delayUs;
      const known = of.cameUs.get(frame.header.seq) ?? Number.POSITIVE_INFINITY;
      if (flipBit === undefined) of.cameUs.set(frame.header.seq, Math.min(atUs, known));
    }
    return arrivals;
  };
}

describe('ordered delivery over a bad bus', () => {
  it('D25 in order, nothing twice, nothing waits longer than gap_timeout, RMC_OK exactly for what was handed up', () => {
    fc.assert(
      fc.property(caseArbitrary, (example) => {
        const { chaos, release, window, gapTolerance, gapTimeoutUs, steps, end } = example;
        const { bench, client, server, session, accepted } = makeConnected({
          server: release,
          delivery: 'ordered',
          timers: {
            window,
            sendQueue: 20,
            gapTolerance,
            gapTimeoutUs,
            ioTimeoutUs: PATIENCE_US,
            heartbeatMisses: 10_000,
          },
        });
        const up = new Direction(client, session, server, accepted);
        const down = new Direction(server, accepted, client, session);
        bench.fault = watching(bench, chaosOf(chaos), [up, down]);
        for (const step of steps) {
          up.send(step.fromClient);
          down.send(step.fromServer);
          bench.run(step.waitUs);
        }
        if (end === 'drain') bench.run(60_000_000);
        bench.fault = watching(bench, () => undefined, [up, down]);
        bench.run(10_000_000);
        up.check(gapTimeoutUs);
        down.check(gapTimeoutUs);
        expect(server.core.counters.retransmitted + client.core.counters.retransmitted).toBe(0);
        client.close(session);
        bench.run(1_000_000);
        expect(client.texts()).toContain(`close_done ${session} RMC_OK`);
        expect([payloadsHeld(client.core.state.pool), payloadsHeld(server.core.state.pool)]).toEqual([0, 0]);
      }),
      { numRuns: 200 },
    );
  });

  it('D25 D14 a close in the middle of it ends in time; what is handed up is in order to the last', () => {
    fc.assert(
      fc.property(caseArbitrary, ({ chaos, release, window, gapTolerance, gapTimeoutUs, steps }) => {
        const { bench, client, server, session, accepted } = makeConnected({
          server: release,
          delivery: 'ordered',
          timers: { window, gapTolerance, gapTimeoutUs },
        });
        const up = new Direction(client, session, server, accepted);
        const down = new Direction(server, accepted, client, session);
        bench.fault = chaosOf(chaos);
        for (const step of steps) {
          up.send(step.fromClient);
          down.send(step.fromServer);
          bench.run(Math.min(step.waitUs, 2000));
        }
        client.close(session);
        // io_timeout of the last IO, then close_timeout.
        bench.run(3_000_000);
        expect(client.texts().filter((text) => text.startsWith(`close_done ${session} `))).toHaveLength(1);
        for (const direction of [up, down]) {
          const numbers = direction.handed().map(({ number }) => number);
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
          expect(direction.completions().map((text) => text.split(' ')[0])).toEqual(
            direction.completions().map((_, i) => `#${i + 1}`),
          );
        }
        const ok = up.completions().filter((text) => text.endsWith('RMC_OK'));
        const numbers = new Set(up.handed().map(({ number }) => `#${number} RMC_OK`));
        expect(ok.filter((text) => !numbers.has(text))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
