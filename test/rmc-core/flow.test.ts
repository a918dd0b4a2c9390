import { describe, expect, it } from 'vitest';
import { makeConnected } from './support/pair.js';

describe('what goes again, and what does not', () => {
  it('D24 a message that comes again is handed up once, and acknowledged again', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    client.send(session, 'a');
    bench.run(300);
    client.send(session, 'b');
    bench.run(300);
    const acks = bench.sentOf('ACK', server).length;
    for (const data of bench.sentOf('DATA')) bench.resend(data);
    bench.run(300);
    expect(server.messages.get(accepted)).toEqual(['a', 'b']);
    expect(server.core.counters.duplicates).toBe(2);
    expect(server.core.sessionInfo(accepted)).toMatchObject({ delivered: 2, waiting: 0 });
    expect(bench.sentOf('ACK', server)).toHaveLength(acks + 2);
  });

  it.each([
    ['the first', 1, [1]],
    ['the second', 2, [2]],
    ['the last', 4, [4]],
  ] as const)('D24 of four messages %s is lost: it alone goes again', (_which, lost, again) => {
    const { bench, client, server, session, accepted } = makeConnected();
    bench.fault = (frame) => (frame.type === 'DATA' && frame.number === lostAt() ? [] : undefined);
    const before = bench.frames.length;
    const lostAt = () => before + lost;
    for (const text of ['a', 'b', 'c', 'd']) client.send(session, text);
    bench.run(200_000);
    const sent = bench.sentOf('DATA').map(({ header }) => header.seq);
    expect(sent).toEqual([1, 2, 3, 4, ...again]);
    expect(client.core.counters.retransmitted).toBe(1);
    expect(server.messages.get(accepted)).toEqual(['a', 'b', 'c', 'd']);
    expect(server.core.counters.duplicates).toBe(0);
  });
});

describe('the limits of sending', () => {
  it('D26 with no queue there is room for the window, again after each acknowledgement', () => {
    const { bench, client, session } = makeConnected({ timers: { window: 2, sendQueue: 0 } });
    for (let round = 0; round < 3; round++) {
      const statuses = ['a', 'b', 'c'].map((text) => client.send(session, text));
      expect(statuses).toEqual(['RMC_INPROGRESS', 'RMC_INPROGRESS', 'RMC_EAGAIN']);
      bench.run(300);
      expect(client.take().filter((text) => text.startsWith('writable'))).toHaveLength(1);
    }
  });

  it('D26 a window that is full and a queue that is not take one more', () => {
    const { client, session } = makeConnected({ timers: { window: 2, sendQueue: 1 } });
    const statuses = ['a', 'b', 'c', 'd'].map((text) => client.send(session, text));
    expect(statuses).toEqual(['RMC_INPROGRESS', 'RMC_INPROGRESS', 'RMC_INPROGRESS', 'RMC_EAGAIN']);
    expect(client.core.sessionInfo(session)).toMatchObject({ inFlight: 2, queued: 1 });
  });
});
