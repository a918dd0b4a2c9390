import { describe, expect, it } from 'vitest';
import { payloadsHeld } from '../../rmc-core/payloadPool.js';
import { loseIf, loseNth } from './support/bench.js';
import { makeConnected } from './support/pair.js';

describe('messages', () => {
  it('D23 both sides send; io_done RMC_OK when the peer has it', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    server.onMessage = (from, text) => server.send(from, `${text}!`);
    client.send(session, 'ping');
    bench.run(1000);
    expect(client.take()).toEqual([`io_done ${session} #1 RMC_OK`, `message ${session} ping!`]);
    expect(server.take()).toEqual([`message ${accepted} ping`, `io_done ${accepted} #1 RMC_OK`]);
  });

  it('D23 0 to 1,024 bytes; more is RMC_EMSGSIZE', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    const texts = ['', 'x'.repeat(64), 'y'.repeat(65), 'z'.repeat(256), 'w'.repeat(257), 'v'.repeat(1024)];
    for (const text of texts) expect(client.send(session, text)).toBe('RMC_INPROGRESS');
    expect(client.send(session, 'x'.repeat(1025))).toBe('RMC_EMSGSIZE');
    bench.run(1000);
    expect(server.messages.get(accepted)).toEqual(texts);
  });

  it('D26 at most window in flight and send_queue waiting; then RMC_EAGAIN and writable, nothing lost', () => {
    const { bench, client, server, session, accepted } = makeConnected({
      timers: { window: 4, sendQueue: 6 },
    });
    const sent = Array.from({ length: 12 }, (_, i) => client.send(session, `m${i}`));
    expect(sent).toEqual([...Array(10).fill('RMC_INPROGRESS'), 'RMC_EAGAIN', 'RMC_EAGAIN']);
    bench.settle();
    expect(bench.sentOf('DATA')).toHaveLength(4);
    expect(client.core.sessionInfo(session)).toMatchObject({ inFlight: 4, queued: 6, unacked: 10 });
    expect(client.core.pendingIos(session)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    bench.run(250);
    expect(client.texts().filter((text) => text.startsWith('writable'))).toEqual([`writable ${session}`]);
    bench.run(1000);
    expect(server.messages.get(accepted)).toHaveLength(10);
  });

  it('D24 a lost DATA is sent again, alone: the selective bitmap keeps the others', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    let lost = false;
    bench.fault = (frame) => {
      if (frame.type !== 'DATA' || frame.header.seq !== 2 || lost) return undefined;
      lost = true;
      return [];
    };
    for (let i = 1; i <= 5; i++) client.send(session, `m${i}`);
    bench.run(100_000);
    expect(server.messages.get(accepted)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(bench.sentOf('DATA').map((frame) => frame.header.seq)).toEqual([1, 2, 3, 4, 5, 2]);
  });

  it('D24 repetitions back off: 50, 100, 200, 400, 400 ms', () => {
    const { bench, client, server, session } = makeConnected({ client: 'R1.0.x' });
    server.alive = false;
    const start = bench.nowUs;
    client.send(session, 'x');
    bench.run(2_000_000);
    const times = bench.sentOf('DATA').map((frame) => (frame.atUs - start) / 1000);
    expect(times).toEqual([0, 50, 150, 350, 750, 1150, 1550, 1950]);
  });

  it('D21 no credit: messages wait unacknowledged, and go on when the application takes some', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    server.credit(2);
    for (let i = 1; i <= 5; i++) client.send(session, `m${i}`);
    bench.run(1000);
    expect(server.messages.get(accepted)).toEqual(['m1', 'm2']);
    expect(client.take()).toEqual([`io_done ${session} #1 RMC_OK`, `io_done ${session} #2 RMC_OK`]);
    expect(server.core.sessionInfo(accepted)?.waiting).toBe(3);
    server.addCredit(2);
    bench.run(1000);
    expect(client.take()).toEqual([`io_done ${session} #3 RMC_OK`, `io_done ${session} #4 RMC_OK`]);
    server.addCredit(1);
    bench.run(1000);
    expect(server.messages.get(accepted)).toHaveLength(5);
  });

  it('D21 a mailbox that stays full stalls the IO, which then times out', () => {
    const { bench, client, server, session } = makeConnected();
    server.credit(0);
    const start = bench.nowUs;
    client.send(session, 'x');
    bench.run(3_000_000);
    expect(client.heardAt(`io_done ${session} #1 RMC_ETIMEDOUT io`)).toBe(start + 2_000_000);
  });

  it('D21 a full mailbox that empties lets the sender go on, whatever frame was lost meanwhile', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    server.credit(0);
    for (let i = 1; i <= 3; i++) client.send(session, `m${i}`);
    bench.run(300_000);
    bench.fault = loseIf((frame) => frame.type === 'ACK');
    server.addCredit(10);
    bench.run(1000);
    bench.fault = undefined;
    bench.run(500_000);
    expect(client.take()).toEqual([1, 2, 3].map((io) => `io_done ${session} #${io} RMC_OK`));
    expect(server.messages.get(accepted)).toEqual(['m1', 'm2', 'm3']);
  });

  it('D21 credit goes to sessions in the order in which they ran out of it', () => {
    const { bench, client, server, session } = makeConnected();
    const second = client.open(server, 5);
    bench.run(1000);
    server.credit(0);
    client.send(second, 'b1');
    client.send(session, 'a1');
    bench.run(1000);
    server.take();
    server.addCredit(1);
    bench.settle();
    expect(server.take()).toEqual([expect.stringContaining('b1')]);
    server.addCredit(1);
    bench.settle();
    expect(server.take()).toEqual([expect.stringContaining('a1')]);
  });

  it('D14 nothing stays behind: every payload is given back at the end', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    server.credit(3);
    for (let i = 0; i < 200; i++) client.send(session, `m${i}`);
    server.send(accepted, 'x');
    bench.run(20_000);
    expect(payloadsHeld(server.core.state.pool)).toBeGreaterThan(0);
    client.alive = false;
    bench.run(5_000_000);
    expect(payloadsHeld(server.core.state.pool)).toBe(0);
    client.alive = true;
    bench.run(5_000_000);
    expect(payloadsHeld(client.core.state.pool)).toBe(0);
    expect(client.core.state.outputs.count).toBe(0);
  });

  it('D14 what waited behind a hole is given back too, once each', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    bench.fault = loseNth('DATA', 1, 3);
    for (let i = 1; i <= 5; i++) client.send(session, `m${i}`);
    bench.run(1000);
    expect(server.core.sessionInfo(accepted)?.waiting).toBe(3);
    client.alive = false;
    bench.run(1_000_000);
    expect(server.state(accepted)).toBe('over');
    expect(payloadsHeld(server.core.state.pool)).toBe(0);
  });

  it('D26 a window larger than the selective bitmap works too', () => {
    const { bench, client, server, session, accepted } = makeConnected({
      timers: { window: 500, sendQueue: 5 },
    });
    bench.fault = (frame) => (frame.type === 'DATA' && frame.ofType % 7 === 3 ? [] : undefined);
    for (let i = 0; i < 500; i++) expect(client.send(session, `m${i}`)).toBe('RMC_INPROGRESS');
    bench.run(2_000_000);
    expect(server.messages.get(accepted)).toEqual(Array.from({ length: 500 }, (_, i) => `m${i}`));
  });

  it('D26 new timers are for new sessions only', () => {
    const { bench, client, server, session } = makeConnected({ client: 'R1.0.x' });
    client.core.setTimers({ ...client.timers, ioTimeoutUs: 100_000 });
    const second = client.open(server, 5);
    bench.run(1000);
    server.alive = false;
    client.send(session, 'x');
    client.send(second, 'y');
    bench.run(200_000);
    expect([client.state(session), client.state(second)]).toEqual(['OPEN', 'FAILED']);
  });

  it('D24 the selective bitmap names what waits, and nothing else', () => {
    const { bench, client, session } = makeConnected();
    bench.fault = (frame) => (frame.type === 'DATA' && [1, 4].includes(frame.ofType) ? [] : undefined);
    for (let i = 1; i <= 6; i++) client.send(session, `m${i}`);
    bench.run(300);
    const { ack, sack } = bench.sentOf('ACK').at(-1)!.header;
    expect([ack, sack.toString(2)]).toEqual([0, '110110']);
    bench.run(200_000);
    expect(bench.sentOf('DATA').map((frame) => frame.header.seq)).toEqual([1, 2, 3, 4, 5, 6, 1, 4]);
  });
});
