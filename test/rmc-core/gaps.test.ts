import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../rmc-core/frame.js';
import { givenUpBitmap, isGivenUp, makeGaps, markGivenUp, unmark } from '../../rmc-core/gaps.js';
import {
  checkFrame,
  defaultCoreTimers,
  FrameType,
  makeFrameHeader,
  stateTables,
} from '../../rmc-core/index.js';
import { sessionStateNames } from '../../rmc-core/names.js';
import { cellOf, eventNames } from '../../rmc-core/tables/table.js';
import { address, connected, field, loseMessages } from './support/ordered.js';

const LIVE = ['OPEN', 'CLOSING', 'ESTABLISHED'];

describe('the marks of given-up messages', () => {
  it('D25 of numbers 1,024 apart do not touch each other', () => {
    const g = makeGaps();
    markGivenUp(g, 1030);
    expect([isGivenUp(g, 900, 6), isGivenUp(g, 900, 1030)]).toEqual([false, true]);
    unmark(g, 1030 + 2048);
    expect(isGivenUp(g, 900, 1030)).toBe(false);
  });

  it('D25 an acknowledgement tells of the last 32', () => {
    const g = makeGaps();
    g.givenUp = 3;
    for (const seq of [8, 9, 40]) markGivenUp(g, seq);
    expect(givenUpBitmap(g, 40)).toBe(0x8000_0001);
    expect(givenUpBitmap(g, 9)).toBe(3);
    expect(givenUpBitmap(g, 0)).toBe(0);
  });
});

describe('what is remembered of given-up messages', () => {
  it('D25 reaches 1,024 messages back', () => {
    const g = makeGaps();
    markGivenUp(g, 5);
    expect([5 + 1023, 5 + 1024].map((handedUp) => isGivenUp(g, handedUp, 5))).toEqual([true, false]);
  });

  it('D25 an acknowledgement tells of 32 messages, whichever were given up before them', () => {
    const g = makeGaps();
    g.givenUp = 3;
    for (const seq of [8, 9, 40]) markGivenUp(g, seq);
    expect([41, 42].map((ack) => givenUpBitmap(g, ack))).toEqual([0b10, 0b100]);
  });
});

describe('how long a hole is waited for', () => {
  it('D25 only what waits behind it counts: not what is missing there as well', () => {
    const { bench, client, server, accepted, sendAll } = connected({ timers: { gapTolerance: 2 } });
    bench.fault = loseMessages(client, 1, 2, 3);
    sendAll(5);
    bench.run(1000);
    expect(server.take()).toEqual([]);
    client.send(1, 'm6');
    bench.run(1000);
    expect(server.take().at(0)).toBe(`given_up ${accepted} #1`);
  });

  it('D21 D25 what waits before it for room does not count', () => {
    const { bench, client, server, session, accepted, sendAll } = connected({ timers: { gapTolerance: 2 } });
    bench.fault = loseMessages(client, 2);
    server.credit(0);
    sendAll(4);
    bench.run(1000);
    server.addCredit(10);
    bench.settle();
    expect(server.take()).toEqual([`message ${accepted} m1`]);
    client.send(session, 'm5');
    bench.run(1000);
    expect(server.take().at(0)).toBe(`given_up ${accepted} #2`);
  });
});

describe('the tables and frames of ordered delivery', () => {
  it('D25 every end of a live session flushes, and nothing else does', () => {
    for (const { table } of stateTables) {
      for (const state of sessionStateNames) {
        for (const event of eventNames) {
          const cell = cellOf(table, state, event);
          const isEnd = LIVE.includes(state) && (cell?.next === 'FAILED' || cell?.next === 'CLOSED');
          expect([state, event, cell?.first]).toEqual([state, event, isEnd ? ['flush'] : undefined]);
        }
      }
    }
  });

  it.each([
    [FrameType.OPEN_REQ, 1, 'ok'],
    [FrameType.OPEN_REQ, 2, 'malformed'],
    [FrameType.OPEN_ACK, 2, 'malformed'],
    [FrameType.ACK, 2, 'ok'],
  ])('D25 a frame of type %i that names delivery %i is %s', (type, delivery, verdict) => {
    const bytes = new Uint8Array(64);
    encodeFrame(bytes, 0, { ...makeFrameHeader(), type, delivery }, bytes, 0);
    expect(checkFrame(bytes, 0, bytes.length)).toBe(verdict);
  });
});

describe('the times of ordered delivery', () => {
  it('D25 a hole keeps its age when the buffer grows', () => {
    const { bench, client, server, session, accepted } = connected({ timers: { gapTolerance: 30 } });
    bench.fault = loseMessages(client, 1);
    const start = bench.nowUs;
    for (let i = 1; i <= 30; i++) {
      client.send(session, `m${i}`);
      bench.run(3000);
    }
    bench.run(100_000);
    // The second message showed the hole.
    const shownUs = start + 3000 + 100;
    expect(server.heardAt(`given_up ${accepted} #1`)).toBe(shownUs + defaultCoreTimers.gapTimeoutUs);
  });

  it('D25 what is given up at the end is said at once, and stands in the block', () => {
    const { bench, client, server, session, accepted, sendAll } = connected({
      timers: { gapTimeoutUs: 10_000 },
    });
    bench.fault = loseMessages(client, 2);
    sendAll(2);
    bench.run(200_000);
    const givenUpUs = server.heardAt(`given_up ${accepted} #2`);
    expect(client.heardAt(`io_done ${session} #2 RMC_ETIMEDOUT gap`)).toBe(givenUpUs + 100);
    expect(field(server, address(server, accepted), 'receive_handed_up')).toBe(2);
  });

  it('D25 flush at an ABORT: before FAILED and abort_session; and no hole is timed after that', () => {
    const { bench, client, server, listen, session, accepted } = connected();
    bench.fault = loseMessages(server, 1);
    server.send(accepted, 's1');
    server.send(accepted, 's2');
    bench.run(1000);
    client.take();
    server.shutdown(listen);
    bench.run(1_000_000);
    expect(client.take()).toEqual([
      `given_up ${session} #1`,
      `message ${session} s2`,
      `state ${session} FAILED`,
      `peer_failed 2.0 abort`,
      `abort_session ${session} abort`,
    ]);
  });
});
