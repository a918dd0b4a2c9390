import { describe, expect, it } from 'vitest';
import { loseIf } from './support/bench.js';
import { makeConnected, makePair } from './support/pair.js';

describe('what was overtaken', () => {
  it('D16 open_timeout counts from the last open request, also one that came while new_session ran', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(400_000);
    const asked = bench.sentOf('OPEN_REQ').at(-1)!.atUs + bench.latencyUs;
    client.alive = false;
    const accepted = server.accept(1);
    bench.run(3_000_000);
    expect(asked).toBeGreaterThan(300_000);
    expect(server.heardAt(`closing ${accepted} TRUE failed-silence`)).toBe(asked + 2_000_000);
  });

  it('D12 the close of a newer open ends what an older one is about to get', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    client.restart();
    bench.fault = loseIf((frame) => frame.type === 'OPEN_REQ');
    client.close(client.open(server, 5));
    bench.run(300);
    server.take();
    server.accept(1);
    bench.run(300);
    expect(server.take()).toEqual(['state 2 ESTABLISHED', 'state 2 CLOSED', 'closing 2 TRUE closed']);
    expect(bench.sentOf('OPEN_ACK')).toEqual([]);
  });

  it('D15 an offer of an incarnation that has been outlived meanwhile is made and ends TRUE', () => {
    const { bench, client, server } = makeConnected();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    client.restart();
    client.open(server, 5);
    bench.run(300);
    server.take();
    const late = server.accept(2);
    bench.settle();
    expect(server.take().at(-1)).toBe(`closing ${late} TRUE failed-incarnation newer`);
  });

  it('D15 frames of an older incarnation do not count as heard', () => {
    const { bench, client, server } = makeConnected();
    const old = bench.sentOf('OPEN_ACK')[0]!;
    const beats = () => bench.sentOf('HEARTBEAT', server)[0]!;
    bench.run(200_000);
    const beat = beats();
    server.restart();
    server.listen(5);
    const session = client.open(server, 5);
    bench.run(1000);
    expect(client.state(session)).toBe('OPEN');
    server.alive = false;
    for (let i = 0; i < 20; i++) {
      bench.resend(beat);
      bench.resend(old);
      bench.run(25_000);
    }
    expect(client.state(session)).toBe('FAILED');
  });

  it('D13 D15 messages for a session that closes without an answer are dropped', () => {
    const { bench, client, server } = makePair();
    bench.fault = (frame) => {
      if (frame.type === 'OPEN_ACK') return [];
      return frame.type === 'CLOSE_REQ' && frame.ofType === 1 ? [] : undefined;
    };
    const session = client.open(server, 5);
    bench.run(150);
    server.send(server.acceptedSessions[0]!, 'too early');
    client.close(session);
    bench.run(10_000);
    expect(client.messages.size).toBe(0);
    expect(client.core.counters.dropped).toBe(1);
    bench.run(1_000_000);
    expect(client.texts()).toContain(`close_done ${session} RMC_OK`);
  });
});

describe('silence', () => {
  it('D15 a peer that says a longer interval in its HEARTBEAT is given that time', () => {
    const { bench, client, server, session } = makeConnected();
    server.core.setTimers({ ...server.timers, heartbeatUs: 340_000 });
    bench.run(3_000_000);
    expect(client.state(session)).toBe('OPEN');
    const last = bench.sentOf('HEARTBEAT', server).at(-1)!.atUs + bench.latencyUs;
    server.alive = false;
    bench.run(3_000_000);
    expect(client.heardAt(`abort_session ${session} silence`)).toBe(last + 3.5 * 340_000);
  });

  it('D16 a session that its client has not confirmed does not end by the silence of the others', () => {
    const { bench, client, server, accepted } = makeConnected();
    bench.fault = loseIf((frame) => frame.from === client && frame.type !== 'OPEN_REQ');
    client.open(server, 5);
    bench.run(200);
    client.alive = false;
    bench.run(1_000_000);
    const unconfirmed = server.acceptedSessions[1]!;
    expect(server.texts()).toContain(`closing ${accepted} TRUE failed-silence`);
    expect(server.state(unconfirmed)).toBe('ESTABLISHED');
    bench.run(2_000_000);
    expect(server.texts()).toContain(`closing ${unconfirmed} TRUE failed-silence`);
  });
});
