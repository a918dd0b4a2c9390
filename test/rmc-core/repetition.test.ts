import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../rmc-core/frame.js';
import { type FrameHeader, FrameType, MAX_FRAME_BYTES, makeFrameHeader } from '../../rmc-core/index.js';
import { type Bench, loseIf, loseNth } from './support/bench.js';
import type { TestHost } from './support/host.js';
import { address, field } from './support/ordered.js';
import { makeConnected } from './support/pair.js';

const RTO = 50_000;

/** What was sent of a type from a frame number on: `<what> at <when>`, counted from `startUs`. */
function sent(bench: Bench, type: string, startUs: number, from = 0): string[] {
  return bench.frames
    .slice(from)
    .filter((frame) => frame.type === type)
    .map((frame) => `${frame.header.seq} at ${frame.atUs - startUs}`);
}

/** An ACK from the server for the client's one session. */
function acknowledge(client: TestHost, fields: Partial<FrameHeader>): void {
  const bytes = new Uint8Array(MAX_FRAME_BYTES);
  const names = {
    srcNode: 2,
    srcIncarnation: 1,
    srcId: 2,
    dstNode: 1,
    dstPlace: 1,
    dstIncarnation: 1,
    dstId: 1,
  };
  const header = {
    ...makeFrameHeader(),
    ...names,
    type: FrameType.ACK,
    release: 2,
    openNumber: 1,
    ...fields,
  };
  client.frameIn(bytes.slice(0, encodeFrame(bytes, 0, header, bytes, 0)));
  client.bench.settle();
}

describe('what is sent again, and when', () => {
  it('D24 a message goes again after rto, however much is sent and answered meanwhile', () => {
    const { bench, client, session } = makeConnected();
    bench.fault = loseNth('DATA', 1);
    const startUs = bench.nowUs;
    for (let count = 0; count < 5; count++) {
      client.send(session, 'x');
      bench.run(20_000);
    }
    expect(sent(bench, 'DATA', startUs).filter((one) => one.startsWith('1 '))).toEqual([
      '1 at 0',
      `1 at ${RTO}`,
    ]);
  });

  it('D24 with the oldest go those that are as old as rto, and no younger one', () => {
    const { bench, client, session } = makeConnected();
    bench.fault = loseIf((frame) => frame.type === 'DATA');
    const startUs = bench.nowUs;
    client.send(session, 'a');
    client.send(session, 'b');
    bench.run(1);
    client.send(session, 'c');
    bench.run(RTO);
    expect(sent(bench, 'DATA', startUs)).toEqual([
      '1 at 0',
      '2 at 0',
      '3 at 1',
      `1 at ${RTO}`,
      `2 at ${RTO}`,
    ]);
  });

  it('D24 all that are missing go again at once, and nothing that the peer holds', () => {
    const { bench, client, session } = makeConnected();
    bench.fault = loseNth('DATA', 1, 4, 6);
    const startUs = bench.nowUs;
    for (let count = 0; count < 6; count++) client.send(session, 'x');
    bench.run(RTO);
    expect(sent(bench, 'DATA', startUs).slice(6)).toEqual([1, 4, 6].map((seq) => `${seq} at ${RTO}`));
  });

  it('D24 the selective bitmap speaks of 32 messages and no more', () => {
    const { bench, client, session } = makeConnected({ timers: { window: 64 } });
    bench.fault = loseIf((frame) => frame.type === 'DATA');
    for (let count = 0; count < 40; count++) client.send(session, 'x');
    bench.run(300);
    acknowledge(client, { ack: 0, sack: 1 });
    const from = bench.frames.length;
    bench.run(RTO);
    expect(bench.frames.slice(from).map(({ header }) => header.seq)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
  });

  it('D24 D26 what a bitmap says of messages that were never sent is not believed', () => {
    const { bench, client, session } = makeConnected({ timers: { window: 2 } });
    bench.fault = loseIf((frame) => frame.type === 'DATA');
    for (let count = 0; count < 4; count++) client.send(session, 'x');
    acknowledge(client, { ack: 0, sack: 0b1100 });
    acknowledge(client, { ack: 2 });
    const from = bench.frames.length;
    const startUs = bench.nowUs;
    bench.run(RTO);
    expect(sent(bench, 'DATA', startUs, from)).toEqual([`3 at ${RTO}`, `4 at ${RTO}`]);
  });

  it('D24 an old acknowledgement that comes late says nothing of newer messages', () => {
    const { bench, client, session } = makeConnected();
    bench.fault = loseIf((frame) => frame.type === 'DATA');
    client.send(session, 'x');
    client.send(session, 'x');
    acknowledge(client, { ack: 2 });
    for (let count = 0; count < 8; count++) client.send(session, 'x');
    bench.settle();
    const startUs = bench.nowUs;
    const from = bench.frames.length;
    bench.run(1000);
    acknowledge(client, { ack: 0, sack: 0b10 });
    acknowledge(client, { ack: 1, sack: 0 });
    expect(field(client, address(client, session), 'send_acknowledged')).toBe(2);
    bench.run(RTO);
    expect(sent(bench, 'DATA', startUs, from)).toEqual(
      Array.from({ length: 8 }, (_, index) => `${index + 3} at ${RTO}`),
    );
  });

  it.each(['reliable', 'ordered'] as const)(
    'D14 D24 %s: a close that nobody answers is repeated with backoff, and nothing else is sent',
    (delivery) => {
      const { bench, client, server, session } = makeConnected({ client: 'R1.0.x', delivery });
      server.alive = false;
      const startUs = bench.nowUs;
      const from = bench.frames.length;
      client.close(session);
      bench.run(2_000_000);
      expect(bench.frames.slice(from).map((frame) => `${frame.type} ${frame.atUs - startUs}`)).toEqual(
        [0, 50_000, 150_000, 350_000, 750_000].map((atUs) => `CLOSE_REQ ${atUs}`),
      );
    },
  );

  it('D23 an IO fails after io_timeout, also where rto is longer', () => {
    const { bench, client, server, session } = makeConnected({
      client: 'R1.0.x',
      timers: { rtoUs: 500_000, ioTimeoutUs: 100_000 },
    });
    server.alive = false;
    const startUs = bench.nowUs;
    client.send(session, 'a');
    bench.run(1000);
    client.send(session, 'b');
    bench.run(1_000_000);
    expect(client.heardAt(`io_done ${session} #1 RMC_ETIMEDOUT io`)).toBe(startUs + 100_000);
  });
});

describe('messages without room', () => {
  it('D21 a session that waits for room has one turn, however many messages wait on it', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    const second = client.open(server, 5);
    bench.run(1000);
    server.credit(0);
    for (const text of ['a1', 'a2', 'a3']) client.send(session, text);
    bench.run(1000);
    client.send(second, 'b1');
    bench.run(1000);
    server.take();
    for (let count = 0; count < 4; count++) server.addCredit(1);
    bench.settle();
    expect(server.take()).toEqual([
      `message ${accepted} a1`,
      expect.stringMatching(/^message \d+ b1$/),
      `message ${accepted} a2`,
      `message ${accepted} a3`,
    ]);
  });

  it('D21 room for a session that has failed meanwhile is room for the others', () => {
    const { bench, client, server, session } = makeConnected();
    const back = server.open(client, 6);
    client.listen(6);
    bench.run(100_000);
    expect(client.texts()).toContain('offer 1 on 2 from 2');
    client.credit(0);
    server.credit(0);
    client.send(client.acceptedSessions[0]!, 'to a failed one');
    client.send(session, 'to a living one');
    bench.run(1000);
    server.poke(server.core.sessionInfo(back)!.address, [0]);
    expect(server.core.verify(back, bench.nowUs)).toBe(false);
    server.take();
    server.addCredit(1);
    bench.settle();
    expect(server.take().filter((text) => text.startsWith('message'))).toEqual([
      expect.stringContaining('to a living one'),
    ]);
  });
});
