import { describe, expect, it } from 'vitest';
import type { Bench } from './support/bench.js';
import type { TestHost } from './support/host.js';
import { makeConnected, makePair } from './support/pair.js';

/** The marks of all frames of a type that a host sent. */
function marks(bench: Bench, type: string, from: TestHost): number[] {
  return [...new Set(bench.sentOf(type, from).map(({ tag }) => tag))];
}

/** Does something under a mark; the next thing has another. */
function marked(host: TestHost, tag: number, act: () => unknown): void {
  host.core.tag = tag;
  act();
  host.bench.settle();
  host.core.tag = tag + 1;
}

describe('the mark of a call stands on all that comes of it later', () => {
  it('D2 of rmc_open: on its repetitions and its timeout', () => {
    const { bench, client, server } = makePair({ client: 'R1.0.x' });
    server.alive = false;
    marked(client, 10, () => client.open(server, 5));
    bench.run(3_000_000);
    expect(bench.sentOf('OPEN_REQ').length).toBeGreaterThan(3);
    expect(marks(bench, 'OPEN_REQ', client)).toEqual([10]);
    expect(client.tagOf('open_done 1 RMC_ETIMEDOUT')).toBe(10);
  });

  it('D14 of rmc_close: on its repetitions and its timeout', () => {
    const { bench, client, server, session } = makeConnected({ client: 'R1.0.x' });
    server.alive = false;
    marked(client, 20, () => client.close(session));
    bench.run(3_000_000);
    expect(bench.sentOf('CLOSE_REQ').length).toBeGreaterThan(3);
    expect(marks(bench, 'CLOSE_REQ', client)).toEqual([20]);
    expect(client.tagOf(`close_done ${session} RMC_ETIMEDOUT`)).toBe(20);
  });

  it('D23 of rmc_send: on its repetitions, and on what follows from its timeout', () => {
    const { bench, client, server, session } = makeConnected({ client: 'R1.0.x' });
    server.alive = false;
    marked(client, 30, () => client.send(session, 'a'));
    bench.run(1000);
    marked(client, 40, () => client.send(session, 'b'));
    const from = bench.frames.length;
    bench.run(60_000);
    expect(bench.frames.slice(from).map(({ header, tag }) => [header.seq, tag])).toEqual([[1, 30]]);
    bench.run(3_000_000);
    expect(client.tagOf(`io_done ${session} #1 RMC_ETIMEDOUT io`)).toBe(30);
    expect(client.tagOf(`abort_session ${session} io`)).toBe(30);
  });

  it('D14 D23 of rmc_send, as long as a close waits for it', () => {
    const { bench, client, server, session } = makeConnected({ client: 'R1.0.x' });
    server.alive = false;
    marked(client, 50, () => client.send(session, 'a'));
    marked(client, 60, () => client.close(session));
    bench.run(3_000_000);
    expect(marks(bench, 'DATA', client)).toEqual([50]);
    expect(client.tagOf(`close_done ${session} RMC_ECONNABORTED`)).toBe(50);
  });

  it('D16 of accepting: on the end of a session that its client never confirmed', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    client.alive = false;
    marked(server, 70, () => server.accept(1));
    bench.run(3_000_000);
    expect(server.tagOf('closing 2 TRUE failed-silence')).toBe(70);
  });

  it('D16 of accepting, also where the server has sent meanwhile', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    client.open(server, 5);
    bench.run(300);
    client.alive = false;
    let accepted = 0;
    marked(server, 70, () => {
      accepted = server.accept(1);
    });
    marked(server, 75, () => server.send(accepted, 'nobody hears it'));
    bench.run(3_000_000);
    expect(server.tagOf(`closing ${accepted} TRUE failed-silence`)).toBe(70);
  });

  it('D25 a hole comes of nothing: its end has the mark of its moment', () => {
    const { bench, client, server, session, accepted } = makeConnected({ delivery: 'ordered' });
    bench.fault = (frame) => (frame.type === 'DATA' && frame.header.seq === 1 ? [] : undefined);
    client.send(session, 'a');
    client.send(session, 'b');
    bench.run(1000);
    marked(server, 80, () => server.send(accepted, 'c'));
    bench.run(200_000);
    expect(server.tagOf(`given_up ${accepted} #1`)).toBe(81);
  });

  it('D21 what comes after a deadline has the mark of its own moment again', () => {
    const { bench, client, server, session } = makeConnected({ client: 'R1.0.x' });
    marked(client, 90, () => client.open(server, 7));
    server.alive = false;
    bench.run(60_000);
    client.core.tag = 91;
    client.send(session, 'a');
    bench.settle();
    expect(bench.frames.at(-1)?.tag).toBe(91);
    expect(client.core.tag).toBe(91);
  });
});
