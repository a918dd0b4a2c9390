import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armTimer, disarmTimer, firstDueUs, makeTimerHeap, takeFirst } from '../../rmc-core/timerHeap.js';

const action = fc.record({
  kind: fc.constantFrom('arm', 'arm', 'arm', 'disarm', 'take'),
  key: fc.nat(40),
  dueUs: fc.nat(20),
});

describe('the timer heap', () => {
  it('D21 gives keys by due time, ties in the order of arming; arming again only moves a key earlier', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 200 }), (script) => {
        const heap = makeTimerHeap();
        let model: { key: number; dueUs: number; order: number }[] = [];
        let order = 0;
        const first = () => [...model].sort((a, b) => a.dueUs - b.dueUs || a.order - b.order)[0];
        for (const { kind, key, dueUs } of script) {
          const armed = model.find((each) => each.key === key);
          if (kind === 'arm') {
            armTimer(heap, key, dueUs);
            if (armed !== undefined && armed.dueUs <= dueUs) continue;
            model = [...model.filter((each) => each !== armed), { key, dueUs, order: order++ }];
          } else if (kind === 'disarm') {
            disarmTimer(heap, key);
            model = model.filter((each) => each !== armed);
          } else if (model.length > 0) {
            const next = first();
            expect(takeFirst(heap)).toBe(next?.key);
            model = model.filter((each) => each !== next);
          }
          expect(firstDueUs(heap)).toBe(first()?.dueUs ?? Number.POSITIVE_INFINITY);
          expect(heap.size).toBe(model.length);
        }
      }),
    );
  });

  it('D21 Infinity arms nothing', () => {
    const heap = makeTimerHeap();
    armTimer(heap, 3, Number.POSITIVE_INFINITY);
    expect([heap.size, firstDueUs(heap)]).toEqual([0, Number.POSITIVE_INFINITY]);
  });
});
