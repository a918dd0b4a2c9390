import { describe, expect, it } from 'vitest';
import { loseIf } from './support/bench.js';
import { makeConnected, makePair } from './support/pair.js';

const HEARTBEAT = 100_000;

describe('failures', () => {
  it('S20 D15 D17 R1.1: an idle client is told by abort_session, 3.5 heartbeats after the last frame', () => {
    const { bench, client, server, session } = makeConnected();
    bench.run(1_000_000);
    const last = bench.frames.filter((frame) => frame.from === server).at(-1)!.atUs + bench.latencyUs;
    server.alive = false;
    const died = bench.nowUs;
    bench.run(1_000_000);
    expect(client.take()).toEqual([
      'peer_failed 2.0 silence',
      `state ${session} FAILED`,
      `abort_session ${session} silence`,
    ]);
    expect(client.core.sessionInfo(session)?.stateName).toBe('FAILED');
    const told = last + 3.5 * HEARTBEAT;
    expect(told - died).toBeLessThanOrEqual(4 * HEARTBEAT + bench.latencyUs);
  });

  it('D17 pending IOs complete in issue order before abort_session; then a new IO fails at once (S21)', () => {
    const { bench, client, server, session } = makeConnected();
    server.alive = false;
    client.send(session, 'a');
    client.send(session, 'b');
    bench.run(1_000_000);
    expect(client.take()).toEqual([
      'peer_failed 2.0 silence',
      `state ${session} FAILED`,
      `io_done ${session} #1 RMC_ECONNABORTED silence`,
      `io_done ${session} #2 RMC_ECONNABORTED silence`,
      `abort_session ${session} silence`,
    ]);
    expect(client.send(session, 'c')).toBe('RMC_ECONNABORTED');
  });

  it('S21 abort_session NULL: no callback, the failure is found at once by the next IO', () => {
    const { bench, client, server, session } = makeConnected({ abortSession: false });
    server.alive = false;
    bench.run(1_000_000);
    expect(client.take()).toEqual(['peer_failed 2.0 silence', `state ${session} FAILED`]);
    expect(client.send(session, 'x')).toBe('RMC_ECONNABORTED');
  });

  it('S17 R1.0.x: an idle client learns nothing; a new IO times out and fails its session', () => {
    const { bench, client, server, session } = makeConnected({ client: 'R1.0.x', abortSession: false });
    server.alive = false;
    bench.run(60_000_000);
    expect(client.take()).toEqual([]);
    const start = bench.nowUs;
    client.send(session, 'a');
    bench.run(1_000_000);
    client.send(session, 'b');
    bench.run(3_000_000);
    expect(client.texts()).toEqual([
      `state ${session} FAILED`,
      `io_done ${session} #1 RMC_ETIMEDOUT io`,
      `io_done ${session} #2 RMC_ECONNABORTED io`,
    ]);
    expect(client.heardAt(`state ${session} FAILED`)).toBe(start + 2_000_000);
  });

  it('D15 a side that fails a session because an IO timed out sends one ABORT for it', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    bench.fault = loseIf((frame) => frame.type === 'DATA');
    client.send(session, 'x');
    bench.run(2_500_000);
    expect(client.texts()).toContain(`io_done ${session} #1 RMC_ETIMEDOUT io`);
    expect(client.texts()).toContain(`abort_session ${session} io`);
    expect(bench.sentOf('ABORT')).toHaveLength(1);
    expect(server.texts()).toContain(`closing ${accepted} TRUE failed-abort`);
  });

  it('D15 a restarted server answers a HEARTBEAT for a session that it does not have with ABORT', () => {
    const { bench, client, server, session } = makeConnected();
    bench.run(30_000);
    server.restart();
    bench.run(100_000);
    expect(client.take().slice(-3)).toEqual([
      `state ${session} FAILED`,
      'peer_failed 2.0 abort',
      `abort_session ${session} abort`,
    ]);
  });

  it('D15 a frame of a newer incarnation fails the sessions with the old one', () => {
    const { bench, client, server, session } = makeConnected();
    server.restart();
    server.listen(5);
    const second = client.open(server, 5);
    bench.run(300);
    expect(client.take()).toEqual([
      `state ${second} OPENING`,
      'peer_failed 2.0 incarnation',
      `state ${session} FAILED`,
      `abort_session ${session} incarnation`,
      `state ${second} OPEN`,
      `open_done ${second} RMC_OK`,
    ]);
  });

  it('D15 DATA for a session that is not there is answered ABORT; R1.0.x is silent', () => {
    for (const release of ['R1.1', 'R1.0.x'] as const) {
      const { bench, client, server, session } = makeConnected({ server: release });
      server.restart();
      client.send(session, 'x');
      bench.run(300);
      const told = client.take();
      expect(told.includes(`io_done ${session} #1 RMC_ECONNABORTED abort`)).toBe(release === 'R1.1');
    }
  });

  it('D15 an OPEN_ACK for a session that is not there is answered ABORT: the server does not keep it', () => {
    const { bench, client, server } = makePair();
    bench.fault = (frame) => (frame.type === 'OPEN_ACK' ? [{ delayUs: 3_000_000 }] : undefined);
    server.placedByApp = true;
    const session = client.open(server, 5);
    bench.run(2_000_000);
    client.close(session);
    client.take();
    const accepted = server.acceptedSessions[0]!;
    expect(server.state(accepted)).toBe('ESTABLISHED');
    bench.run(1_500_000);
    expect(server.texts()).toContain(`closing ${accepted} TRUE failed-abort`);
    expect(client.take().filter((text) => !text.startsWith('state') && !text.startsWith('close'))).toEqual(
      [],
    );
  });

  it('D16 an ACCEPT session whose client never confirms lives open_timeout after the last open request', () => {
    const { bench, client, server } = makePair();
    bench.fault = loseIf((frame) => frame.from === server);
    client.open(server, 5);
    bench.run(60_000);
    client.alive = false;
    bench.run(5_000_000);
    const accepted = server.acceptedSessions[0]!;
    expect(server.heardAt(`closing ${accepted} TRUE failed-silence`)).toBe(50_000 + 100 + 2_000_000);
  });

  it('D16 R1.0.x: a session whose client died stays, until an IO of the server times out', () => {
    const { bench, client, server, accepted } = makeConnected({ server: 'R1.0.x' });
    client.alive = false;
    bench.run(20_000_000);
    expect(server.take()).toEqual([]);
    server.send(accepted, 'x');
    bench.run(2_000_000);
    expect(server.take()).toEqual([
      `state ${accepted} CLOSED`,
      `io_done ${accepted} #1 RMC_ETIMEDOUT io`,
      `closing ${accepted} TRUE io`,
    ]);
  });

  it('D16 R1.1: the server finds its client silent and runs close_session TRUE', () => {
    const { bench, client, server, accepted } = makeConnected();
    client.alive = false;
    bench.run(1_000_000);
    expect(server.take()).toEqual([
      'peer_failed 1.1 silence',
      `state ${accepted} CLOSED`,
      `closing ${accepted} TRUE failed-silence`,
    ]);
  });

  it('D15 the interval that counts is the peer’s, the misses are one’s own', () => {
    const pair = makePair({ timers: { heartbeatUs: 300_000 } });
    const { bench, client, server } = pair;
    server.core.setTimers({ ...server.timers, heartbeatUs: 20_000 });
    const session = client.open(server, 5);
    bench.run(1_000_000);
    const last = bench.frames.filter((frame) => frame.from === server).at(-1)!.atUs + bench.latencyUs;
    server.alive = false;
    bench.run(500_000);
    expect(client.heardAt(`abort_session ${session} silence`)).toBe(last + 70_000);
  });

  it('D15 a longer interval is told with the beat that was due, so that nobody is found failed', () => {
    const { bench, client, server, session } = makeConnected();
    bench.run(250_000);
    server.core.setTimers({ ...server.timers, heartbeatUs: 1_000_000 });
    bench.run(10_000_000);
    expect(client.texts().filter((text) => text.startsWith('peer_failed'))).toEqual([]);
    server.alive = false;
    const deadUs = bench.nowUs;
    bench.run(10_000_000);
    expect(client.heardAt(`abort_session ${session} silence`) - deadUs).toBeGreaterThan(2_400_000);
  });

  it('D15 one HEARTBEAT frame lists 100 sessions', () => {
    const { bench, client, server } = makePair();
    for (let i = 0; i < 250; i++) client.open(server, 5);
    bench.run(1000);
    const before = bench.frames.length;
    bench.run(HEARTBEAT);
    const beats = bench.frames.slice(before).filter((frame) => frame.from === client);
    expect(beats.map((frame) => frame.header.payloadLength / 12)).toEqual([100, 100, 50]);
    bench.run(1_000_000);
    expect(bench.sentOf('ABORT')).toEqual([]);
    expect(client.core.liveSessions()).toHaveLength(250);
  });

  it('D21 a hung peer is found failed; when it resumes it is told by ABORT', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    bench.run(250_000);
    server.hung = true;
    bench.run(1_000_000);
    expect(client.texts()).toContain(`abort_session ${session} silence`);
    server.resume();
    bench.run(1000);
    expect(server.take().filter((text) => text.startsWith('closing'))).toEqual([
      `closing ${accepted} TRUE failed-abort`,
    ]);
  });

  it('D21 a beat that fell due several times is sent once; frames that waited count as heard', () => {
    const { bench, client, server, accepted } = makeConnected();
    server.hung = true;
    bench.run(300_000);
    server.take();
    const before = bench.frames.length;
    server.resume();
    bench.settle();
    expect(bench.types(before)).toEqual(['HEARTBEAT']);
    bench.run(1_000_000);
    expect(server.state(accepted)).toBe('ESTABLISHED');
    expect(client.take()).toEqual([]);
  });

  it('D18 mixed pairs have neither HEARTBEAT nor ABORT', () => {
    for (const [one, two] of [
      ['R1.0.x', 'R1.1'],
      ['R1.1', 'R1.0.x'],
    ] as const) {
      const { bench, client, server, session } = makeConnected({ client: one, server: two });
      client.send(session, 'x');
      bench.run(1_000_000);
      server.restart();
      client.send(session, 'y');
      bench.run(5_000_000);
      expect(new Set(bench.types())).toEqual(new Set(['OPEN_REQ', 'OPEN_ACK', 'DATA', 'ACK']));
      expect(client.texts()).toContain(`io_done ${session} #2 RMC_ETIMEDOUT io`);
    }
  });

  it('D18 a node that comes up as the other release: its new sessions are of the other kind', () => {
    const { bench, client, server } = makeConnected();
    server.restart('R1.0.x');
    server.listen(5);
    const second = client.open(server, 5);
    bench.run(1000);
    client.take();
    server.alive = false;
    bench.run(10_000_000);
    expect(client.take()).toEqual([]);
    expect(client.state(second)).toBe('OPEN');
  });

  it('D15 a stray OPEN_ACK of a dead incarnation does not open a session', () => {
    const { bench, client, server } = makeConnected();
    bench.fault = (frame) =>
      frame.type === 'OPEN_ACK' && frame.header.srcIncarnation === 1 ? [{ delayUs: 4000 }] : undefined;
    const late = client.open(server, 5);
    bench.run(1000);
    server.restart();
    server.listen(5);
    const second = client.open(server, 5);
    bench.run(200_000);
    expect(client.state(second)).toBe('OPEN');
    expect(client.core.sessionInfo(late)?.peer.incarnation).toBe(2);
  });
});
