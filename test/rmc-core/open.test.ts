import { describe, expect, it } from 'vitest';
import { Status } from '../../rmc-core/index.js';
import { loseIf, loseNth } from './support/bench.js';
import { makePair } from './support/pair.js';

describe('rmc_open', () => {
  it('D2 is in progress, then open_done RMC_OK; both sides have a session', () => {
    const { bench, client, server } = makePair();
    const session = client.open(server, 5);
    bench.settle();
    expect(client.take()).toEqual(['state 1 OPENING']);
    bench.run(200);
    expect(client.take()).toEqual(['state 1 OPEN', 'open_done 1 RMC_OK']);
    expect(server.take()).toEqual(['offer 1 on 1 from 1', 'state 2 ESTABLISHED']);
    expect(client.core.sessionInfo(session)?.peer).toEqual({ node: 2, place: 0, incarnation: 1, id: 2 });
  });

  it('D2 to a node that is off it ends in open_done RMC_ETIMEDOUT', () => {
    const { bench, client, server } = makePair();
    server.alive = false;
    client.open(server, 5);
    bench.run(3_000_000);
    expect(client.take()).toEqual(['state 1 OPENING', 'state 1 FAILED', 'open_done 1 RMC_ETIMEDOUT']);
  });

  it('D11 nobody listens: RMC_ECONNREFUSED', () => {
    const { bench, client, server } = makePair();
    client.open(server, 6);
    bench.run(300);
    expect(client.take()).toEqual(['state 1 OPENING', 'state 1 FAILED', 'open_done 1 RMC_ECONNREFUSED']);
  });

  it('D5 a refused offer: RMC_ENOMEM, no ACCEPT session, the LISTEN session goes on', () => {
    const { bench, client, server } = makePair();
    server.offers = Status.RMC_ENOMEM;
    client.open(server, 5);
    bench.run(300);
    expect(client.texts()).toContain('open_done 1 RMC_ENOMEM');
    expect(server.core.liveSessions()).toEqual([1]);
    server.offers = 'accept';
    client.open(server, 5);
    bench.run(300);
    expect(client.texts()).toContain('open_done 2 RMC_OK');
  });

  it('D12 a lost OPEN_ACK: the same open again gets the same answer, with no callback', () => {
    const { bench, client, server } = makePair();
    bench.fault = loseNth('OPEN_ACK', 1, 2);
    client.open(server, 5);
    bench.run(1_000_000);
    expect(client.texts()).toContain('open_done 1 RMC_OK');
    expect(server.take().filter((text) => text.startsWith('offer'))).toHaveLength(1);
  });

  it('D12 a lost OPEN_NAK: the same refusal again, with no callback', () => {
    const { bench, client, server } = makePair();
    server.offers = Status.RMC_ENOMEM;
    bench.fault = loseNth('OPEN_NAK', 1);
    client.open(server, 5);
    bench.run(300);
    server.offers = 'accept';
    bench.run(500_000);
    expect(client.texts()).toContain('open_done 1 RMC_ENOMEM');
    expect(server.take().filter((text) => text.startsWith('offer'))).toHaveLength(1);
  });

  it('D24 OPEN_REQ is repeated with doubling waits up to rto_max', () => {
    const { bench, client, server } = makePair();
    bench.fault = loseIf((frame) => frame.type === 'OPEN_REQ');
    client.open(server, 5);
    bench.run(3_000_000);
    const times = bench.sentOf('OPEN_REQ').map((frame) => frame.atUs / 1000);
    expect(times).toEqual([0, 50, 150, 350, 750, 1150, 1550, 1950]);
  });

  it('D13 a refused session is FAILED and is closed at once, with nothing on the bus', () => {
    const { bench, client, server } = makePair();
    const session = client.open(server, 6);
    bench.run(300);
    client.take();
    const before = bench.frames.length;
    expect(client.send(session, 'x')).toBe('RMC_ECONNABORTED');
    expect(client.close(session)).toBe('RMC_INPROGRESS');
    bench.run(10_000);
    expect(client.take()).toEqual(['state 1 CLOSED', 'close_done 1 RMC_OK']);
    expect(bench.frames.length).toBe(before);
  });
});
