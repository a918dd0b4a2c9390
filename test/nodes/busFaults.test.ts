import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../index.js';
import { kinds, lab, plain } from './lab.js';

const percent = (most: number) => fc.integer({ min: 0, max: most });

/** A bad bus, and what both sides send on it. */
const cases = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  loss: percent(25),
  duplicate: percent(30),
  reorder: percent(40),
  corrupt: percent(15),
  jitterUs: fc.integer({ min: 0, max: 2_000 }),
  release: fc.constantFrom('R1.0.x', 'R1.1'),
  window: fc.integer({ min: 1, max: 64 }),
  sendQueue: fc.integer({ min: 1, max: 64 }),
  mailbox: fc.integer({ min: 1, max: 16 }),
  toServer: fc.integer({ min: 0, max: 120 }),
  toClient: fc.integer({ min: 0, max: 120 }),
  hangUs: fc.constantFrom(0, 0, 5_000, 300_000),
});

type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never;

function world(far: string, near: string, one: Case): Emulator {
  const settings = ['far', 'near'].map(
    (node) => `
      set ${node} window ${one.window}
      set ${node} send_queue ${one.sendQueue}
      set ${node} mailbox ${one.mailbox}
      set ${node} io_timeout 10m
      set ${node} heartbeat_misses 1000`,
  );
  return lab(
    `
      node far ${far} --release ${one.release}
      node near ${near}
      ${settings.join('\n')}
      app server --on far
      app client --on near
      rmc_listen server 9 --as s
      rmc_open client far:9 --as c
      expect session c OPEN --within 10ms
      link loss ${one.loss}%
      link duplicate ${one.duplicate}%
      link reorder ${one.reorder}%
      link corrupt ${one.corrupt}%
      link jitter ${one.jitterUs}us
      ${one.toServer > 0 ? `rmc_send c --count ${one.toServer}` : ''}
      ${one.toClient > 0 ? `rmc_send s/1 --count ${one.toClient}` : ''}
      run 1ms
      ${one.hangUs > 0 ? `hang server\nrun ${one.hangUs}us\nunhang server` : ''}
      run 9m
    `,
    { seed: one.seed },
  );
}

function texts(emulator: Emulator, session: string): readonly unknown[] {
  return emulator
    .events('message')
    .map(plain)
    .filter((message) => message['session'] === session)
    .map((message) => message['text']);
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `message ${index + 1}`);
}

describe.each(kinds.flatMap((far) => kinds.map((near) => [far, near] as const)))(
  'a bad bus between an %s and an %s',
  (far, near) => {
    it('D24 each message arrives exactly once and in order, and every IO completes', () => {
      fc.assert(
        fc.property(cases, (one) => {
          const emulator = world(far, near, one);
          expect(texts(emulator, 's/1')).toEqual(numbered(one.toServer));
          expect(texts(emulator, 'c')).toEqual(numbered(one.toClient));
          const done = emulator.events('io_done').map(plain);
          expect(done.filter((io) => io['status'] === 'RMC_OK')).toHaveLength(one.toServer + one.toClient);
          // IOs complete in the order in which they were issued.
          for (const app of ['client', 'server']) {
            const order = done.filter((io) => io['app'] === app).map((io) => io['io']);
            expect(order).toEqual(order.map((_, index) => index + 1));
          }
        }),
        { numRuns: 15, seed: 24 },
      );
    });
  },
);
