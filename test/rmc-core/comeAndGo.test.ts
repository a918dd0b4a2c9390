import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Handle, Release } from '../../rmc-core/index.js';
import { payloadsHeld } from '../../rmc-core/payloadPool.js';
import { chaosOf } from './support/chaos.js';
import type { TestHost } from './support/host.js';
import { makePair, type Pair } from './support/pair.js';

const steps = [
  'open 5',
  'open 6',
  'close',
  'send',
  'answer',
  'restart',
  'restart as R1.0.x',
  'wait',
  'hold closings',
  'return closings',
  'hold offers',
  'answer offers',
  'refuse offers',
  'shutdown',
  'corrupt',
] as const;
type Step = (typeof steps)[number];

/** A client that opens, closes, dies and comes back, and a server with two LISTEN sessions that takes its time. */
class Story {
  readonly pair: Pair;
  private open: Handle[] = [];
  private listens: Handle[];

  constructor(pair: Pair) {
    this.pair = pair;
    this.listens = [pair.listen, pair.server.listen(6)];
  }

  private readonly acts: Readonly<Record<Step, () => void>> = {
    'open 5': () => this.open.push(this.pair.client.open(this.pair.server, 5)),
    'open 6': () => this.open.push(this.pair.client.open(this.pair.server, 6)),
    close: () => this.pair.client.close(this.open.shift() ?? 0),
    send: () => {
      for (const session of this.open) this.pair.client.send(session, 'x');
    },
    answer: () => {
      for (const session of this.pair.server.acceptedSessions) this.pair.server.send(session, 'y');
    },
    restart: () => this.restart('R1.1'),
    'restart as R1.0.x': () => this.restart('R1.0.x'),
    wait: () => this.pair.bench.run(400_000),
    'hold closings': () => {
      this.pair.server.closings = 'hold';
    },
    'return closings': () => this.returnClosings(),
    'hold offers': () => {
      this.pair.server.offers = 'hold';
    },
    'answer offers': () => this.answerOffers(),
    'refuse offers': () => {
      for (const offer of this.pair.server.heldOffers.splice(0)) {
        this.pair.server.core.refuse(offer, 6, this.pair.bench.nowUs);
      }
    },
    shutdown: () => {
      const listen = this.listens.shift();
      if (listen === undefined) return;
      this.pair.server.shutdown(listen);
      this.listens.push(this.pair.server.listen(this.listens.length === 1 ? 5 : 6));
    },
    corrupt: () => {
      const info = this.pair.server.core.sessionInfo(this.pair.server.acceptedSessions.at(-1) ?? 0);
      if (info === undefined) return;
      this.pair.server.poke(info.address, [1, 2, 3]);
      this.pair.server.core.verify(info.handle, this.pair.bench.nowUs);
    },
  };

  act(step: Step): void {
    this.acts[step]();
    this.pair.bench.run(700);
  }

  private restart(release: Release): void {
    this.pair.client.restart(release);
    this.open = [];
  }

  private returnClosings(): void {
    const { server } = this.pair;
    server.closings = 'return';
    for (const session of server.heldClosings.splice(0)) server.closeReturned(session);
  }

  private answerOffers(): void {
    const { server } = this.pair;
    server.offers = 'accept';
    for (const offer of server.heldOffers.splice(0)) server.accept(offer);
  }

  /** The client is gone for good, nothing is held back any more; R1.0.x sessions end by an IO that fails. */
  end(): void {
    const { bench, client, server } = this.pair;
    client.alive = false;
    this.answerOffers();
    this.returnClosings();
    bench.settle();
    this.acts.answer();
    bench.run(10_000_000);
    for (const listen of this.listens) server.shutdown(listen);
    bench.settle();
  }
}

function checkLedger(server: TestHost): void {
  const heard = server.texts();
  const handles = (pattern: RegExp): number[] =>
    heard.flatMap((text) => pattern.exec(text)?.[1] ?? []).map(Number);
  const made = handles(/^state (\d+) ESTABLISHED$/);
  const ended = handles(/^closing (\d+) /);
  expect(new Set(made).size).toBe(made.length);
  expect(ended.sort((a, b) => a - b)).toEqual(made);
  const kept = handles(/^closing (\d+) FALSE reuse/).sort((a, b) => a - b);
  expect(handles(/^reused \d+ after (\d+)$/).sort((a, b) => a - b)).toEqual(kept);
  const listening = handles(/^state (\d+) LISTENING$/);
  expect(handles(/^close_done (\d+) RMC_OK$/).sort((a, b) => a - b)).toEqual(listening);
}

function checkNothingStays(server: TestHost): void {
  const { state } = server.core;
  expect(state.sessions.size).toBe(0);
  expect(state.addresses.size).toBe(0);
  expect(state.offers.size).toBe(0);
  expect(state.ids.every((handle) => handle === 0)).toBe(true);
  expect(state.heap.size).toBe(0);
  expect(payloadsHeld(state.pool)).toBe(0);
  for (const peer of state.peers) expect([peer.members.length, peer.watched]).toEqual([0, 0]);
  for (const endpoint of state.endpoints.values()) {
    expect([endpoint.session, endpoint.request]).toEqual([0, undefined]);
  }
}

describe('sessions that come and go', () => {
  it('D7 D8 D9 end with one close_session each, and nothing stays behind', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          loss: fc.integer({ min: 0, max: 30 }),
          duplicate: fc.integer({ min: 0, max: 30 }),
          reorder: fc.integer({ min: 0, max: 30 }),
          corrupt: fc.integer({ min: 0, max: 10 }),
        }),
        fc.constantFrom('R1.0.x' as const, 'R1.1' as const),
        fc.array(fc.constantFrom(...steps), { maxLength: 40 }),
        (chaos, release, script) => {
          const pair = makePair({ server: release, timers: { heartbeatMisses: 5 } });
          pair.server.heard.push({ atUs: 0, tag: 0, text: `state ${pair.listen} LISTENING` });
          const story = new Story(pair);
          pair.bench.fault = chaosOf(chaos);
          for (const step of script) story.act(step);
          story.end();
          checkLedger(pair.server);
          checkNothingStays(pair.server);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(['R1.0.x', 'R1.1'] as const)('D28 %s: 7,000 clients come and go and leave nothing', (release) => {
    const { bench, client, server, listen } = makePair({ client: release, server: release });
    const times = 70;
    for (let round = 0; round < times; round++) {
      const sessions = Array.from({ length: 100 }, () => client.open(server, 5, { address: 0x2000 }));
      bench.run(400);
      for (const session of sessions) client.send(session, 'x');
      bench.run(400);
      for (const session of sessions) expect(client.close(session)).toBe('RMC_INPROGRESS');
      bench.run(400);
      for (const host of [client, server]) host.heard.length = 0;
      server.acceptedSessions.length = 0;
      server.resetBlocks();
      bench.frames.length = 0;
    }
    server.shutdown(listen);
    bench.settle();
    for (const host of [client, server]) {
      bench.run(200_000);
      checkNothingStays(host);
      expect(host.core.state.ids.length).toBeLessThanOrEqual(102);
      expect(host.core.state.endpoints.size).toBeLessThanOrEqual(100);
    }
  });
});
