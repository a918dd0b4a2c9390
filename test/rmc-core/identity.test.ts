import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../rmc-core/frame.js';
import { type FrameHeader, FrameType, MAX_FRAME_BYTES, makeFrameHeader } from '../../rmc-core/index.js';
import type { TestHost } from './support/host.js';
import { makeConnected } from './support/pair.js';

/** Hands a frame to a host as if it had just come in. */
function give(host: TestHost, header: FrameHeader): void {
  const bytes = new Uint8Array(MAX_FRAME_BYTES);
  const length = encodeFrame(bytes, 0, header, bytes, 0);
  host.frameIn(bytes.slice(0, length));
  host.bench.settle();
}

/** An ABORT or ACK from the server that names the client's session in full, but for what a test changes. */
function named(type: number, changed: Partial<FrameHeader> = {}): FrameHeader {
  return {
    ...makeFrameHeader(),
    type,
    release: 2,
    srcNode: 2,
    srcPlace: 0,
    srcIncarnation: 3,
    srcId: 2,
    dstNode: 1,
    dstPlace: 1,
    dstIncarnation: 2,
    dstId: 1,
    openNumber: 1,
    ...changed,
  };
}

/** Client in its second incarnation, server in its third, one session between them. */
function connected(): { client: TestHost; session: number } {
  const pair = makeConnected();
  pair.client.restart();
  pair.server.restart();
  pair.server.restart();
  pair.server.listen(5);
  const session = pair.client.open(pair.server, 5);
  pair.bench.run(1000);
  expect(pair.client.core.sessionInfo(session)?.peer).toEqual({ node: 2, place: 0, incarnation: 3, id: 2 });
  pair.client.take();
  return { client: pair.client, session };
}

describe('the identity of a frame', () => {
  it('D12 D15 an ABORT that names the session in full counts', () => {
    const { client, session } = connected();
    give(client, named(FrameType.ABORT));
    expect(client.state(session)).toBe('FAILED');
  });

  it.each([
    ['srcNode', { srcNode: 3 }],
    ['srcPlace', { srcPlace: 1 }],
    ['an older srcIncarnation', { srcIncarnation: 2 }],
    ['srcId', { srcId: 3 }],
    ['dstNode', { dstNode: 2 }],
    ['dstPlace', { dstPlace: 2 }],
    ['an older dstIncarnation', { dstIncarnation: 1 }],
    ['a newer dstIncarnation', { dstIncarnation: 3 }],
    ['dstId', { dstId: 2 }],
    ['a lower open number', { openNumber: 0 }],
    ['a higher open number', { openNumber: 2 }],
    ['the release of the sender', { release: 1 }],
  ] as const)('D12 D15 with another %s it is for a session that is not there', (_, changed) => {
    const { client, session } = connected();
    give(client, named(FrameType.ABORT, changed));
    expect(client.state(session)).toBe('OPEN');
    expect(client.take()).toEqual([]);
    expect(client.core.counters.dropped).toBe(1);
  });

  it('D12 0 stands for what the sender cannot know, and matches', () => {
    for (const changed of [{ srcId: 0 }, { srcIncarnation: 0 }, { dstIncarnation: 0 }, { dstPlace: 0 }]) {
      const { client, session } = connected();
      give(client, named(FrameType.ABORT, changed));
      expect(client.state(session)).toBe('FAILED');
    }
  });

  it('D24 an acknowledgement of what was never sent is not believed', () => {
    const { client, session } = connected();
    client.send(session, 'a');
    give(client, named(FrameType.ACK, { ack: 2, sack: 0xffff_ffff }));
    expect(client.take()).toEqual([]);
    give(client, named(FrameType.ACK, { ack: 1 }));
    expect(client.take()).toEqual([`io_done ${session} #1 RMC_OK`]);
  });
});
