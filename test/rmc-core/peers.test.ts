import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../rmc-core/frame.js';
import { type FrameHeader, FrameType, MAX_FRAME_BYTES, makeFrameHeader } from '../../rmc-core/index.js';
import { Bench, loseIf, loseNth } from './support/bench.js';
import type { TestHost } from './support/host.js';
import { makeConnected, makePair } from './support/pair.js';

const HEARTBEAT = 100_000;
const LATENCY = 100;

/** When a host sent its heartbeats, counted from `startUs`. */
function beats(bench: Bench, host: TestHost, startUs: number): number[] {
  return bench
    .sentOf('HEARTBEAT', host)
    .map(({ atUs }) => atUs - startUs)
    .filter((atUs) => atUs > 0);
}

/** What a host heard of failures and ends. */
function ends(host: TestHost): string[] {
  return host.texts().filter((text) => /^(peer_failed|closing|abort_session)/.test(text));
}

describe('heartbeats', () => {
  it('D15 come once an interval, however many sessions are made meanwhile', () => {
    const { bench, client, server } = makePair();
    const startUs = bench.nowUs + LATENCY;
    for (let count = 0; count < 10; count++) {
      client.open(server, 5);
      bench.run(60_000);
    }
    expect(beats(bench, server, startUs)).toEqual([1, 2, 3, 4, 5].map((beat) => beat * HEARTBEAT));
  });

  it('D15 come once an interval, however often the peer is looked at', () => {
    const bench = new Bench();
    const client = bench.host({ node: 1, place: 1, timers: { heartbeatUs: 1_000_000 } });
    const server = bench.host({ node: 2 });
    server.listen(5);
    client.open(server, 5);
    const startUs = bench.nowUs + 2 * LATENCY;
    bench.run(3_500_000);
    expect(beats(bench, client, startUs)).toEqual([1_000_000, 2_000_000, 3_000_000]);
  });

  it.each([99, 100, 101])('D15 %i sessions take as few frames as 100 a frame allows', (count) => {
    const { bench, client, server } = makePair();
    for (let opened = 0; opened < count; opened++) client.open(server, 5);
    bench.run(1000);
    const from = bench.frames.length;
    bench.run(HEARTBEAT);
    const listed = bench.frames.slice(from).filter((frame) => frame.from === client);
    expect(listed.map(({ header }) => header.payloadLength / 12)).toEqual(count > 100 ? [100, 1] : [count]);
  });

  it('D15 list the sessions of the second frame too', () => {
    const { bench, client, server } = makePair();
    const sessions = Array.from({ length: 150 }, () => client.open(server, 5));
    bench.run(1000);
    const lost = server.acceptedSessions[119]!;
    server.poke(server.core.sessionInfo(lost)!.address, [0]);
    server.core.verify(lost, bench.nowUs);
    bench.run(2 * HEARTBEAT);
    expect(sessions.filter((session) => client.state(session) !== 'OPEN')).toEqual([sessions[119]]);
  });

  it.each([
    ['sooner, where the interval is shorter', 20_000, [20_000, 40_000]],
    ['never later, where it is longer', 400_000, [100_000, 500_000]],
  ] as const)('D15 new timers: the next one comes %s', (_, heartbeatUs, wanted) => {
    const { bench, client } = makeConnected();
    const startUs = bench.sentOf('HEARTBEAT', client)[0]!.atUs;
    client.core.setTimers({ ...client.timers, heartbeatUs });
    bench.run(600_000);
    expect(beats(bench, client, startUs).slice(0, 2)).toEqual(wanted);
  });

  it('D21 after a hang what fell due first comes first: the beat, then the silence', () => {
    const { bench, client, server, session } = makeConnected();
    server.alive = false;
    bench.run(150_000);
    client.hung = true;
    bench.run(1_000_000);
    const from = bench.frames.length;
    client.resume();
    bench.settle();
    expect(bench.types(from)).toEqual(['HEARTBEAT']);
    expect(client.state(session)).toBe('FAILED');
  });

  it('D15 silence and a beat that fall due together: there is nobody left to beat for', () => {
    const bench = new Bench();
    const client = bench.host({ node: 1, place: 1, timers: { heartbeatMisses: 0 } });
    const server = bench.host({ node: 2, timers: { heartbeatUs: 200_000 } });
    server.listen(5);
    const session = client.open(server, 5);
    bench.run(2 * LATENCY);
    server.alive = false;
    const from = bench.frames.length;
    bench.run(HEARTBEAT);
    expect(client.state(session)).toBe('FAILED');
    expect(bench.types(from)).toEqual([]);
  });
});

describe('silence', () => {
  it('D15 is counted by the interval that the open request named', () => {
    const bench = new Bench();
    const client = bench.host({ node: 1, place: 1, timers: { heartbeatUs: 1_000_000 } });
    const server = bench.host({ node: 2 });
    server.listen(5);
    bench.fault = loseIf((frame) => frame.type === 'HEARTBEAT');
    const session = client.open(server, 5);
    bench.run(1000);
    client.send(session, 'the last that is heard');
    bench.run(LATENCY);
    const heardUs = bench.nowUs;
    client.alive = false;
    bench.run(10_000_000);
    expect(server.heardAt('peer_failed 1.1 silence')).toBe(heardUs + 3_500_000);
  });

  it('D15 is counted for each peer, and for all of its sessions, in the order in which they were made', () => {
    const bench = new Bench();
    const server = bench.host({ node: 9 });
    server.listen(5);
    const clients = [1, 2, 3].map((node) => bench.host({ node, place: 1 }));
    const sessions = clients.flatMap((client) =>
      [1, 2, 3, 4].map(() => ({ client, handle: client.open(server, 5) })),
    );
    bench.run(1000);
    for (const client of clients) client.close(sessions.find((one) => one.client === client)!.handle);
    bench.run(1000);
    for (const [index, client] of clients.entries()) {
      const accepted = server.core
        .liveSessions()
        .filter((handle) => server.core.sessionInfo(handle)?.peer.node === index + 1);
      expect(accepted.length).toBe(3);
      client.alive = false;
      server.take();
      bench.run(1_000_000);
      expect(ends(server)).toEqual([
        `peer_failed ${index + 1}.1 silence`,
        ...accepted.map((handle) => `closing ${handle} TRUE failed-silence`),
      ]);
    }
    expect(server.core.liveSessions()).toEqual([1]);
  });

  it('D16 only sessions whose client was heard are watched', () => {
    const { bench, client, server } = makePair();
    const watched = () => server.core.state.peers.map((peer) => peer.watched);
    bench.fault = loseIf((frame) => frame.from === server);
    client.open(server, 5);
    bench.run(300);
    expect(watched()).toEqual([0]);
    bench.fault = undefined;
    const second = client.open(server, 5);
    bench.run(300);
    client.send(second, 'a');
    bench.run(300);
    expect([watched(), client.core.state.peers.map((peer) => peer.watched)]).toEqual([[1], [1]]);
    client.close(second);
    bench.run(300);
    expect([watched(), client.core.state.peers.map((peer) => peer.watched)]).toEqual([[0], [0]]);
    bench.fault = loseIf((frame) => frame.from === server);
    bench.run(5_000_000);
    expect(server.core.liveSessions()).toEqual([1]);
    expect(watched()).toEqual([0]);
  });

  it('D15 a request that its host was long about does not make its client silent', () => {
    const { bench, client, server, accepted } = makeConnected();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    bench.fault = loseIf((frame) => frame.type === 'OPEN_REQ');
    bench.run(1_000_000);
    server.accept(2);
    bench.run(50_000);
    expect(ends(server)).toEqual([]);
    expect(server.state(accepted)).toBe('ESTABLISHED');
  });
});

describe('a peer that was restarted', () => {
  it('D15 is no failure where no session was shared any more', () => {
    const { bench, client, server, session } = makeConnected();
    client.close(session);
    bench.run(1000);
    server.take();
    client.restart();
    client.open(server, 5);
    bench.run(1000);
    expect(ends(server)).toEqual([]);
  });

  it('D15 D16 fails also the session that its client never confirmed', () => {
    const { bench, client, server } = makePair();
    server.listen(6);
    bench.fault = loseIf((frame) => frame.from === server);
    client.open(server, 5);
    bench.run(300);
    client.restart();
    client.open(server, 6);
    bench.run(300);
    expect(ends(server)).toEqual(['peer_failed 1.1 incarnation', 'closing 3 TRUE failed-incarnation newer']);
  });

  it.each([5, 6])('D15 D16 what ends later ends by itself, not by the newer incarnation: port %i', (port) => {
    const { bench, client, server } = makeConnected();
    server.listen(6);
    client.restart();
    const session = client.open(server, port);
    bench.run(1000);
    server.take();
    client.close(session);
    bench.run(1000);
    expect(ends(server)).toEqual([expect.stringMatching(/^closing \d+ TRUE closed$/)]);
  });

  it('D15 what ends after a session that was outlived when it was made ends by itself', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    client.restart();
    bench.fault = loseNth('OPEN_REQ', 2);
    client.open(server, 5);
    const session = client.open(server, 5);
    bench.run(300);
    server.accept(2);
    bench.run(300);
    server.accept(1);
    bench.run(300);
    expect(ends(server).at(-1)).toMatch(/newer$/);
    client.close(session);
    bench.run(300);
    expect(ends(server).at(-1)).toMatch(/^closing \d+ TRUE closed$/);
  });
});

describe('what a frame says of its session', () => {
  it.each([
    ['R1.0.x', 0],
    ['R1.1', HEARTBEAT],
  ] as const)('D15 D18 the interval of %s', (release, heartbeatUs) => {
    const { bench, server } = makeConnected({ client: release, server: release });
    const opening = bench.frames.filter(({ type }) => type.startsWith('OPEN'));
    expect(opening.map(({ header }) => header.heartbeatUs)).toEqual([heartbeatUs, heartbeatUs]);
    expect(server.core.counters.framesSent).toBe(bench.frames.filter(({ from }) => from === server).length);
  });

  it('D11 the port, until there is an answer', () => {
    const { bench, client, session } = makeConnected();
    client.send(session, 'a');
    bench.run(300);
    const ports = (type: string) => bench.sentOf(type).map(({ header }) => header.port);
    expect([ports('OPEN_REQ'), ports('OPEN_ACK'), ports('DATA'), ports('ACK')]).toEqual([[5], [0], [0], [0]]);
  });

  it('D14 a session that is over, but for its close_session, is not there', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    server.closings = 'hold';
    client.close(session);
    bench.run(300);
    const from = bench.frames.length;
    const bytes = new Uint8Array(MAX_FRAME_BYTES);
    const header: FrameHeader = {
      ...makeFrameHeader(),
      ...{ type: FrameType.DATA, release: 2, srcNode: 1, srcPlace: 1, srcIncarnation: 1, srcId: 1 },
      ...{ dstNode: 2, dstIncarnation: 1, dstId: 2, openNumber: 1, seq: 1 },
    };
    server.frameIn(bytes.slice(0, encodeFrame(bytes, 0, header, bytes, 0)));
    bench.resend(bench.sentOf('CLOSE_REQ')[0]!);
    bench.run(300);
    expect(server.state(accepted)).toBe('CLOSED');
    expect(bench.types(from)).toEqual(['ABORT', 'CLOSE_ACK']);
  });
});

describe('the picture of a session', () => {
  it('D26 counts what is on the bus, what waits, and both', () => {
    const { bench, client, session } = makeConnected({ timers: { window: 2 } });
    client.send(session, 'a');
    bench.run(300);
    for (const text of ['b', 'c', 'd', 'e', 'f']) client.send(session, text);
    expect(client.core.sessionInfo(session)).toMatchObject({
      ...{ inFlight: 2, queued: 3, unacked: 5, accepted: 6, acknowledged: 1 },
    });
  });
});
