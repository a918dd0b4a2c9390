import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../rmc-core/frame.js';
import { type FrameHeader, FrameType, MAX_FRAME_BYTES, makeFrameHeader } from '../../rmc-core/index.js';
import { Bench, loseIf } from './support/bench.js';
import type { TestHost } from './support/host.js';
import { makeConnected, makePair } from './support/pair.js';

/** Hands a frame to a host as if it had just come in. */
function give(host: TestHost, header: Partial<FrameHeader>, payload = new Uint8Array(0)): void {
  const bytes = new Uint8Array(MAX_FRAME_BYTES);
  const whole = {
    ...makeFrameHeader(),
    release: 2,
    srcIncarnation: 1,
    ...header,
    payloadLength: payload.length,
  };
  host.frameIn(bytes.slice(0, encodeFrame(bytes, 0, whole, payload, 0)));
  host.bench.settle();
}

const toClient = { srcNode: 2, srcPlace: 0, dstNode: 1, dstPlace: 1 };
const toServer = { srcNode: 1, srcPlace: 1, dstNode: 2, dstPlace: 0 };

function closings(host: TestHost): string[] {
  return host.texts().filter((text) => text.startsWith('closing'));
}

describe('frames of an instance that was restarted', () => {
  it('D12 D15 an open request of one that is known to be outlived makes no session', () => {
    const { bench, client, server } = makeConnected();
    client.restart();
    client.open(server, 5);
    bench.run(1000);
    server.take();
    const before = { ...server.core.counters };
    give(server, { ...toServer, type: FrameType.OPEN_REQ, srcId: 9, openNumber: 7, port: 5 });
    expect(server.take()).toEqual([]);
    expect(server.core.counters).toEqual({ ...before, staleOpen: before.staleOpen + 1 });
  });

  it('D15 its first frame fails the older one’s sessions, also a close of an open that was lost', () => {
    const { bench, client, server, accepted } = makeConnected();
    bench.fault = loseIf((frame) => frame.type === 'OPEN_REQ');
    client.restart();
    client.close(client.open(server, 5));
    bench.run(300);
    expect(closings(server)).toEqual([`closing ${accepted} TRUE failed-incarnation newer`]);
  });

  it.each([
    [6, 'RMC_OK'],
    [7, 'RMC_ECONNREFUSED'],
  ])('D9 D15 R1.1: it opens at port %i: the older one’s session ends by the incarnation', (port, status) => {
    const { bench, client, server, accepted } = makeConnected();
    server.listen(6);
    client.restart();
    client.take();
    client.open(server, port);
    bench.run(1000);
    expect(closings(server)).toEqual([`closing ${accepted} TRUE failed-incarnation newer`]);
    expect(client.take()).toContain(`open_done 1 ${status}`);
  });
});

describe('frames that a pair does not have', () => {
  it.each([1, 2] as const)('D15 D18 HEARTBEAT of release code %i', (release) => {
    const { bench, client } = makeConnected();
    const dropped = client.core.counters.dropped;
    const from = bench.frames.length;
    const entry = new Uint8Array(12).fill(9);
    give(client, { ...toClient, type: FrameType.HEARTBEAT, release, dstIncarnation: 1 }, entry);
    expect(bench.types(from)).toEqual(release === 1 ? [] : ['ABORT']);
    expect(client.core.counters.dropped - dropped).toBe(release === 1 ? 1 : 0);
  });

  it.each([
    ['OPEN_ACK', ['ABORT']],
    ['DATA', ['ABORT']],
    ['ACK', []],
    ['OPEN_NAK', []],
    ['CLOSE_ACK', []],
    ['CLOSE_REQ', ['CLOSE_ACK']],
  ] as const)('D14 D15 %s for a session that is not there is answered with %j', (type, answers) => {
    const { bench, client } = makeConnected();
    const dropped = client.core.counters.dropped;
    const from = bench.frames.length;
    give(client, {
      ...toClient,
      type: FrameType[type],
      srcId: 2,
      dstId: 9,
      dstIncarnation: 1,
      openNumber: 1,
    });
    expect(bench.types(from)).toEqual(answers);
    expect(client.core.counters.dropped - dropped).toBe(answers.length === 0 ? 1 : 0);
  });

  it.each(['DATA', 'ACK', 'OPEN_ACK'] as const)(
    'D13 D14 %s for a session that closes without an answer is dropped',
    (type) => {
      const { bench, client, server } = makePair();
      bench.fault = loseIf((frame) => frame.from === server);
      const session = client.open(server, 5);
      client.close(session);
      bench.run(300);
      client.take();
      const from = bench.frames.length;
      give(client, { ...toClient, type: FrameType[type], srcId: 2, dstId: 1, openNumber: 1, seq: 1 });
      expect(client.core.counters.dropped).toBe(1);
      expect(client.take()).toEqual([]);
      expect(bench.types(from)).toEqual([]);
    },
  );
});

describe('both sides of a session in one place', () => {
  /** One instance that listens, and that opened to itself; the host has not answered the open yet. */
  function alone() {
    const bench = new Bench();
    const only = bench.host({ node: 1, place: 1, timers: { openTimeoutUs: 400_000, heartbeatMisses: 20 } });
    only.listen(5);
    only.offers = 'hold';
    const session = only.open(only, 5);
    bench.run(300);
    return { bench, only, session };
  }

  /** As `alone`, but the client gave up, and its local id is taken by the ACCEPT session that comes too late. */
  function late() {
    const { bench, only, session } = alone();
    bench.run(500_000);
    only.close(session);
    bench.settle();
    only.take();
    const accepted = only.accept(1);
    expect(only.core.sessionInfo(accepted)).toMatchObject({ localId: 2, peer: { node: 1, place: 1, id: 2 } });
    return { bench, only, accepted };
  }

  it('D12 they talk to each other', () => {
    const { bench, only, session } = alone();
    const accepted = only.accept(1);
    bench.run(300);
    only.send(session, 'there');
    only.send(accepted, 'back');
    bench.run(300);
    expect([only.messages.get(accepted), only.messages.get(session)]).toEqual([['there'], ['back']]);
    only.close(session);
    bench.run(300);
    expect(only.texts()).toContain(`closing ${accepted} TRUE closed`);
  });

  it('D12 D15 an answer to a client that is gone does not come back to the session that has its id', () => {
    const { bench, only, accepted } = late();
    bench.run(300);
    expect(closings(only)).toEqual([`closing ${accepted} TRUE failed-abort`]);
    expect(bench.types().slice(-2)).toEqual(['OPEN_ACK', 'ABORT']);
  });

  it('D12 D15 neither does its heartbeat', () => {
    const { bench, only, accepted } = late();
    bench.fault = loseIf((frame) => frame.type === 'OPEN_ACK');
    bench.run(150_000);
    expect(closings(only)).toEqual([`closing ${accepted} TRUE failed-abort`]);
    expect(bench.types().slice(-3)).toEqual(['OPEN_ACK', 'HEARTBEAT', 'ABORT']);
  });

  it.each([
    ['two processes of one node', 1, 2],
    ['two nodes', 2, 1],
  ] as const)('D12 %s may have the same local ids', (_, node, place) => {
    const bench = new Bench();
    const client = bench.host({ node: 1, place: 1 });
    const server = bench.host({ node, place });
    client.listen(6);
    server.listen(5);
    const p = { address: client.block(), node, place, port: 5, owner: 7, abortSession: true };
    const session = client.core.open(p, bench.nowUs);
    bench.run(300);
    const accepted = server.acceptedSessions[0]!;
    expect(server.core.sessionInfo(accepted)).toMatchObject({ localId: 2, peer: { id: 2 } });
    client.send(session, 'there');
    bench.run(500_000);
    expect(server.messages.get(accepted)).toEqual(['there']);
    expect([client.state(session), server.state(accepted)]).toEqual(['OPEN', 'ESTABLISHED']);
  });
});
