import { describe, expect, it } from 'vitest';
import {
  Deliveries,
  messageHanded,
  messageSent,
  orderedHanded,
  type Stream,
} from '../../nodes/checks/deliveries.js';
import { fabricOf } from '../../nodes/index.js';
import { pair } from './lab.js';

const bytes = (number: number) => new Uint8Array([number & 255, number >> 8]);

/** An empty stream, as a new flow has it. */
function stream(): Stream {
  return new Deliveries().join('key', 'client', 1, false).toServer;
}

describe.each([
  ['reliable', messageHanded],
  ['ordered', orderedHanded],
] as const)('the books of %s messages', (delivery, handed) => {
  it('D24 D25 count what was handed up, and what was wrong with it', () => {
    const books = stream();
    for (const number of [1, 2, 3]) messageSent(books, bytes(number), 0, 2);
    for (const number of [1, 3, 2, 1]) handed(books, bytes(number), 0, 2);
    const isOrdered = delivery === 'ordered';
    expect(books).toMatchObject({ handed: 4, wrong: 2, head: isOrdered ? 3 : 2 });
  });

  it('D24 D25 forget what was handed up once it is 1,024 messages', () => {
    const books = stream();
    for (let number = 0; number < 1030; number += 1) {
      messageSent(books, bytes(number), 0, 2);
      handed(books, bytes(number), 0, 2);
      if (number === 1022) expect([books.sent.length, books.head]).toEqual([1023, 1023]);
      if (number === 1023) expect([books.sent.length, books.head]).toEqual([0, 0]);
    }
    expect(books).toMatchObject({ handed: 1030, wrong: 0, head: 6 });
  });
});

describe('the books of a session', () => {
  it('D24 count what each side acknowledged', () => {
    const emulator = pair('ssc');
    emulator.command('rmc_send c --count 3\nrmc_send s/1 --count 2\nrun 100ms');
    const [flow] = [...fabricOf(emulator.world).deliveries.flows.values()];
    expect([flow?.toServer, flow?.toClient]).toMatchObject([
      { acknowledged: 3, handed: 3, wrong: 0 },
      { acknowledged: 2, handed: 2, wrong: 0 },
    ]);
  });

  it('D25 an IO that was given up is not acknowledged', () => {
    const emulator = pair('ssc', { open: '--delivery ordered' });
    emulator.command('inject loss --frame DATA --count 1\nrmc_send c --count 3\nrun 1s');
    const [flow] = [...fabricOf(emulator.world).deliveries.flows.values()];
    expect(flow?.toServer).toMatchObject({ acknowledged: 2, handed: 2, wrong: 0 });
  });

  it('D12 begin anew when another RMC answers the same open, but for what was wrong', () => {
    const deliveries = new Deliveries();
    const flow = deliveries.join('key', 'client', 1, false);
    messageSent(flow.toServer, bytes(1), 0, 2);
    messageHanded(flow.toServer, bytes(2), 0, 2);
    expect(deliveries.join('key', 'server', 2, false)).toBe(flow);
    expect(flow.toServer.sent.length).toBe(1);
    deliveries.join('key', 'server', 3, false);
    expect(flow).toMatchObject({ client: 1, server: 3, toServer: { sent: [], handed: 0, wrong: 1 } });
  });

  it('D24 keep what was wrong when they are closed, of both directions', () => {
    const deliveries = new Deliveries();
    const flow = deliveries.join('key', 'client', 1, false);
    for (const one of [flow.toServer, flow.toClient, flow.toClient]) messageHanded(one, bytes(2), 0, 2);
    deliveries.forget(flow);
    expect([deliveries.wrongInAll, deliveries.flows.size]).toEqual([3, 0]);
  });
});
