import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { crc32, crc32Around } from '../../rmc-core/crc32.js';
import { encodeFrame } from '../../rmc-core/frame.js';
import {
  checkFrame,
  decodeFrame,
  type FrameHeader,
  FrameType,
  frameFields,
  HEADER_BYTES,
  MAX_FRAME_BYTES,
  makeFrameHeader,
} from '../../rmc-core/index.js';
import { makeConnected } from './support/pair.js';

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const id = fc.integer({ min: 0, max: 2 ** 21 - 1 });

const headerArbitrary: fc.Arbitrary<FrameHeader> = fc.record({
  type: fc.integer({ min: FrameType.OPEN_REQ, max: FrameType.ABORT }),
  release: fc.integer({ min: 0, max: 255 }),
  status: fc.integer({ min: 0, max: 255 }),
  srcNode: u16,
  srcPlace: u16,
  srcIncarnation: u32,
  srcId: id,
  dstNode: u16,
  dstPlace: u16,
  dstIncarnation: u32,
  dstId: id,
  openNumber: u32,
  port: u16,
  delivery: fc.integer({ min: 0, max: 1 }),
  heartbeatUs: u32,
  seq: u32,
  ack: u32,
  sack: u32,
  payloadLength: fc.constant(0),
});

function encoded(header: FrameHeader, payload = new Uint8Array(0)): Uint8Array {
  const bytes = new Uint8Array(MAX_FRAME_BYTES);
  return bytes.slice(0, encodeFrame(bytes, 0, { ...header, payloadLength: payload.length }, payload, 0));
}

describe('frames', () => {
  it('D12 come back as they were sent, at any offset', () => {
    fc.assert(
      fc.property(
        headerArbitrary,
        fc.uint8Array({ maxLength: 1024 }),
        fc.nat(9),
        (header, payload, offset) => {
          const isData = header.type === FrameType.DATA;
          const frame = encoded(header, isData ? payload : new Uint8Array(0));
          const bytes = new Uint8Array(offset + frame.length + 3);
          bytes.set(frame, offset);
          expect(checkFrame(bytes, offset, frame.length)).toBe('ok');
          const read = makeFrameHeader();
          decodeFrame(bytes, offset, read);
          expect(read).toEqual({ ...header, payloadLength: isData ? payload.length : 0 });
        },
      ),
    );
  });

  it('D24 any flipped bit is found', () => {
    const payload = new Uint8Array(40).map((_, index) => index);
    const frame = encoded({ ...makeFrameHeader(), type: FrameType.DATA, srcId: 3, seq: 9 }, payload);
    for (let bit = 0; bit < frame.length * 8; bit++) {
      frame[bit >> 3]! ^= 1 << (bit & 7);
      expect(checkFrame(frame, 0, frame.length)).not.toBe('ok');
      frame[bit >> 3]! ^= 1 << (bit & 7);
    }
    for (let length = 0; length < frame.length; length++)
      expect(checkFrame(frame, 0, length)).toBe('malformed');
  });

  it('D24 payloads that a type cannot have are malformed', () => {
    for (let type = 0; type <= 12; type++) {
      for (const length of [0, 1, 11, 12, 24, 1024, 1025, 1200]) {
        const frame = encoded({ ...makeFrameHeader(), type }, new Uint8Array(length));
        const isFit =
          (type === FrameType.DATA && length <= 1024) ||
          (type === FrameType.HEARTBEAT && length % 12 === 0) ||
          (type >= 1 && type <= 9 && length === 0);
        expect([type, length, checkFrame(frame, 0, frame.length)]).toEqual([
          type,
          length,
          isFit ? 'ok' : 'malformed',
        ]);
      }
    }
  });

  /** A frame with these bytes overwritten, and a CRC that fits them. */
  function sealed(frame: Uint8Array, at: number, value: number): Uint8Array {
    const bytes = frame.slice();
    bytes[at] = value;
    new DataView(bytes.buffer).setUint32(60, crc32Around(bytes, 0, bytes.length, 60), true);
    return bytes;
  }

  it.each([0, 1, 2])(
    'D24 another magic or version is no frame of ours, though its CRC fits: byte %i',
    (at) => {
      const frame = encoded({ ...makeFrameHeader(), type: FrameType.ACK });
      expect(checkFrame(sealed(frame, at, frame[at]!), 0, frame.length)).toBe('ok');
      expect(checkFrame(sealed(frame, at, frame[at]! ^ 1), 0, frame.length)).toBe('malformed');
    },
  );

  it('D24 a frame that its bytes do not reach is none, even if only zeros are missing', () => {
    const frame = encoded({ ...makeFrameHeader(), type: FrameType.DATA }, new Uint8Array(8));
    for (const offset of [0, 5]) {
      const bytes = new Uint8Array(offset + frame.length);
      bytes.set(frame, offset);
      expect(checkFrame(bytes, offset, frame.length)).toBe('ok');
      expect(checkFrame(bytes.slice(0, -1), offset, frame.length)).toBe('malformed');
    }
  });

  it('D24 what is longer than any frame is malformed, whatever its CRC says', () => {
    const bytes = new Uint8Array(MAX_FRAME_BYTES + 12);
    bytes.set(encoded({ ...makeFrameHeader(), type: FrameType.HEARTBEAT }));
    new DataView(bytes.buffer).setUint16(6, bytes.length - HEADER_BYTES, true);
    expect(checkFrame(bytes, 0, bytes.length)).toBe('malformed');
    expect(checkFrame(bytes, 0, HEADER_BYTES)).toBe('malformed');
  });

  it('D24 the CRC is CRC-32', () => {
    const text = new TextEncoder().encode('123456789');
    expect(crc32(text, 0, 9)).toBe(0xcbf43926);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 300 }), (bytes) => {
        const holed = bytes.slice();
        holed.fill(0, 60, 64);
        expect(crc32Around(bytes, 0, bytes.length, 60)).toBe(crc32(holed, 0, holed.length));
        if (zlibCrc32 !== undefined) expect(crc32(bytes, 0, bytes.length)).toBe(zlibCrc32(bytes));
      }),
    );
  });

  it('D12 the fields of the header lie side by side in 64 bytes', () => {
    let end = 0;
    for (const { offset, size } of frameFields) {
      expect(offset).toBe(end);
      end += size;
    }
    expect(end).toBe(HEADER_BYTES);
  });

  it('D24 100,000 frames of random bytes are counted and dropped, and harm nothing', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    const random = xoroshiro128plus(20);
    const good = encoded({ ...makeFrameHeader(), type: FrameType.DATA }, new Uint8Array(20));
    const bytes = new Uint8Array(MAX_FRAME_BYTES + 64);
    for (let n = 0; n < 100_000; n++) {
      const length = uniformInt(random, 0, n % 4 === 0 ? bytes.length : 100);
      // Half of them begin like a frame: random bytes alone never get past the magic.
      const from = n % 2 === 0 ? 0 : Math.min(uniformInt(random, 3, 60), length);
      bytes.set(good.subarray(0, from));
      for (let i = from; i < length; i += 4) bytes[i] = uniformInt(random, 0, 255);
      if (from > 8) {
        bytes[6] = (length - HEADER_BYTES) & 0xff;
        bytes[7] = (length - HEADER_BYTES) >> 8;
      }
      server.core.handleFrame(bytes, 0, length, bench.nowUs);
    }
    expect(server.core.counters.malformed).toBe(100_000);
    expect(server.core.pollFrame() || server.core.pollOutput()).toBe(false);
    client.send(session, 'still there');
    bench.run(1000);
    expect(server.messages.get(accepted)).toEqual(['still there']);
  });

  it('D12 sound frames with random contents never break the machine, and never name a session by chance', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(headerArbitrary, fc.nat(5)), { maxLength: 60 }), (frames) => {
        const { bench, client, server, session, accepted } = makeConnected();
        for (const [header, kind] of frames) {
          const nearly = { ...header, dstNode: 2, dstPlace: 0, release: 2 };
          if (kind > 1) nearly.dstId = 2;
          if (kind > 2) nearly.srcNode = 1;
          if (kind > 3) nearly.openNumber = 1;
          const frame = encoded(nearly);
          server.core.handleFrame(frame, 0, frame.length, bench.nowUs);
        }
        bench.settle();
        client.send(session, 'x');
        bench.run(1000);
        if (server.state(accepted) === 'ESTABLISHED') expect(server.messages.get(accepted)).toEqual(['x']);
      }),
    );
  });
});
