import { describe, expect, it } from 'vitest';
import { Status } from '../../rmc-core/index.js';
import { loseIf } from './support/bench.js';
import { makeConnected, makePair } from './support/pair.js';

describe('what is remembered of an endpoint', () => {
  it.each([
    ['a later open of the same incarnation', false],
    ['the first open of a newer incarnation', true],
  ])('D12 a close that came before %s: that open is not answered with the older session', (_, restarts) => {
    const { bench, client, server, session, accepted } = makeConnected({ server: 'R1.0.x' });
    bench.fault = loseIf((frame) => frame.type === 'CLOSE_REQ' || frame.type === 'OPEN_REQ');
    if (restarts) client.restart();
    else client.close(session);
    bench.run(1_500_000);
    const overtaken = client.open(server, 5);
    bench.run(300);
    bench.fault = undefined;
    client.close(overtaken);
    bench.run(300);
    const dropped = server.core.counters.dropped;
    const from = bench.frames.length;
    bench.resend(bench.sentOf('OPEN_REQ').at(-1)!);
    bench.run(300);
    expect(bench.types(from)).toEqual([]);
    expect(server.core.counters.dropped).toBe(dropped + 1);
    expect(server.state(accepted)).toBe('ESTABLISHED');
  });

  it('D12 a refusal stays the answer, also after the client has closed', () => {
    const { bench, client, server } = makePair();
    server.offers = Status.RMC_ENOMEM;
    bench.fault = loseIf((frame) => frame.type === 'OPEN_NAK');
    const session = client.open(server, 5);
    bench.run(300);
    client.close(session);
    bench.run(300);
    bench.fault = undefined;
    const from = bench.frames.length;
    bench.resend(bench.sentOf('OPEN_REQ')[0]!);
    bench.run(300);
    expect(bench.types(from)).toEqual(['OPEN_NAK']);
    expect(bench.frames.at(-1)?.header.status).toBe(Status.RMC_ENOMEM);
  });

  it('D8 D12 the close of an older open, come late, ends nothing that is still being decided', () => {
    const { bench, client, server, session } = makeConnected();
    client.close(session);
    bench.run(1000);
    server.offers = 'hold';
    const next = client.open(server, 5);
    bench.run(300);
    bench.resend(bench.sentOf('CLOSE_REQ')[0]!);
    bench.run(300);
    const accepted = server.accept(server.heldOffers[0]!);
    bench.run(300);
    expect(server.state(accepted)).toBe('ESTABLISHED');
    expect(client.state(next)).toBe('OPEN');
  });

  it('D12 the refusal of a request that was left behind does not hide the newer one', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    server.listen(6);
    client.close(client.open(server, 5));
    bench.run(300);
    const next = client.open(server, 6);
    bench.run(300);
    server.core.refuse(1, Status.RMC_ENOMEM, bench.nowUs);
    bench.fault = loseIf((frame) => frame.type === 'OPEN_ACK' && frame.ofType === 1);
    server.accept(2);
    bench.run(100_000);
    expect(bench.sentOf('OPEN_ACK').length).toBe(2);
    expect(client.state(next)).toBe('OPEN');
  });

  it('D27 D29 a block that another session has taken stays that one’s when the first session ends', () => {
    const { bench, client, server, session } = makeConnected();
    const { address } = client.core.sessionInfo(session)!;
    const taker = client.open(server, 5, { address });
    bench.run(300);
    expect(client.core.verify(session, bench.nowUs)).toBe(false);
    expect(client.core.sessionAtAddress(address)).toBe(taker);
    client.close(session);
    bench.run(1000);
    expect(client.core.sessionInfo(session)).toBeUndefined();
    expect(client.core.sessionAtAddress(address)).toBe(taker);
  });

  it('D12 a session that is made too late does not hide the request that came after it', () => {
    const { bench, client, server } = makePair();
    server.offers = 'hold';
    server.listen(6);
    client.open(server, 5);
    bench.run(300);
    client.restart();
    client.open(server, 6);
    bench.run(300);
    server.accept(1);
    bench.run(300);
    client.restart();
    const newest = client.open(server, 6);
    bench.run(300);
    expect(server.heldOffers).toEqual([1, 2]);
    server.accept(2);
    bench.run(300);
    expect(client.state(newest)).toBe('OPEN');
  });

  it('D8 D9 a block that is given back is not reused: who opens meanwhile is offered', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    server.closings = 'hold';
    client.close(session);
    bench.run(300);
    server.take();
    client.open(server, 5);
    bench.run(300);
    expect(server.take()[0]).toBe('offer 2 on 1 from 1');
    server.closeReturned(accepted);
    bench.settle();
    expect(server.take().filter((text) => text.startsWith('reused'))).toEqual([]);
  });
});
