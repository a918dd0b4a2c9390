import { describe, expect, it } from 'vitest';
import type { Release } from '../../rmc-core/index.js';
import { type Fault, loseNth } from './support/bench.js';
import { makePair, type Pair } from './support/pair.js';

const MESSAGES = 40;
const TYPES = [
  'OPEN_REQ',
  'OPEN_ACK',
  'DATA',
  'ACK',
  'CLOSE_REQ',
  'CLOSE_ACK',
  'HEARTBEAT',
  'ABORT',
] as const;

/** Opens, sends both ways, closes: what a lost frame must not change. */
function story(fault: Fault | undefined, client: Release, server: Release): Pair {
  const pair = makePair({ client, server });
  const { bench } = pair;
  bench.fault = fault;
  const session = pair.client.open(pair.server, 5);
  bench.run(500_000);
  const [accepted] = pair.server.acceptedSessions;
  for (let i = 0; i < MESSAGES; i++) {
    pair.client.send(session, `up ${i}`);
    pair.server.send(accepted!, `down ${i}`);
    bench.run(70);
  }
  bench.run(400_000);
  pair.client.close(session);
  bench.run(3_000_000);
  return pair;
}

function outcome({ client, server }: Pair): unknown {
  const notFrames = (texts: string[]): string[] => texts.filter((text) => !text.startsWith('message')).sort();
  return {
    up: [...server.messages.values()],
    down: [...client.messages.values()],
    client: notFrames(client.texts()),
    server: notFrames(server.texts()),
  };
}

describe('a lost frame', () => {
  for (const [client, server] of [
    ['R1.1', 'R1.1'],
    ['R1.0.x', 'R1.1'],
    ['R1.1', 'R1.0.x'],
    ['R1.0.x', 'R1.0.x'],
  ] as const) {
    const calm = outcome(story(undefined, client, server));

    it.each(TYPES)(`D24 ${client} to ${server}: the n-th %s changes nothing`, (type) => {
      for (let n = 1; n <= 12; n++) expect(outcome(story(loseNth(type, n), client, server))).toEqual(calm);
    });

    it.each(TYPES)(`D24 ${client} to ${server}: the first two %s change nothing`, (type) => {
      expect(outcome(story(loseNth(type, 1, 2), client, server))).toEqual(calm);
    });

    it.each(TYPES)(`D24 ${client} to ${server}: every %s twice, or late, changes nothing`, (type) => {
      const twice: Fault = (frame) => (frame.type === type ? [{ delayUs: 0 }, { delayUs: 100 }] : undefined);
      expect(outcome(story(twice, client, server))).toEqual(calm);
      const muchLater: Fault = (frame) =>
        frame.type === type ? [{ delayUs: 0 }, { delayUs: 900_000 }] : undefined;
      expect(outcome(story(muchLater, client, server))).toEqual(calm);
    });

    it.each(TYPES)(`D24 ${client} to ${server}: a flipped bit in the n-th %s changes nothing`, (type) => {
      for (let n = 1; n <= 6; n++) {
        const flip: Fault = (frame) =>
          frame.type === type && frame.ofType === n ? [{ delayUs: 0, flipBit: 37 * n + 5 }] : undefined;
        const pair = story(flip, client, server);
        expect(outcome(pair)).toEqual(calm);
        const hit = pair.bench.sentOf(type).length >= n ? 1 : 0;
        expect(pair.client.core.counters.malformed + pair.server.core.counters.malformed).toBe(hit);
      }
    });
  }

  it('D24 the n-th OPEN_NAK changes nothing', () => {
    const refusals = [undefined, loseNth('OPEN_NAK', 1), loseNth('OPEN_NAK', 1, 2)].map((fault) => {
      const { bench, client, server } = makePair();
      bench.fault = fault;
      client.open(server, 6);
      bench.run(1_000_000);
      return client.take();
    });
    expect(refusals[1]).toEqual(refusals[0]);
    expect(refusals[2]).toEqual(refusals[0]);
  });

  it('D15 a lost ABORT is said again: the next heartbeat asks for it', () => {
    const { bench, client, server, listen } = makePair();
    const session = client.open(server, 5);
    bench.run(1000);
    bench.fault = loseNth('ABORT', 1, 2);
    server.shutdown(listen);
    bench.run(350_000);
    expect(client.texts()).toContain(`abort_session ${session} abort`);
  });
});
