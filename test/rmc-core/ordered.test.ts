import { describe, expect, it } from 'vitest';
import { BlockFlag, defaultCoreTimers, type Release } from '../../rmc-core/index.js';
import { loseIf, loseNth } from './support/bench.js';
import { address, connected, delay, field, loseMessages, texts } from './support/ordered.js';
import { makeConnected, makePair } from './support/pair.js';

const GAP_TIMEOUT_US = defaultCoreTimers.gapTimeoutUs;
const RTO_US = defaultCoreTimers.rtoUs;

describe('the choice of delivery', () => {
  it('D25 the client chooses at rmc_open; handshake, both blocks and both pictures say so', () => {
    const { bench, client, server, session, accepted } = connected();
    expect(bench.sentOf('OPEN_REQ').map(({ header }) => header.delivery)).toEqual([1]);
    expect(bench.sentOf('OPEN_ACK').map(({ header }) => header.delivery)).toEqual([1]);
    for (const [host, handle] of [
      [client, session],
      [server, accepted],
    ] as const) {
      expect(host.core.sessionInfo(handle)).toMatchObject({ delivery: 'ordered', givenUp: 0, late: 0 });
      expect(field(host, address(host, handle), 'flags') & BlockFlag.ORDERED).toBe(BlockFlag.ORDERED);
    }
  });

  it('D25 reliable is what an open gets that does not choose', () => {
    const { bench, client, session } = makeConnected();
    expect(bench.sentOf('OPEN_REQ').map(({ header }) => header.delivery)).toEqual([0]);
    expect(client.core.sessionInfo(session)).toMatchObject({ delivery: 'reliable', givenUp: 0, late: 0 });
    expect(field(client, address(client, session), 'flags') & BlockFlag.ORDERED).toBe(0);
  });

  it.each<[Release, Release]>([
    ['R1.0.x', 'R1.0.x'],
    ['R1.0.x', 'R1.1'],
    ['R1.1', 'R1.0.x'],
  ])('D25 D18 %s with %s: both releases know it', (older, newer) => {
    const { bench, client, server, sendAll, got } = connected({
      client: older,
      server: newer,
      abortSession: false,
    });
    bench.fault = loseMessages(client, 2);
    sendAll(3);
    bench.run(1_000_000);
    expect(got()).toEqual(['m1', 'm3']);
    expect(server.texts()).toContain('given_up 2 #2');
  });

  it('D25 an answer for the other form of delivery is none', () => {
    const { bench, client, server } = makePair();
    const session = client.open(server, 5, { delivery: 'ordered' });
    bench.fault = loseNth('OPEN_ACK', 1);
    bench.run(1000);
    const record = server.core.state.sessions.get(server.acceptedSessions[0]!)!;
    record.gaps = undefined;
    bench.run(1_000_000);
    expect(bench.sentOf('OPEN_ACK').length).toBeGreaterThan(1);
    expect(client.state(session)).toBe('OPENING');
    bench.run(2_000_000);
    expect(client.texts()).toContain(`open_done ${session} RMC_ETIMEDOUT`);
  });

  it('D25 D8 a reused block says what the new session is', () => {
    const { bench, client, server, accepted } = connected();
    const block = address(server, accepted);
    client.restart();
    client.open(server, 5);
    bench.run(1000);
    expect(server.acceptedSessions).toHaveLength(2);
    expect(address(server, server.acceptedSessions[1]!)).toBe(block);
    expect(field(server, block, 'flags') & BlockFlag.ORDERED).toBe(0);
  });
});

describe('ordered delivery', () => {
  it('D25 in order: each message once, each IO RMC_OK, nothing is asked', () => {
    const { bench, client, session, sendAll, got } = connected();
    sendAll(100);
    bench.run(1_000_000);
    expect(got()).toEqual(texts(1, 100));
    expect(client.take()).toEqual(
      Array.from({ length: 100 }, (_, i) => `io_done ${session} #${i + 1} RMC_OK`),
    );
    expect(bench.sentOf('DATA')).toHaveLength(100);
    expect(bench.sentOf('ACK').filter(({ header }) => header.seq > 0)).toEqual([]);
  });

  it('D25 swapped: what overtook waits for what it overtook', () => {
    const { bench, sendAll, got, info } = connected();
    bench.fault = delay(5000, 1);
    sendAll(2);
    bench.run(1000);
    expect([got(), info().waiting]).toEqual([[], 1]);
    bench.run(5000);
    expect(got()).toEqual(['m1', 'm2']);
    expect(info()).toMatchObject({ delivered: 2, givenUp: 0, late: 0, waiting: 0 });
  });

  it('D25 lost in the middle: given up at gap_timeout, counted, the IO RMC_ETIMEDOUT, the session goes on', () => {
    const { bench, client, server, session, accepted, sendAll, got, info } = connected();
    bench.fault = loseMessages(client, 2);
    const sentAt = bench.nowUs;
    sendAll(4);
    bench.run(100 + GAP_TIMEOUT_US - 1);
    expect(got()).toEqual(['m1']);
    bench.run(1);
    expect(got()).toEqual(['m1', 'm3', 'm4']);
    expect(server.heardAt(`given_up ${accepted} #2`)).toBe(sentAt + 100 + GAP_TIMEOUT_US);
    expect(info()).toMatchObject({ delivered: 3, givenUp: 1, late: 0, waiting: 0 });
    expect(field(server, address(server, accepted), 'receive_given_up')).toBe(1);
    bench.run(1000);
    expect(client.take()).toEqual([
      `io_done ${session} #1 RMC_OK`,
      `io_done ${session} #2 RMC_ETIMEDOUT gap`,
      `io_done ${session} #3 RMC_OK`,
      `io_done ${session} #4 RMC_OK`,
    ]);
    expect([client.state(session), server.state(accepted)]).toEqual(['OPEN', 'ESTABLISHED']);
    expect(bench.sentOf('DATA')).toHaveLength(4);
    expect(client.core.counters.retransmitted).toBe(0);
  });

  it('D25 gap_tolerance messages behind a hole wait; one more, and it is given up at once', () => {
    const { bench, client, sendAll, got } = connected({ timers: { gapTolerance: 3 } });
    bench.fault = loseMessages(client, 1);
    sendAll(4);
    bench.run(1000);
    expect(got()).toEqual([]);
    client.send(4 - 3, 'm5');
    bench.run(100);
    expect(got()).toEqual(texts(2, 5));
  });

  it('D25 gap_tolerance 0: the first message behind a hole is handed up at once', () => {
    const { bench, client, sendAll, got } = connected({ timers: { gapTolerance: 0 } });
    bench.fault = loseMessages(client, 1, 2);
    sendAll(3);
    bench.run(100);
    expect(got()).toEqual(['m3']);
  });

  it('D25 each hole has an age of its own', () => {
    const { bench, client, session, sendAll, got } = connected();
    bench.fault = loseMessages(client, 1, 3);
    sendAll(2);
    bench.run(60_000);
    client.send(session, 'm3');
    client.send(session, 'm4');
    bench.run(GAP_TIMEOUT_US + 100 - 60_000);
    expect(got()).toEqual(['m2']);
    bench.run(59_999);
    expect(got()).toEqual(['m2']);
    bench.run(1);
    expect(got()).toEqual(['m2', 'm4']);
  });

  it('D25 lost at the end: the sender asks after rto, so the receiver learns of it, and gives it up', () => {
    const { bench, client, server, session, accepted, sendAll, got } = connected();
    bench.fault = loseMessages(client, 3);
    sendAll(3);
    const sentAt = bench.nowUs;
    bench.run(1_000_000);
    expect(got()).toEqual(['m1', 'm2']);
    const asked = bench.sentOf('ACK', client).filter(({ header }) => header.seq > 0);
    expect(asked.map(({ header }) => header.seq)).toEqual([3, 3]);
    // The first question goes rto after the acknowledgement of the second message.
    expect(asked[0]!.atUs).toBe(sentAt + 200 + RTO_US);
    expect(server.heardAt(`given_up ${accepted} #3`)).toBe(asked[0]!.atUs + 100 + GAP_TIMEOUT_US);
    expect(client.texts()).toContain(`io_done ${session} #3 RMC_ETIMEDOUT gap`);
    expect(client.state(session)).toBe('OPEN');
  });

  it('D25 late after the gap was given up: dropped and counted, again if it comes again', () => {
    const { bench, client, server, accepted, sendAll, got, info } = connected();
    bench.fault = delay(300_000, 2);
    sendAll(3);
    bench.run(1_000_000);
    expect(got()).toEqual(['m1', 'm3']);
    expect(server.texts()).toContain(`late ${accepted} #2`);
    expect(info()).toMatchObject({ delivered: 2, givenUp: 1, late: 1 });
    expect(field(server, address(server, accepted), 'receive_late')).toBe(1);
    bench.resend(bench.sentOf('DATA', client)[1]!);
    bench.resend(bench.sentOf('DATA', client)[2]!);
    bench.run(1000);
    expect(info()).toMatchObject({ delivered: 2, givenUp: 1, late: 2 });
    expect(server.core.counters.duplicates).toBe(1);
  });

  it('D25 what is more than 1,024 messages too late counts as repeated', () => {
    const { bench, client, server, session, accepted, info } = connected({ timers: { sendQueue: 3000 } });
    bench.fault = loseMessages(client, 1);
    for (let i = 1; i <= 2200; i++) client.send(session, `m${i}`);
    bench.run(5_000_000);
    expect(info()).toMatchObject({ delivered: 2199, givenUp: 1, late: 0 });
    bench.resend(bench.sentOf('DATA', client)[0]!);
    bench.run(1000);
    expect(info()).toMatchObject({ late: 0 });
    expect(server.core.counters.duplicates).toBe(1);
    expect(server.state(accepted)).toBe('ESTABLISHED');
  });

  it('D25 duplicates, of what was handed up and of what waits, are dropped', () => {
    const { bench, server, sendAll, got } = connected();
    bench.fault = (frame) => {
      if (frame.type !== 'DATA') return undefined;
      const delayUs = frame.header.seq === 2 ? 3000 : 0;
      return [{ delayUs }, { delayUs: delayUs + 500 }];
    };
    sendAll(4);
    bench.run(1_000_000);
    expect(got()).toEqual(texts(1, 4));
    expect(server.core.counters.duplicates).toBe(4);
  });

  it('D25 both directions', () => {
    const { bench, client, server, session, accepted, sendAll, got } = connected();
    bench.fault = loseIf(({ type, header }) => type === 'DATA' && header.seq === 2);
    sendAll(3);
    for (let i = 1; i <= 3; i++) server.send(accepted, `s${i}`);
    bench.run(1_000_000);
    expect(got()).toEqual(['m1', 'm3']);
    expect(client.messages.get(session)).toEqual(['s1', 's3']);
    expect(client.core.sessionInfo(session)).toMatchObject({ delivered: 2, givenUp: 1, waiting: 0 });
    expect(server.texts()).toContain(`io_done ${accepted} #2 RMC_ETIMEDOUT gap`);
  });

  it('D25 lost acknowledgements: the sender asks again, and what was handed up ends RMC_OK', () => {
    const { bench, client, server, session, sendAll, got } = connected();
    bench.fault = loseIf((frame) => frame.type === 'ACK' && frame.from === server && frame.ofType < 40);
    sendAll(3);
    bench.run(150_000);
    expect(got()).toEqual(texts(1, 3));
    expect(client.take()).toEqual([]);
    bench.fault = undefined;
    bench.run(300_000);
    expect(client.take()).toEqual([1, 2, 3].map((io) => `io_done ${session} #${io} RMC_OK`));
    expect(bench.sentOf('DATA')).toHaveLength(3);
  });

  it('D25 D26 no more than 32 in flight, whatever the window; RMC_EAGAIN and writable as ever', () => {
    const { bench, client, session, sendAll, got } = connected({ timers: { window: 100, sendQueue: 10 } });
    bench.fault = loseMessages(client, 1);
    sendAll(42);
    expect(client.send(session, 'x')).toBe('RMC_EAGAIN');
    expect(client.core.sessionInfo(session)).toMatchObject({ inFlight: 32, queued: 10 });
    bench.run(1_000_000);
    expect(client.texts()).toContain(`writable ${session}`);
    expect(got()).toEqual(texts(2, 42));
  });

  it('D25 frames that name messages too far ahead are not believed', () => {
    const { bench, server, client, info } = connected();
    const record = client.core.state.sessions.get(1)!;
    client.send(1, 'm1');
    bench.fault = loseIf((frame) => frame.type === 'DATA');
    bench.settle();
    record.inFlight = 2000;
    bench.run(60_000);
    expect(server.core.counters.tooFarAhead).toBe(1);
    expect(info()).toMatchObject({ delivered: 0, givenUp: 0 });
  });
});
