import { describe, expect, it } from 'vitest';
import { defaultCoreTimers, type Release } from '../../rmc-core/index.js';
import { payloadsHeld } from '../../rmc-core/payloadPool.js';
import { connected, loseMessages } from './support/ordered.js';

const GAP_TIMEOUT_US = defaultCoreTimers.gapTimeoutUs;
const RTO_US = defaultCoreTimers.rtoUs;

describe('ordered delivery and the application', () => {
  it('D25 D21 no credit: what is in order waits unacknowledged; holes behind it are given up all the same', () => {
    const { bench, client, server, accepted, sendAll, got, info } = connected();
    server.credit(1);
    bench.fault = loseMessages(client, 3);
    sendAll(5);
    bench.run(500_000);
    expect(got()).toEqual(['m1']);
    expect(info()).toMatchObject({ waiting: 3, givenUp: 0 });
    expect(client.take()).toHaveLength(1);
    bench.resend(bench.sentOf('DATA', client)[2]!);
    bench.run(1000);
    expect(info()).toMatchObject({ waiting: 3, late: 1 });
    server.addCredit(10);
    bench.run(1000);
    expect(got()).toEqual(['m1', 'm2', 'm4', 'm5']);
    expect(info()).toMatchObject({ waiting: 0, givenUp: 1, late: 1 });
    expect(client.take()).toHaveLength(4);
    expect(server.state(accepted)).toBe('ESTABLISHED');
  });

  it('D25 D17 no credit for io_timeout: the IO times out, and that fails the session', () => {
    const { bench, client, server, session, sendAll } = connected();
    server.credit(0);
    sendAll(2);
    bench.run(2_000_000);
    expect(client.take()).toEqual([
      `state ${session} FAILED`,
      `io_done ${session} #1 RMC_ETIMEDOUT io`,
      `io_done ${session} #2 RMC_ECONNABORTED io`,
      `abort_session ${session} io`,
    ]);
  });

  it.each<Release>(['R1.0.x', 'R1.1'])(
    'D25 S17 D17 a dead server: %s fails the session as ever',
    (release) => {
      const { bench, client, server, session, sendAll } = connected({
        client: release,
        abortSession: release === 'R1.1',
      });
      server.alive = false;
      sendAll(1);
      bench.run(2_000_000);
      expect(client.state(session)).toBe('FAILED');
      expect(bench.sentOf('DATA')).toHaveLength(1);
      const why = release === 'R1.1' ? 'RMC_ECONNABORTED silence' : 'RMC_ETIMEDOUT io';
      expect(client.texts()).toContain(`io_done ${session} #1 ${why}`);
    },
  );

  it('D25 D21 a hung receiver: what waits is handled at the resume, in order', () => {
    const { bench, client, server, session, sendAll, got } = connected();
    server.hung = true;
    bench.fault = loseMessages(client, 2);
    sendAll(4);
    bench.run(200_000);
    server.resume();
    bench.run(GAP_TIMEOUT_US - 1);
    expect(got()).toEqual(['m1']);
    bench.run(1001);
    expect(got()).toEqual(['m1', 'm3', 'm4']);
    expect(client.state(session)).toBe('OPEN');
  });
});

describe('ordered delivery and the end of a session', () => {
  it('D25 D14 rmc_close with IOs outstanding: asked about, settled, then closed', () => {
    const { bench, client, server, session, accepted, sendAll, got } = connected();
    bench.fault = loseMessages(client, 2, 4);
    sendAll(4);
    client.close(session);
    bench.run(RTO_US + GAP_TIMEOUT_US + 1000);
    expect(got()).toEqual(['m1', 'm3']);
    expect(client.texts().slice(-3)).toEqual([
      `io_done ${session} #4 RMC_ETIMEDOUT gap`,
      `state ${session} CLOSED`,
      `close_done ${session} RMC_OK`,
    ]);
    expect(server.texts()).toContain(`closing ${accepted} TRUE closed`);
  });

  it('D25 D14 rmc_close with IOs outstanding and nobody there: over with io_timeout at the latest', () => {
    const { bench, client, server, session, sendAll } = connected({ client: 'R1.0.x', abortSession: false });
    server.alive = false;
    sendAll(2);
    client.close(session);
    bench.run(2_000_000);
    expect(client.take().slice(-1)).toEqual([`close_done ${session} RMC_ECONNABORTED`]);
  });

  it('D25 flush at close: what waits at the client is handed up in order before close_done', () => {
    const { bench, client, server, session, accepted } = connected();
    bench.fault = loseMessages(server, 1, 3);
    for (let i = 1; i <= 4; i++) server.send(accepted, `s${i}`);
    bench.run(1000);
    client.take();
    client.close(session);
    bench.run(1000);
    expect(client.take()).toEqual([
      `state ${session} CLOSING`,
      `given_up ${session} #1`,
      `message ${session} s2`,
      `given_up ${session} #3`,
      `message ${session} s4`,
      `state ${session} CLOSED`,
      `close_done ${session} RMC_OK`,
    ]);
    expect(payloadsHeld(client.core.state.pool)).toBe(0);
    expect(client.core.nextTimeoutUs()).toBe(Number.POSITIVE_INFINITY);
  });

  it('D25 flush at rmc_shutdown: what waits at the server is handed up before close_session', () => {
    const { bench, client, server, listen, accepted, sendAll } = connected();
    bench.fault = loseMessages(client, 1);
    sendAll(3);
    bench.run(1000);
    server.take();
    server.shutdown(listen);
    bench.run(1000);
    expect(server.take()).toEqual([
      `state ${listen} CLOSED`,
      `given_up ${accepted} #1`,
      `message ${accepted} m2`,
      `message ${accepted} m3`,
      `state ${accepted} CLOSED`,
      `closing ${accepted} TRUE shutdown`,
      `close_done ${listen} RMC_OK`,
    ]);
  });

  it('D25 flush on failure: what came from a dead client is handed up before close_session', () => {
    const { bench, client, server, accepted, sendAll, got } = connected({
      timers: { gapTimeoutUs: 5_000_000 },
    });
    bench.fault = loseMessages(client, 1);
    sendAll(3);
    bench.run(1000);
    client.alive = false;
    bench.run(1_000_000);
    expect(got()).toEqual(['m2', 'm3']);
    const heard = server.texts();
    expect(heard.indexOf(`message ${accepted} m3`)).toBeLessThan(heard.indexOf(`state ${accepted} CLOSED`));
    expect(heard.at(-1)).toBe(`closing ${accepted} TRUE failed-silence`);
  });

  it('D25 D21 a flush goes as far as the credit, and what is left is let go', () => {
    const { bench, client, server, listen, accepted, sendAll, got } = connected();
    bench.fault = loseMessages(client, 1);
    server.credit(1);
    sendAll(4);
    bench.run(1000);
    server.shutdown(listen);
    bench.run(1000);
    expect(got()).toEqual(['m2']);
    expect(server.texts()).toContain(`closing ${accepted} TRUE shutdown`);
    expect(payloadsHeld(server.core.state.pool)).toBe(0);
    server.addCredit(10);
    bench.run(1000);
    expect(got()).toEqual(['m2']);
  });

  it('D25 D20 the application died: nothing is handed up to nobody', () => {
    const { bench, client, server, sendAll, got } = connected();
    bench.fault = loseMessages(client, 1);
    sendAll(3);
    bench.run(1000);
    server.ownerGone();
    bench.run(1000);
    expect(got()).toEqual([]);
    expect(payloadsHeld(server.core.state.pool)).toBe(0);
  });
});
