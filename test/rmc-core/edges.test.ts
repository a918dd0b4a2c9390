import { describe, expect, it } from 'vitest';
import { compileTables } from '../../rmc-core/engine.js';
import { encodeFrame } from '../../rmc-core/frame.js';
import { endpointKey } from '../../rmc-core/identity.js';
import {
  checkFrame,
  closeCauseName,
  type FrameHeader,
  FrameType,
  failReasonName,
  frameTypeName,
  MAX_FRAME_BYTES,
  MAX_WINDOW,
  makeFrameHeader,
  Status,
  sessionStateName,
  sessionTypeName,
  statusName,
} from '../../rmc-core/index.js';
import { loseIf, loseNth } from './support/bench.js';
import type { TestHost } from './support/host.js';
import { makeConnected, makePair } from './support/pair.js';

function bytesOf(header: FrameHeader): Uint8Array {
  const bytes = new Uint8Array(MAX_FRAME_BYTES);
  return bytes.slice(0, encodeFrame(bytes, 0, header, bytes, 0));
}

/** Hands a frame to a host as if it had just come in: one from the other side of the pair, but for what is said. */
function give(host: TestHost, header: Partial<FrameHeader>): void {
  host.frameIn(bytesOf({ ...makeFrameHeader(), release: 2, srcIncarnation: 1, ...header }));
  host.bench.settle();
}

const toClient = { srcNode: 2, srcPlace: 0, dstNode: 1, dstPlace: 1 };
const toServer = { srcNode: 1, srcPlace: 1, dstNode: 2, dstPlace: 0 };

describe('frames at the edge of what can be', () => {
  it('D24 what is no sound frame is counted, and nothing else happens', () => {
    const { client, server } = makePair();
    const sound = bytesOf({ ...makeFrameHeader(), ...toServer, type: FrameType.OPEN_REQ, port: 5 });
    for (const bit of [0, 24, 504]) {
      const wrong = sound.slice();
      wrong[bit >> 3]! ^= 1 << (bit & 7);
      server.frameIn(wrong);
    }
    expect(server.core.counters).toEqual({ ...client.core.counters, malformed: 3 });
  });

  it.each([0, 1, 12, 255])('D2 a refusal with the status %i counts as RMC_ECONNREFUSED', (status) => {
    const { bench, client, server } = makePair();
    bench.fault = loseIf((frame) => frame.from === server);
    const session = client.open(server, 5);
    bench.run(300);
    client.take();
    give(client, { ...toClient, type: FrameType.OPEN_NAK, status, dstId: 1, openNumber: 1 });
    expect(client.take()).toEqual([`state ${session} FAILED`, `open_done ${session} RMC_ECONNREFUSED`]);
  });

  it.each([
    ['the sender’s id', { srcId: 2 ** 21 }],
    ['the receiver’s id', { dstId: 2 ** 21 }],
    ['the form of delivery', { delivery: 2 }],
  ] as const)('D12 D25 a frame is none when %s cannot be', (_, wrong) => {
    const frame = (changed: Partial<FrameHeader>) =>
      bytesOf({ ...makeFrameHeader(), type: FrameType.OPEN_REQ, ...changed });
    const verdict = (bytes: Uint8Array) => checkFrame(bytes, 0, bytes.length);
    expect(verdict(frame({ srcId: 2 ** 21 - 1, dstId: 2 ** 21 - 1, delivery: 1 }))).toBe('ok');
    expect(verdict(frame(wrong))).toBe('malformed');
  });

  it.each(['reliable', 'ordered'] as const)(
    'D24 D25 a message further ahead than any window is dropped and counted: %s',
    (delivery) => {
      const { server, accepted } = makeConnected({ delivery });
      const data = { ...toServer, type: FrameType.DATA, srcId: 1, dstId: 2, openNumber: 1 };
      give(server, { ...data, seq: MAX_WINDOW + 1 });
      expect(server.core.counters.tooFarAhead).toBe(1);
      expect(server.core.sessionInfo(accepted)?.waiting).toBe(0);
      give(server, { ...data, seq: MAX_WINDOW });
      expect(server.core.counters.tooFarAhead).toBe(1);
      expect(server.core.sessionInfo(accepted)?.waiting).toBe(1);
    },
  );

  it('D25 a question about messages further ahead than any window is dropped and counted', () => {
    const { server, bench } = makeConnected({ delivery: 'ordered' });
    const from = bench.frames.length;
    give(server, {
      ...toServer,
      type: FrameType.ACK,
      srcId: 1,
      dstId: 2,
      openNumber: 1,
      seq: MAX_WINDOW + 1,
    });
    expect(server.core.counters.tooFarAhead).toBe(1);
    expect(bench.types(from)).toEqual([]);
  });

  it('D15 an open request of R1.1 without an interval leaves the own one', () => {
    const { bench, client, server } = makePair();
    client.alive = false;
    give(server, { ...toServer, type: FrameType.OPEN_REQ, srcId: 1, openNumber: 1, port: 5 });
    const accepted = server.acceptedSessions[0]!;
    give(server, { ...toServer, type: FrameType.ACK, srcId: 1, dstId: 2, openNumber: 1 });
    const heard = bench.nowUs;
    bench.run(1_000_000);
    expect(server.heardAt(`closing ${accepted} TRUE failed-silence`)).toBe(heard + 3.5 * 100_000);
  });
});

describe('requests that wait for their host', () => {
  /** A client whose open waits for the server's host, and which closed it: the close came twice. */
  function closedEarly() {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    server.listen(6);
    const session = client.open(server, 5);
    bench.run(300);
    bench.fault = loseNth('CLOSE_ACK', 1);
    client.close(session);
    bench.run(100_000);
    expect(client.texts()).toContain(`close_done ${session} RMC_OK`);
    server.take();
    return { bench, client, server };
  }

  it('D8 the first thing that ended one is why it ends, whatever its endpoint does next', () => {
    const { bench, client, server } = closedEarly();
    const next = client.open(server, 6);
    bench.run(300);
    const doomed = server.accept(1);
    bench.run(300);
    expect(server.texts()).toContain(`closing ${doomed} TRUE closed`);
    server.accept(2);
    bench.run(300);
    expect(client.state(next)).toBe('OPEN');
  });

  it('D12 the refusal of one that its endpoint has left is told to nobody, and ends no other', () => {
    const { bench, client, server } = closedEarly();
    const next = client.open(server, 6);
    bench.run(300);
    server.core.refuse(1, Status.RMC_ENOMEM, bench.nowUs);
    bench.run(300);
    expect(bench.sentOf('OPEN_NAK')).toEqual([]);
    expect(client.state(next)).toBe('OPENING');
    server.accept(2);
    bench.run(300);
    expect(client.state(next)).toBe('OPEN');
  });

  it('D15 an older incarnation that was answered first does not hide the newer one', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    client.restart();
    bench.fault = loseNth('OPEN_REQ', 2);
    client.open(server, 5);
    const session = client.open(server, 5);
    bench.run(300);
    expect(server.heldOffers).toEqual([1, 2]);
    server.accept(1);
    const accepted = server.accept(2);
    bench.run(300);
    expect(client.state(session)).toBe('OPEN');
    expect(server.core.state.peers.map(({ incarnation }) => incarnation)).toEqual([2]);
    bench.run(500_000);
    expect(server.state(accepted)).toBe('ESTABLISHED');
  });
});

describe('a LISTEN session that is over', () => {
  it('D11 D22 leaves no port behind, and takes nobody else’s', () => {
    const { bench, server, listen } = makePair();
    const next = server.listen(5);
    server.shutdown(listen);
    bench.settle();
    expect([...server.core.state.ports]).toEqual([[5, next]]);
    server.shutdown(next);
    bench.settle();
    expect(server.core.state.ports.size).toBe(0);
  });
});

describe('what belongs to another', () => {
  it('D22 a shutdown ends the ACCEPT sessions under its LISTEN session, and no other', () => {
    const { bench, client, server, listen, accepted } = makeConnected();
    const second = server.listen(6);
    client.open(server, 6);
    bench.run(1000);
    const other = server.acceptedSessions[1]!;
    server.closings = 'hold';
    server.shutdown(listen);
    bench.settle();
    expect([accepted, second, other].map((session) => server.state(session))).toEqual([
      ...['CLOSED', 'LISTENING', 'ESTABLISHED'],
    ]);
  });

  it('D20 the end of an application ends its sessions, and nobody else’s', () => {
    const { bench, server, listen } = makeConnected();
    const stranger = server.core.listen({ address: server.block(), port: 6, owner: 8 }, bench.nowUs);
    server.ownerGone();
    bench.settle();
    expect([listen, stranger].map((session) => server.state(session))).toEqual(['over', 'LISTENING']);
  });

  it('S4 S7 only an ACCEPT session’s block can have been placed in new_session', () => {
    const { client, server, session, accepted, listen } = makeConnected();
    const isPlaced = (host: TestHost, handle: number) => host.core.sessionInfo(handle)?.placedByApp;
    expect([isPlaced(client, session), isPlaced(server, listen), isPlaced(server, accepted)]).toEqual([
      ...[false, false, true],
    ]);
  });
});

describe('a hole that waits when its session ends', () => {
  it('D25 has no timer any more, on either side', () => {
    const { bench, client, server, session, accepted } = makeConnected({ delivery: 'ordered' });
    server.closings = 'hold';
    bench.fault = (frame) => (frame.type === 'DATA' && frame.header.seq === 1 ? [] : undefined);
    for (const text of ['a', 'b']) {
      client.send(session, text);
      server.send(accepted, text);
    }
    bench.run(300);
    const abort = { type: FrameType.ABORT, openNumber: 1 };
    give(server, { ...toServer, ...abort, srcId: 1, dstId: 2 });
    give(client, { ...toClient, ...abort, srcId: 2, dstId: 1 });
    bench.run(1_000_000);
    expect([client.state(session), server.state(accepted)]).toEqual(['FAILED', 'CLOSED']);
    expect([client, server].map(({ messages }) => [...messages.values()])).toEqual([[['b']], [['b']]]);
  });
});

describe('what the host says of things that are not there', () => {
  it('D5 an offer is answered once', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    const [offer] = server.heldOffers;
    server.core.refuse(offer!, Status.RMC_ENOMEM, bench.nowUs);
    bench.settle();
    const from = bench.frames.length;
    server.core.refuse(offer!, Status.RMC_ENOMEM, bench.nowUs);
    expect(server.core.accept(offer!, 0x2000, true, bench.nowUs)).toBe(0);
    bench.settle();
    expect(bench.types(from)).toEqual([]);
  });

  it('D7 close_session returns only for an ACCEPT session that ended', () => {
    const { client, server, session, accepted } = makeConnected();
    client.closeReturned(session);
    server.closeReturned(accepted);
    server.closeReturned(99);
    expect(client.state(session)).toBe('OPEN');
    expect(server.state(accepted)).toBe('ESTABLISHED');
  });

  it('D7 D22 a LISTEN session that waits for its last close_session has none of its own', () => {
    const { bench, server, accepted, listen } = makeConnected();
    server.closings = 'hold';
    server.shutdown(listen);
    bench.settle();
    server.take();
    server.closeReturned(listen);
    bench.settle();
    expect(server.take()).toEqual([]);
    server.closeReturned(accepted);
    bench.settle();
    expect(server.take()).toEqual([`close_done ${listen} RMC_OK`]);
  });

  it('D27 there is nothing wrong with the block of a session that is not there', () => {
    const { client } = makePair();
    expect(client.core.verify(99, 0)).toBe(true);
    expect(client.core.checkFrame(bytesOf({ ...makeFrameHeader(), type: FrameType.ACK }), 0, 64)).toBe('ok');
    expect(client.core.checkFrame(new Uint8Array(64), 0, 64)).toBe('malformed');
  });

  it('D23 a session that is not there has no pending IO', () => {
    const { client, session } = makeConnected();
    client.send(session, 'a');
    expect(client.core.pendingIos(session)).toEqual([1]);
    expect(client.core.pendingIos(99)).toEqual([]);
  });

  it('D23 an IO that is complete is not pending', () => {
    const { bench, client, session } = makeConnected();
    client.send(session, 'a');
    bench.run(300);
    client.send(session, 'b');
    expect(client.core.pendingIos(session)).toEqual([2]);
  });

  it('D13 sessions that are CLOSED are not among the living', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    server.closings = 'hold';
    expect(server.core.liveSessions()).toEqual([1, accepted]);
    client.close(session);
    bench.run(300);
    expect(server.core.liveSessions()).toEqual([1]);
    expect(client.core.liveSessions()).toEqual([]);
  });

  it('D14 the mark of a call stands on what it causes', () => {
    const { client, session } = makeConnected();
    client.core.tag = 77;
    expect(client.core.tag).toBe(77);
    client.send(session, 'a');
    expect(client.core.pollFrame()).toBe(true);
    expect(client.core.frame.tag).toBe(77);
  });
});

describe('the identity of sessions', () => {
  it('D12 an endpoint is one key, and no two have the same', () => {
    const ids = [1, 2, 2 ** 21 - 1];
    const keys = [1, 2, 65_535].flatMap((node) =>
      [0, 1, 65_535].flatMap((place) => ids.map((id) => endpointKey(node, place, id))),
    );
    expect(new Set(keys).size).toBe(27);
    expect(keys.every((key) => Number.isSafeInteger(key) && key > 0)).toBe(true);
    expect([...keys].sort((a, b) => a - b)).toEqual(keys);
  });

  it('D12 a new session has the lowest local id that is free, whatever was freed before', () => {
    const { bench, client, server } = makePair();
    const open = () => client.open(server, 5);
    const idOf = (session: number) => client.core.sessionInfo(session)?.localId;
    const sessions = [1, 2, 3, 4].map(open);
    bench.run(1000);
    expect(sessions.map(idOf)).toEqual([1, 2, 3, 4]);
    for (const at of [1, 3]) {
      client.close(sessions[at]!);
      bench.run(1000);
    }
    expect([open(), open(), open()].map(idOf)).toEqual([2, 4, 5]);
  });

  it('D27 a block is no session’s any more when its session is over', () => {
    const { bench, client, session } = makeConnected();
    const { address } = client.core.sessionInfo(session)!;
    expect(client.core.sessionAtAddress(address)).toBe(session);
    client.close(session);
    bench.run(1000);
    expect(client.core.sessionAtAddress(address)).toBe(0);
  });

  it('D12 an answer of another session is not repeated, and the frame counts as dropped', () => {
    const { bench, client, server, session } = makeConnected();
    const request = bench.sentOf('OPEN_REQ')[0]!;
    client.close(session);
    bench.run(1000);
    const from = bench.frames.length;
    bench.resend(request);
    bench.run(200);
    expect(bench.types(from)).toEqual([]);
    expect(server.core.counters.dropped).toBe(1);
  });
});

describe('names of numbers that are none', () => {
  it('S1 are a question mark, or what is safe to say', () => {
    expect([sessionTypeName(0), sessionStateName(8), frameTypeName(10), closeCauseName(11)]).toEqual(
      Array(4).fill('?'),
    );
    expect(failReasonName(99)).toBe('none');
    expect(statusName(99)).toBe('RMC_EINVAL');
  });

  it('S1 a table that names an action that nobody wrote is found at the start', () => {
    expect(() => compileTables(new Map())).toThrow('rmc-core: no action');
  });
});
