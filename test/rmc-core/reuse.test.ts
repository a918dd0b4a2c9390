import { describe, expect, it } from 'vitest';
import { Status } from '../../rmc-core/index.js';
import { loseIf } from './support/bench.js';
import type { TestHost } from './support/host.js';
import { makeConnected, makePair } from './support/pair.js';

function closings(host: TestHost): string[] {
  return host.texts().filter((text) => text.startsWith('closing') || text.startsWith('reused'));
}

describe('reuse of an ACCEPT session’s block', () => {
  it.each(['R1.0.x', 'R1.1'] as const)(
    'D8 %s: a restarted client opens again from the same endpoint',
    (release) => {
      const { bench, client, server, accepted, listen } = makeConnected({ server: release });
      const { address } = server.core.sessionInfo(accepted)!;
      bench.fault = loseIf((frame) => frame.type === 'DATA');
      server.send(accepted, 'pending');
      client.restart();
      server.take();
      client.open(server, 5);
      bench.run(1000);
      const [successor] = server.acceptedSessions.slice(-1);
      expect(server.take().filter((text) => !text.startsWith('peer_failed'))).toEqual([
        `state ${accepted} CLOSED`,
        `io_done ${accepted} #1 RMC_ECONNABORTED reuse`,
        `closing ${accepted} FALSE reuse newer`,
        `reused ${successor} after ${accepted}`,
        `state ${successor} ESTABLISHED`,
      ]);
      expect(server.core.sessionInfo(successor!)).toMatchObject({ address, listen, placedByApp: true });
      expect(server.send(accepted, 'x')).toBe('RMC_EINVAL');
      expect(server.free(address)).toBe(false);
      expect(client.texts()).toContain('open_done 1 RMC_OK');
    },
  );

  it('D8 a close that was lost: the next open of the same endpoint reuses the block', () => {
    const { bench, client, server, session, accepted } = makeConnected({ server: 'R1.0.x' });
    bench.fault = loseIf((frame) => frame.type === 'CLOSE_REQ');
    client.close(session);
    bench.run(1_500_000);
    expect(client.texts()).toContain(`close_done ${session} RMC_ETIMEDOUT`);
    bench.fault = undefined;
    client.open(server, 5);
    bench.run(1000);
    expect(closings(server)).toEqual([
      `closing ${accepted} FALSE reuse`,
      `reused ${accepted + 1} after ${accepted}`,
    ]);
  });

  it('D9 the same endpoint opens under another LISTEN session: the old one ends TRUE, the new one is offered', () => {
    const { bench, client, server, accepted } = makeConnected({ server: 'R1.0.x' });
    server.listen(6);
    client.restart();
    server.take();
    client.open(server, 6);
    bench.run(1000);
    expect(closings(server)).toEqual([`closing ${accepted} TRUE moved newer`]);
    expect(server.texts()).toContain('offer 2 on 3 from 1');
    expect(client.texts()).toContain('open_done 1 RMC_OK');
  });

  it('D8 D15 R1.1: the other sessions of the old incarnation fail, the reused one ends by reuse', () => {
    const { bench, client, server, accepted } = makeConnected();
    client.open(server, 5);
    bench.run(1000);
    const [, second] = server.acceptedSessions;
    server.take();
    client.restart();
    client.open(server, 5);
    bench.run(1000);
    expect(server.take().filter((text) => !text.startsWith('state'))).toEqual([
      'peer_failed 1.1 incarnation',
      `closing ${second} TRUE failed-incarnation newer`,
      `closing ${accepted} FALSE reuse newer`,
      expect.stringMatching(/^reused/),
    ]);
  });

  it('D8 a newer successor comes while close_session still runs: one session is made, for the newest', () => {
    const { bench, client, server, accepted } = makeConnected({ server: 'R1.0.x' });
    server.closings = 'hold';
    client.restart();
    client.open(server, 5);
    bench.run(1000);
    client.restart();
    const session = client.open(server, 5);
    bench.run(1000);
    expect(closings(server)).toEqual([`closing ${accepted} FALSE reuse newer`]);
    server.closeReturned(accepted);
    bench.run(1000);
    const made = server.acceptedSessions.at(-1)!;
    expect(closings(server).at(-1)).toBe(`reused ${made} after ${accepted}`);
    expect(server.core.sessionInfo(made)?.peer.incarnation).toBe(3);
    expect(client.state(session)).toBe('OPEN');
  });

  it('D8 a shutdown from inside close_session closes the successor, TRUE', () => {
    const { bench, client, server, accepted, listen } = makeConnected({ server: 'R1.0.x' });
    server.closings = 'hold';
    client.restart();
    client.open(server, 5);
    bench.run(300);
    server.take();
    server.shutdown(listen);
    bench.settle();
    expect(server.take()).toEqual([`state ${listen} CLOSED`]);
    server.closings = 'return';
    server.closeReturned(accepted);
    bench.settle();
    const made = accepted + 1;
    expect(server.take()).toEqual([
      `reused ${made} after ${accepted}`,
      `state ${made} ESTABLISHED`,
      `state ${made} CLOSED`,
      `closing ${made} TRUE shutdown`,
      `close_done ${listen} RMC_OK`,
    ]);
  });

  it('D8 the client’s CLOSE_REQ while close_session still runs closes the successor, TRUE', () => {
    const { bench, client, server, accepted } = makeConnected({ server: 'R1.0.x' });
    server.closings = 'hold';
    client.restart();
    const session = client.open(server, 5);
    bench.run(300);
    client.close(session);
    bench.run(300);
    expect(client.texts()).toContain(`close_done ${session} RMC_OK`);
    server.take();
    server.closeReturned(accepted);
    bench.run(1000);
    const made = accepted + 1;
    expect(server.take()).toEqual([
      `reused ${made} after ${accepted}`,
      `state ${made} ESTABLISHED`,
      `state ${made} CLOSED`,
      `closing ${made} TRUE closed`,
    ]);
    expect(server.free(server.core.sessionInfo(made)!.address)).toBe(true);
  });

  it('D8 the endpoint moves to another LISTEN session meanwhile: the successor is made and ends TRUE', () => {
    const { bench, client, server, accepted } = makeConnected({ server: 'R1.0.x' });
    server.listen(6);
    server.closings = 'hold';
    client.restart();
    client.open(server, 5);
    bench.run(300);
    client.restart();
    const session = client.open(server, 6);
    bench.run(300);
    expect(client.state(session)).toBe('OPEN');
    server.take();
    server.closings = 'return';
    server.closeReturned(accepted);
    bench.run(1000);
    expect(closings(server)).toEqual([
      expect.stringMatching(/^reused/),
      expect.stringMatching(/TRUE moved$/),
    ]);
    expect(client.state(session)).toBe('OPEN');
  });

  it('S12 S16 a block that RMC placed is never freed by the application: FALSE in every end', () => {
    for (const end of ['close', 'shutdown', 'silence'] as const) {
      const { bench, client, server, listen } = makePair();
      server.placedByApp = false;
      const session = client.open(server, 5);
      bench.run(1000);
      if (end === 'close') client.close(session);
      else if (end === 'shutdown') server.shutdown(listen);
      else client.alive = false;
      bench.run(1_000_000);
      expect(closings(server)).toEqual([expect.stringMatching(/FALSE/)]);
    }
  });
});

describe('offers', () => {
  it('D7 new_session runs once, however often the open request comes while it runs', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(1_000_000);
    expect(server.heldOffers).toEqual([1]);
    server.accept(1);
    bench.run(1000);
    expect(client.texts()).toContain('open_done 1 RMC_OK');
    expect(server.core.accept(1, 0x3000, true, bench.nowUs)).toBe(0);
  });

  it('D12 an offer takes over the newer request of its endpoint', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    client.restart();
    const session = client.open(server, 5);
    bench.run(300);
    expect(server.heldOffers).toEqual([1]);
    server.accept(1);
    bench.run(1000);
    expect(client.state(session)).toBe('OPEN');
  });

  it('D9 an offer that its endpoint has left for another LISTEN session is made and ends TRUE', () => {
    const { bench, client, server } = makePair();
    server.listen(6);
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    client.restart();
    const session = client.open(server, 6);
    bench.run(300);
    server.take();
    server.accept(1);
    bench.settle();
    expect(server.take().at(-1)).toMatch(/TRUE moved$/);
    server.accept(2);
    bench.run(1000);
    expect(client.state(session)).toBe('OPEN');
  });

  it('D9 a LISTEN session that was shut down meanwhile: the session is made and ends TRUE, then close_done', () => {
    const { bench, client, server, listen } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    server.shutdown(listen);
    bench.settle();
    expect(server.take()).not.toContain(`close_done ${listen} RMC_OK`);
    server.accept(1);
    bench.run(1000);
    expect(server.take().slice(-2)).toEqual(['closing 2 TRUE shutdown', `close_done ${listen} RMC_OK`]);
    expect(client.texts()).toContain('abort_session 1 abort');
  });

  it('D5 a refusal after the client has closed says nothing', () => {
    const { bench, client, server, listen } = makePair();
    server.offers = 'hold';
    const session = client.open(server, 5);
    bench.run(300);
    client.close(session);
    bench.run(300);
    server.core.refuse(1, Status.RMC_ENOMEM, bench.nowUs);
    bench.run(1000);
    expect(bench.sentOf('OPEN_NAK')).toEqual([]);
    server.shutdown(listen);
    bench.settle();
    expect(server.texts()).toContain(`close_done ${listen} RMC_OK`);
  });

  it('D12 a lower open number is dropped, the same again after the end says nothing', () => {
    const { bench, client, server, session } = makeConnected();
    const old = bench.sentOf('OPEN_REQ')[0]!;
    client.close(session);
    bench.run(1000);
    const before = bench.frames.length;
    bench.resend(old);
    bench.run(1000);
    expect(bench.frames.length).toBe(before);
    const again = client.open(server, 5);
    bench.run(1000);
    const stale = server.core.counters.staleOpen;
    bench.resend(old);
    bench.run(1000);
    expect(server.core.counters.staleOpen).toBe(stale + 1);
    expect(client.state(again)).toBe('OPEN');
  });

  it('D12 a restarted client gets the lowest free id again', () => {
    const { bench, client, server } = makePair();
    const handles = [1, 2, 3].map(() => client.open(server, 5));
    bench.run(1000);
    client.close(handles[1]!);
    bench.run(1000);
    const next = client.open(server, 5);
    expect(client.core.sessionInfo(next)?.localId).toBe(2);
    expect(next).toBe(4);
  });
});
