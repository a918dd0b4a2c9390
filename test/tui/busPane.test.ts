import { describe, expect, test } from 'vitest';
import type { BusView, FlyingFrame, WorldView } from '../../nodes/index.js';
import { busPane } from '../../tui/panes/bus.js';
import { cellsGone, pickLanes } from '../../tui/panes/busLanes.js';
import { boxLines } from '../../tui/panes/nodeTiles.js';
import { type FrameTrace, recentFrames } from '../../tui/reading/traffic.js';
import { toAscii } from '../../tui/text/glyphs.js';
import { type Line, textOf, widthOf } from '../../tui/text/line.js';
import { box, failoverView, ssc } from './support/fixtures.js';
import { ran } from './support/trafficSource.js';

const rows = (lines: readonly Line[]): string[] => lines.map((row) => textOf(row).trimEnd());

/** A frame that takes 100 us; what is not given is usual. */
const flying = (event: number, given: Partial<FlyingFrame> = {}): FlyingFrame => ({
  ...{ event, from: 'a', to: 'b', type: 'DATA', session: 'x', corrupt: false, sentUs: 0, arrivesUs: 100 },
  ...given,
});
const trace = (number: number, given: Partial<FrameTrace> = {}): FrameTrace => ({
  ...{ number, timeUs: 0, frame: 'DATA', from: 'a', to: 'b', session: 'x', fate: 'in flight', reason: '' },
  ...given,
});

/** Three nodes at a moment, with what the bus has. */
const viewAt = (nowUs: number, bus: Partial<BusView>): WorldView => ({
  ...failoverView,
  ...{ nowUs, nodes: [ssc('a', 'p'), ssc('b', 'q'), ssc('c', 'r')], ledger: [], sessions: [] },
  bus: { ...failoverView.bus, ...bus },
});
const drawn = (
  nowUs: number,
  bus: Partial<BusView>,
  traffic: readonly FrameTrace[] = [],
  height = 4,
  width = 90,
) => rows(busPane(viewAt(nowUs, bus), 0, traffic, { width, height, focused: false }));

describe('a frame on its way', () => {
  const [one] = [flying(1)];

  test('has gone as much of its way as of its time', () => {
    expect([0, 50, 99, 100, 500].map((nowUs) => cellsGone(one, nowUs, 20))).toEqual([0, 10, 19, 19, 19]);
    expect(cellsGone(flying(1, { sentUs: 40, arrivesUs: 140 }), 90, 10)).toBe(5);
    expect(cellsGone(flying(1, { arrivesUs: 0 }), 0, 10)).toBe(9);
    expect(cellsGone(one, -5, 10)).toBe(0);
  });

  test('is drawn at its place, with what is left of its way dashed, in its row and in the strip', () => {
    const places = [0, 25, 50, 75, 99].map((nowUs) => {
      const text = drawn(nowUs, { flying: [one] });
      expect(text[1]).toMatch(/^ +├─*( DATA )?─*▶╌*( DATA )?╌*┤ 0\.000 000 x there in \d+ us$/);
      expect(text[1]).toContain('DATA');
      expect(text[0]?.indexOf('▶')).toBe(text[1]?.indexOf('▶'));
      return text[1]?.indexOf('▶') ?? 0;
    });
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBe(5);
  });

  test('goes the other way from right to left', () => {
    const text = drawn(60, { flying: [flying(1, { from: 'b', to: 'a' })] });
    expect(text[1]).toMatch(/^ +├╌+◀─*( DATA )─*┤ 0\.000 000 x there in 40 us$/);
    expect(text[0]).toContain('═◀═');
  });

  test('is told apart when it is corrupt, on its way and where it is dropped', () => {
    const text = drawn(60, { flying: [flying(1, { corrupt: true })] });
    expect(text[1]).toMatch(/├≈+ DATA ≈+!╌+┤ 0\.000 000 x corrupt there in 40 us$/);
    expect(text[0]).toContain('═!═');
    const dropped = drawn(200, {}, [trace(1, { fate: 'dropped', reason: 'corrupt' })]);
    expect(dropped[1]).toMatch(/├≈+ DATA ≈+✗ 0\.000 000 x \(corrupt\)$/);
  });

  test('and its copy are two heads in one row', () => {
    const text = drawn(50, { flying: [one, flying(1, { arrivesUs: 200 })] }, [trace(1)]);
    expect(text[1]).toMatch(/├─+▶─*▶╌[^▶]*┤/);
    expect(text.slice(2)).toEqual(['', '']);
  });

  test('between nodes that are not on the screen is a row of words', () => {
    expect(drawn(40, { flying: [flying(1, { to: 'z' })] })[1]).toBe(' ▶ DATA a→z 0.000 000 x there in 60 us');
    const corrupt = flying(1, { to: 'a', corrupt: true, session: '' });
    expect(drawn(40, { flying: [corrupt] })[1]).toBe(' ! DATA a→a 0.000 000 corrupt there in 60 us');
    const ended = [
      trace(1, { to: 'z', fate: 'dropped', reason: 'off' }),
      trace(2, { to: 'z', fate: 'delivered' }),
      trace(3, { to: 'z' }),
    ];
    expect(drawn(0, {}, ended).slice(1)).toEqual([
      ' ✗ DATA a→z 0.000 000 x (off)',
      ' ✓ DATA a→z 0.000 000 x',
      ' ╌ DATA a→z 0.000 000 x',
    ]);
  });
});

describe('the rows of the bus', () => {
  const numbers = (lanes: ReturnType<typeof pickLanes>): number[] => lanes.map((lane) => lane.trace.number);

  test('are for those on their way that arrive first, then for the newest others, as they were sent', () => {
    const traffic = [1, 2, 3, 4, 5].map((number) => trace(number, { fate: 'delivered' }));
    const onTheWay = [flying(9), flying(2, { arrivesUs: 500 }), flying(11, { arrivesUs: 600 })];
    expect(numbers(pickLanes(traffic, onTheWay, 5))).toEqual([2, 4, 5, 9, 11]);
    expect(numbers(pickLanes(traffic, onTheWay, 2))).toEqual([2, 9]);
    expect(numbers(pickLanes(traffic, [], 2))).toEqual([4, 5]);
    expect(pickLanes(traffic, onTheWay, 0)).toEqual([]);
    expect(pickLanes([], [flying(9)], 3)[0]?.trace).toEqual(trace(9));
  });

  test('a frame that was lost on the way ends there, with the reason beside it', () => {
    const right = drawn(9, {}, [trace(1, { fate: 'dropped', reason: 'loss' })])[1];
    expect(right).toMatch(/^ +├─+ DATA ─+✗ loss +0\.000 000 x \(loss\)$/);
    const left = drawn(9, {}, [trace(1, { from: 'c', to: 'a', fate: 'dropped', reason: 'inject' })])[1];
    expect(left).toMatch(/ +inject ✗─+ DATA ─+┤/);
    expect(drawn(9, {}, [trace(1, { fate: 'dropped', reason: 'mailbox' })])[1]).toMatch(/├─+ DATA ─+✗ 0/);
  });

  test('what is marked has a sign', () => {
    const marks = { selectedEvent: 2, selectedSession: 'x' };
    const frame = { width: 90, height: 4, focused: false };
    const traffic = [trace(1), trace(2), trace(3, { session: 'y' })];
    const text = rows(busPane(viewAt(0, {}), 0, traffic, frame, marks));
    expect(text.slice(1).map((row) => /([▸●]?)0\.000/.exec(row)?.[1])).toEqual(['●', '▸', '']);
  });

  test('words that have no room beside an arrow become shorter, the reason last of all', () => {
    const lost = [trace(1, { from: 'a', to: 'c', session: 'a-long-name', fate: 'dropped', reason: 'off' })];
    expect(drawn(0, {}, lost, 2)[1]).toMatch(/^ +├─+ DATA ─+✗ \(off\)$/);
    const onTheWay = [flying(1, { from: 'a', to: 'c', session: 'a-long-name' })];
    expect(drawn(0, { flying: onTheWay }, [], 2)[1]).toMatch(/┤ in 100 us$/);
  });
});

describe('a cut', () => {
  test('is a gap between the nodes, in the strip and in a row, against which frames run', () => {
    const cuts = [{ from: 'a', to: 'b', oneWay: false }];
    const text = drawn(0, { cuts }, [trace(1, { fate: 'dropped', reason: 'cut' })]);
    expect(text[0]).toMatch(/^══ bus 100 us ═+ ✗ ═+╧═.* ✗ cut a↔b ══$/);
    expect(text[1]).toMatch(/^ +├─+▶ ✗ ◀─+┤ cut a↔b$/);
    expect(text[1]?.indexOf('✗')).toBe(text[0]?.indexOf('✗'));
    expect(text[2]?.indexOf('✗')).toBe(text[1]?.indexOf('✗'));
  });

  test('one way says which: nothing passes in its direction', () => {
    const row = (from: string, to: string): string | undefined =>
      drawn(0, { cuts: [{ from, to, oneWay: true }] })[1];
    expect(row('a', 'b')).toMatch(/├─+▶ ✗ ╌+┤ cut a→b$/);
    expect(row('b', 'a')).toMatch(/├╌+ ✗ ◀─+┤ cut b→a$/);
  });

  test('of nodes that are not neighbours leaves the strip whole, of nodes out of sight the rows too', () => {
    const far = drawn(0, { cuts: [{ from: 'a', to: 'c', oneWay: false }] });
    expect(far[0]?.replace(' ✗ cut a↔c', '')).not.toContain('✗');
    expect(far[1]).toMatch(/├─+▶ ✗ ◀─+┤/);
    const hidden = drawn(0, { cuts: [{ from: 'a', to: 'z', oneWay: false }] });
    expect(hidden[0]).toContain('cut a↔z');
    expect(hidden[1]).toContain('no frame yet');
  });

  test('many leave half of the rows to the frames', () => {
    const cuts = ['a', 'b', 'c'].map((to) => ({ from: to === 'a' ? 'b' : 'a', to, oneWay: true }));
    const text = drawn(0, { cuts }, [trace(1), trace(2), trace(3)], 5);
    expect(text.filter((row) => row.includes('┤ cut '))).toHaveLength(2);
    expect(text.filter((row) => row.includes('DATA'))).toHaveLength(2);
    expect(drawn(0, { cuts }, [trace(1)], 2)[1]).toContain('DATA');
  });
});

describe('the bus of a real run', () => {
  test('has its exact size at every width and moment, and each glyph its ASCII form', () => {
    const { emulator, source } = ran(`
      node a ssc
      node b eee
      node c ssc
      app p --on a
      app q --on b
      app r --on c
      link jitter 100us
      link corrupt 20%
      link duplicate 20%
      link loss 10%
      rmc_listen q 7
      rmc_listen r 7
      rmc_open p b:7 --as x
      rmc_open p c:7 --as y
      run 1s
      cut b c
      cut a c --one-way
    `);
    let moving = 0;
    for (let look = 0; look < 12; look++) {
      emulator.command('rmc_send x hello\nrmc_send y hello\nrun 37us');
      source.events = emulator.events();
      source.count = source.events.length;
      const view = emulator.view();
      if (view.bus.flying.length > 0) moving += 1;
      for (const width of [32, 40, 80, 100, 200]) {
        for (const height of [1, 2, 3, 6, 12]) {
          const traffic = recentFrames(source, height - 1);
          const lines = busPane(view, 0, traffic, { width, height, focused: true });
          expect(lines).toHaveLength(height);
          for (const row of lines) {
            expect(widthOf(row), `${width}x${height}`).toBe(width);
            expect(toAscii(textOf(row))).toMatch(/^[\x20-\x3e\x40-\x7e]*$/);
          }
        }
      }
    }
    expect(moving).toBeGreaterThan(6);
  });
});

test('D25 a frame of a session with ordered delivery says so', () => {
  const frames: FrameTrace[] = [
    {
      number: 1,
      timeUs: 0,
      frame: 'DATA',
      from: 'ssc0',
      to: 'ssc1',
      session: 'c',
      fate: 'delivered',
      reason: '',
    },
  ];
  const frame = { width: 100, height: 3, focused: false };
  const shown = (ordered: ReadonlySet<string>): string =>
    busPane(failoverView, 0, frames, frame, { selectedEvent: 0, selectedSession: '', ordered })
      .map(textOf)
      .join('\n');
  expect(shown(new Set(['c']))).toContain('0.000 000 c ordered');
  expect(shown(new Set())).not.toContain('ordered');
});

test('D12 the incarnation of an RMC stands in the lower edge of its box', () => {
  const shown = (width: number, incarnation: number): string =>
    textOf(boxLines(box({ incarnation }), ssc('ssc0', 'client'), width, 4).at(-1) ?? []);
  expect(shown(30, 3)).toBe(`└${'─'.repeat(12)} incarnation 3 ─┘`);
  expect(shown(14, 12)).toBe('└─── inc 12 ─┘');
  expect(shown(8, 3)).toBe('└──────┘');
  expect(shown(14, 0)).toBe('└────────────┘');
});
