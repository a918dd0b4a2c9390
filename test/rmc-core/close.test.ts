import { describe, expect, it } from 'vitest';
import { loseIf, loseNth } from './support/bench.js';
import { makeConnected, makePair } from './support/pair.js';

describe('closing and calls by state', () => {
  it('D14 delivers what is queued, then CLOSE_REQ; the server gets close_session TRUE', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    for (let i = 1; i <= 40; i++) client.send(session, `m${i}`);
    expect(client.close(session)).toBe('RMC_INPROGRESS');
    bench.run(2000);
    expect(server.messages.get(accepted)).toHaveLength(40);
    expect(server.take().slice(-2)).toEqual([`state ${accepted} CLOSED`, `closing ${accepted} TRUE closed`]);
    const heard = client.take();
    expect(heard.filter((text) => text.startsWith('io_done')).every((text) => text.endsWith('RMC_OK'))).toBe(
      true,
    );
    expect(heard.slice(-2)).toEqual([`state ${session} CLOSED`, `close_done ${session} RMC_OK`]);
    expect(client.core.sessionInfo(session)).toBeUndefined();
  });

  it('D14 without an answer: RMC_ETIMEDOUT, close_timeout after the first CLOSE_REQ', () => {
    const { bench, client, server, session } = makeConnected({ client: 'R1.0.x' });
    server.alive = false;
    const start = bench.nowUs;
    client.close(session);
    bench.run(3_000_000);
    expect(client.heardAt(`close_done ${session} RMC_ETIMEDOUT`)).toBe(start + 1_000_000);
  });

  it('D14 CLOSE_REQ for a session that is not there is answered, in both releases', () => {
    for (const release of ['R1.0.x', 'R1.1'] as const) {
      const { bench, client, server, session, accepted } = makeConnected({
        client: release,
        server: release,
      });
      bench.fault = loseNth('CLOSE_ACK', 1, 2);
      client.close(session);
      bench.run(900_000);
      expect(client.texts()).toContain(`close_done ${session} RMC_OK`);
      expect(server.texts().filter((text) => text.startsWith('closing'))).toEqual([
        `closing ${accepted} TRUE closed`,
      ]);
      // R1.1 hears it a little sooner: its heartbeat names the session, and the answer is ABORT (D15).
      expect(bench.sentOf('CLOSE_ACK')).toHaveLength(release === 'R1.1' ? 2 : 3);
    }
  });

  it('D14 a failure found while CLOSING: close_done RMC_ECONNABORTED, never abort_session', () => {
    const { bench, client, server, session } = makeConnected();
    server.alive = false;
    client.send(session, 'x');
    client.close(session);
    bench.run(3_000_000);
    expect(client.take()).toEqual([
      `state ${session} CLOSING`,
      'peer_failed 2.0 silence',
      `state ${session} CLOSED`,
      `io_done ${session} #1 RMC_ECONNABORTED silence`,
      `close_done ${session} RMC_ECONNABORTED`,
    ]);
  });

  it('D14 an ABORT while CLOSING: close_done RMC_OK', () => {
    const { bench, client, server, session, listen } = makeConnected();
    bench.fault = loseIf((frame) => frame.type === 'CLOSE_REQ');
    client.close(session);
    server.shutdown(listen);
    bench.run(1000);
    expect(client.take().slice(-2)).toEqual([`state ${session} CLOSED`, `close_done ${session} RMC_OK`]);
  });

  it('D14 CLOSE_REQ carries the acknowledgement: an IO of the server completes before close_session', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    bench.fault = loseIf((frame) => frame.type === 'ACK');
    server.send(accepted, 'from the server');
    bench.run(150);
    client.close(session);
    bench.run(300);
    expect(server.take()).toEqual([
      `state ${accepted} CLOSED`,
      `io_done ${accepted} #1 RMC_OK`,
      `closing ${accepted} TRUE closed`,
    ]);
  });

  it('D14 an IO of the server that the client has not got fails before close_session', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    bench.fault = loseIf((frame) => frame.type === 'DATA');
    server.send(accepted, 'lost');
    client.close(session);
    bench.run(300);
    expect(server.take()).toEqual([
      `state ${accepted} CLOSED`,
      `io_done ${accepted} #1 RMC_ECONNABORTED closed`,
      `closing ${accepted} TRUE closed`,
    ]);
  });

  it('D13 in OPENING: rmc_send RMC_ENOTCONN; rmc_close: open_done RMC_ECONNABORTED, then the close', () => {
    const { bench, client, server } = makePair();
    const session = client.open(server, 5);
    expect(client.send(session, 'x')).toBe('RMC_ENOTCONN');
    expect(client.close(session)).toBe('RMC_INPROGRESS');
    bench.run(1000);
    expect(client.take()).toEqual([
      'state 1 OPENING',
      'state 1 CLOSING',
      'open_done 1 RMC_ECONNABORTED',
      'state 1 CLOSED',
      'close_done 1 RMC_OK',
    ]);
    expect(server.take().slice(-2)).toEqual(['state 2 CLOSED', 'closing 2 TRUE closed']);
  });

  it('D12 an open request that its close overtook finds itself answered: no callback', () => {
    const { bench, client, server } = makePair();
    bench.fault = (frame) => (frame.type === 'OPEN_REQ' ? [{ delayUs: 5000 }] : undefined);
    const session = client.open(server, 5);
    client.close(session);
    bench.run(10_000);
    expect(client.texts()).toContain(`close_done ${session} RMC_OK`);
    expect(server.take()).toEqual([]);
  });

  it('D13 in CLOSING and after it every call is RMC_EINVAL', () => {
    const { bench, client, session } = makeConnected();
    client.close(session);
    expect([client.close(session), client.send(session, 'x'), client.shutdown(session)]).toEqual(
      Array(3).fill('RMC_EINVAL'),
    );
    bench.run(1000);
    expect([client.close(session), client.send(session, 'x')]).toEqual(Array(2).fill('RMC_EINVAL'));
  });

  it('D1 the wrong closing call is RMC_EINVAL, either on an ACCEPT session RMC_ENOTOWNER', () => {
    const { client, server, session, accepted, listen } = makeConnected();
    expect(client.shutdown(session)).toBe('RMC_EINVAL');
    expect(server.close(listen)).toBe('RMC_EINVAL');
    expect(server.send(listen, 'x')).toBe('RMC_EINVAL');
    expect(server.close(accepted)).toBe('RMC_ENOTOWNER');
    expect(server.shutdown(accepted)).toBe('RMC_ENOTOWNER');
  });

  it('D10 during close_session calls on that session are RMC_EINVAL', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    server.closings = 'hold';
    client.close(session);
    bench.run(300);
    expect([server.send(accepted, 'x'), server.close(accepted), server.shutdown(accepted)]).toEqual(
      Array(3).fill('RMC_EINVAL'),
    );
  });

  it('D22 rmc_shutdown ends each ACCEPT session TRUE; R1.1 tells the clients with ABORT', () => {
    const { bench, client, server, session, accepted, listen } = makeConnected();
    const second = client.open(server, 5);
    bench.run(1000);
    client.take();
    server.take();
    expect(server.shutdown(listen)).toBe('RMC_INPROGRESS');
    bench.run(1000);
    const [, other] = server.acceptedSessions;
    expect(server.take()).toEqual([
      `state ${listen} CLOSED`,
      `state ${accepted} CLOSED`,
      `closing ${accepted} TRUE shutdown`,
      `state ${other} CLOSED`,
      `closing ${other} TRUE shutdown`,
      `close_done ${listen} RMC_OK`,
    ]);
    expect(client.texts()).toContain(`abort_session ${session} abort`);
    expect(client.texts()).toContain(`abort_session ${second} abort`);
  });

  it('D22 R1.0.x does not tell them', () => {
    const { bench, client, server, listen } = makeConnected({ server: 'R1.0.x' });
    server.shutdown(listen);
    bench.run(5_000_000);
    expect(client.take()).toEqual([]);
    expect(bench.sentOf('ABORT')).toEqual([]);
  });

  it('D22 close_done of a LISTEN session waits for the last close_session', () => {
    const { bench, server, accepted, listen } = makeConnected();
    server.closings = 'hold';
    server.shutdown(listen);
    bench.run(1000);
    expect(server.take()).not.toContain(`close_done ${listen} RMC_OK`);
    expect(server.shutdown(listen)).toBe('RMC_EINVAL');
    server.closeReturned(accepted);
    bench.settle();
    expect(server.take()).toEqual([`close_done ${listen} RMC_OK`]);
  });

  it('D20 an EEE application died: OPEN closes properly, LISTEN ends, R1.1 clients are told at once', () => {
    const { bench, client, server, session, accepted, listen } = makeConnected();
    const own = server.open(client, 9);
    client.listen(9);
    bench.run(200_000);
    client.take();
    server.take();
    server.ownerGone();
    bench.run(1000);
    expect(server.take()).toEqual([
      `state ${listen} CLOSED`,
      `state ${accepted} CLOSED`,
      `closing ${accepted} TRUE owner`,
      `state ${own} CLOSING`,
      `close_done ${listen} RMC_OK`,
      `state ${own} CLOSED`,
      `close_done ${own} RMC_OK`,
    ]);
    expect(client.texts()).toContain(`abort_session ${session} abort`);
    expect(client.texts().at(-1)).toMatch(/^closing \d+ TRUE closed$/);
  });
});
