import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../rmc-core/frame.js';
import { checkFrame, type FrameHeader, makeFrameHeader } from '../../rmc-core/index.js';
import { makeFrame, makeOutbox, pushFrame, takeFrame } from '../../rmc-core/outbox.js';
import { makeOutput, makeOutputQueue, pushMessage, pushOutput, takeOutput } from '../../rmc-core/outputs.js';
import {
  fitReceiveWindow,
  heldBitmap,
  hold,
  holds,
  makeReceiveWindow,
} from '../../rmc-core/receiveWindow.js';
import { enterMessage, fitSendWindow, makeSendWindow, messageSlot } from '../../rmc-core/sendWindow.js';
import { armTimer, disarmTimer, makeTimerHeap, takeFirst } from '../../rmc-core/timerHeap.js';

describe('frames that wait for the host', () => {
  const header = (number: number, payloadLength: number): FrameHeader => ({
    ...makeFrameHeader(),
    ...{ type: 4, dstNode: number, dstPlace: number + 1, port: number + 2, seq: number, payloadLength },
  });

  it('D14 come out as they went in, each with its address and its mark', () => {
    const box = makeOutbox();
    const frame = makeFrame();
    const payload = new Uint8Array(1024).map((_, index) => index);
    const numbers = Array.from({ length: 40 }, (_, index) => index + 100);
    for (const number of numbers) {
      box.tag = number + 3;
      pushFrame(box, header(number, number), number + 4, payload, 0);
    }
    for (const number of numbers) {
      expect(takeFrame(box, frame)).toBe(true);
      const { toNode, toPlace, toPort, type, session, tag, bytes, offset, length } = frame;
      expect([toNode, toPlace, toPort, type, session, tag]).toEqual([
        ...[number, number + 1, number + 2, 4, number + 4, number + 3],
      ]);
      const wanted = new Uint8Array(length);
      encodeFrame(wanted, 0, header(number, number), payload, 0);
      expect(bytes.slice(offset, offset + length)).toEqual(wanted);
      expect(checkFrame(bytes, offset, length)).toBe('ok');
    }
    expect(takeFrame(box, frame)).toBe(false);
  });

  it('D14 take no more memory than what waits at once', () => {
    const box = makeOutbox();
    const frame = makeFrame();
    for (let count = 0; count < 1000; count++) {
      pushFrame(box, header(1, 100), 0, new Uint8Array(100), 0);
      takeFrame(box, frame);
    }
    expect([box.arena.length, box.records.length]).toEqual([4096, 128]);
  });
});

describe('outputs that wait for the host', () => {
  it('D14 come out as they went in, each with its mark, also when the queue has gone round and grown', () => {
    const queue = makeOutputQueue();
    const output = makeOutput();
    const took: number[][] = [];
    const take = () => {
      const slot = takeOutput(queue, output);
      const { kind, session, a, b, c, length, tag } = output;
      took.push([kind, session, a, b, c, slot, length, tag]);
    };
    const put: number[][] = [];
    for (let n = 1; n <= 60; n++) {
      queue.tag = n;
      if (n % 3 === 0) pushMessage(queue, 6, n, n + 1, n + 2, n + 3);
      else pushOutput(queue, 4, n, n + 1, n + 2, n + 3);
      put.push(n % 3 === 0 ? [6, n, n + 1, 0, 0, n + 2, n + 3, n] : [4, n, n + 1, n + 2, n + 3, -1, 0, n]);
      if (n % 4 === 0) take();
    }
    while (queue.count > 0) take();
    expect(took).toEqual(put);
    expect(takeOutput(queue, output)).toBe(-2);
  });
});

describe('the reorder buffer', () => {
  it.each([1, 5, 8, 1000])('D24 keeps what it has when it grows, from message %i on', (next) => {
    const w = makeReceiveWindow(true);
    const seqs = [0, 2, 3, 7].map((ahead) => next + ahead);
    for (let seq = next; seq < next + 8; seq++) w.sinceUs[seq & w.mask] = seq;
    for (const seq of seqs) hold(w, seq, seq, 1);
    fitReceiveWindow(w, next, next + 11);
    const now = Array.from({ length: 16 }, (_, index) => next + index);
    expect(w.mask).toBe(15);
    expect(now.filter((seq) => holds(w, seq))).toEqual(seqs);
    expect(now.map((seq) => w.sinceUs[seq & w.mask])).toEqual([...now.slice(0, 8), ...Array(8).fill(0)]);
  });

  it('D24 does not grow for what has room, and keeps times of ordered messages only', () => {
    const w = makeReceiveWindow(false);
    fitReceiveWindow(w, 1000, 1007);
    expect(w.mask).toBe(7);
    fitReceiveWindow(w, 1000, 1008);
    expect([w.mask, w.sinceUs.length]).toEqual([15, 0]);
  });

  it('D24 the bitmap reaches as far as the buffer, and 32 messages at most', () => {
    const small = makeReceiveWindow(false);
    hold(small, 8, 0, 1);
    expect(heldBitmap(small, 1)).toBe(0x80);
    const large = makeReceiveWindow(false);
    fitReceiveWindow(large, 1, 64);
    hold(large, 33, 0, 1);
    expect(heldBitmap(large, 1)).toBe(0);
    expect(heldBitmap(large, 2)).toBe(0x8000_0000);
  });
});

describe('the send window', () => {
  it('D26 keeps every message that is not acknowledged, and takes no more memory than that', () => {
    const w = makeSendWindow();
    for (let seq = 1; seq <= 100; seq++) {
      const first = Math.max(1, seq - 19);
      fitSendWindow(w, first, seq);
      enterMessage(w, seq, seq + 1000, 1, 0, 0);
      for (let old = first; old <= seq; old++) expect(messageSlot(w, old)).toBe(old + 1000);
    }
    expect(w.mask).toBe(31);
    const eight = makeSendWindow();
    fitSendWindow(eight, 993, 1000);
    expect(eight.mask).toBe(7);
  });
});

describe('timers', () => {
  const dues = [1, 10, 2, 11, 12, 3, 4, 20, 21, 22, 23, 5, 6, 7, 8];

  it.each(dues)('D21 without the one that was due at %i the others fire in their order', (gone) => {
    const heap = makeTimerHeap();
    for (const due of dues) armTimer(heap, due, due);
    disarmTimer(heap, gone);
    const left = dues.filter((due) => due !== gone).sort((a, b) => a - b);
    expect(left.map(() => takeFirst(heap))).toEqual(left);
  });

  it('D21 armed again for the same time it keeps its place', () => {
    const heap = makeTimerHeap();
    for (const key of [1, 2, 3, 2]) armTimer(heap, key, 10);
    expect([takeFirst(heap), takeFirst(heap), takeFirst(heap)]).toEqual([1, 2, 3]);
  });
});
