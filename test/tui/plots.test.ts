import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../emulator/index.js';
import type { WorldView } from '../../nodes/index.js';
import { plotsPane } from '../../tui/panes/plots.js';
import { PlotData, type Plots, SCAN_LIMIT } from '../../tui/reading/plotData.js';
import { CountBins, LevelBins, MOST_BINS } from '../../tui/reading/timeBins.js';
import { toAscii } from '../../tui/text/glyphs.js';
import { type Line, textOf, widthOf } from '../../tui/text/line.js';
import { pair } from '../nodes/lab.js';
import { FakeSource } from './support/fakeSource.js';
import { event, failoverView } from './support/fixtures.js';
import { appOn, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

const frame = (width: number, height: number, focused = false) => ({ width, height, focused });
const rows = (lines: readonly Line[]): string[] => lines.map((row) => textOf(row).trimEnd());

/** Events with their numbers, from what they are. */
function events(
  list: readonly (readonly [number, string, Record<string, string | number>])[],
): LoggedEvent[] {
  return list.map(([timeUs, name, fields], index) => event(index + 1, timeUs, name, fields));
}

const sent = (app: string): Record<string, string> => ({ app, session: 's', status: 'RMC_INPROGRESS' });
const told = (app: string, how: string, after?: number): Record<string, string | number> => ({
  app,
  about: 'eee0',
  how,
  rule: 'D15',
  ...(after === undefined ? {} : { after_us: after }),
});

function plotsOf(source: FakeSource, view: WorldView = failoverView): Plots {
  const data = new PlotData();
  while (data.sync(source));
  return data.plots(source, view);
}

describe('bins over virtual time', () => {
  it('count all that was, at a resolution that halves as time goes on', () => {
    const bins = new CountBins();
    const times = [0, 1, 2, 2, 4095, 4096, 8191, 8192, 150_000, 1_000_000];
    for (const time of times) bins.add(time);
    expect(bins.total).toBe(times.length);
    expect(bins.width).toBe(256);
    expect(bins.counts.length).toBeLessThanOrEqual(MOST_BINS);
    expect(bins.byColumn(1_000_001, 10)).toEqual([8, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(new CountBins().byColumn(0, 3)).toEqual([0, 0, 0]);
  });

  it('keep a level, with its peaks, until it changes', () => {
    const bins = new LevelBins();
    bins.set(10, 3);
    bins.set(10, 1);
    bins.set(50, 2);
    expect(bins.byColumn(100, 10)).toEqual([0, 3, 1, 1, 1, 2, 2, 2, 2, 2]);
    bins.set(1_000_000, 0);
    expect([bins.now, bins.most, bins.width]).toEqual([0, 3, 256]);
    expect(bins.byColumn(1_000_000, 4)).toEqual([3, 2, 2, 2]);
    expect(new LevelBins().byColumn(10, 3)).toEqual([0, 0, 0]);
  });

  it('say in fine columns what a plain list of the changes says', () => {
    const bins = new LevelBins();
    const at = (time: number): number => (time * 7919) % 13;
    const columns = new Array<number>(50).fill(0);
    for (let time = 0; time < 4_000; time += 1) {
      bins.set(time, at(time));
      const column = Math.floor(time / 80);
      columns[column] = Math.max(columns[column]!, at(time), time > 0 ? at(time - 1) : 0);
    }
    const read = bins.byColumn(4_000, 50);
    expect(read).toEqual(columns);
  });
});

describe('what the plots count', () => {
  const list = events([
    [0, 'rmc_send', sent('client')],
    [10, 'rmc_send', sent('client')],
    [20, 'rmc_send', { ...sent('client'), status: 'RMC_EAGAIN' }],
    [30, 'message', { app: 'server' }],
    [40, 'io_done', { app: 'client', status: 'RMC_OK' }],
    [50, 'rmc_send', sent('server')],
    [60, 'process_exit', { app: 'client', reason: 'kill' }],
    [70, 'io_done', { app: 'nobody' }],
    [80, 'learned', told('server', 'io', 2_000)],
    [90, 'learned', told('server', 'abort_session', 300)],
    [95, 'learned', told('other', 'io', 500)],
    [96, 'learned', told('other', 'open')],
  ]);

  it('D23 are messages, IOs that have not ended, and how long after who was told', () => {
    const plots = plotsOf(new FakeSource(failoverView, list));
    expect(plots.messages.total).toBe(1);
    expect(plots.pending.byColumn(100, 10)).toEqual([1, 2, 2, 2, 2, 2, 2, 1, 1, 1]);
    expect([plots.pending.now, plots.pending.most]).toEqual([1, 2]);
    expect(
      plots.detections.map(({ how, leastUs, mostUs, afterUs }) => [how, leastUs, mostUs, afterUs.total]),
    ).toEqual([
      ['io', 500, 2_000, 2],
      ['abort_session', 300, 300, 1],
    ]);
    expect(plots.latest.map(({ event: number, app, afterUs }) => [number, app, afterUs])).toEqual([
      [9, 'server', 2_000],
      [10, 'server', 300],
      [11, 'other', 500],
    ]);
  });

  it('D20 are the same read event by event, at once, and again after going back', () => {
    const source = new FakeSource(failoverView, list, 0);
    const data = new PlotData();
    for (; source.count < list.length; source.count += 1) data.sync(source);
    data.sync(source);
    const whole = plotsOf(source);
    expect(data.plots(source, failoverView)).toEqual(whole);
    source.count = 5;
    expect(data.sync(source)).toBe(false);
    expect(data.plots(source, failoverView)).toEqual(plotsOf(source));
    source.branch = 'b2';
    source.events = list.map((one) => (one.event === 'message' ? { ...one, event: 'command' } : one));
    source.count = list.length;
    data.sync(source);
    expect(data.plots(source, failoverView).messages.total).toBe(0);
    expect(data.plots(source, failoverView)).toEqual(plotsOf(source));
  });

  it('are read in parts where there is very much, and only the latest tellings are kept one by one', () => {
    const many = Array.from({ length: SCAN_LIMIT + 10 }, (_, index) =>
      event(index + 1, index, 'learned', told('client', 'io', index)),
    );
    const source = new FakeSource(failoverView, many);
    const data = new PlotData();
    expect(data.sync(source)).toBe(true);
    const half = data.plots(source, failoverView);
    expect([half.readTo, half.events]).toEqual([SCAN_LIMIT, SCAN_LIMIT + 10]);
    expect(rows(plotsPane(half, frame(80, 20)))[0]).toContain(
      `reading: event ${SCAN_LIMIT} of ${SCAN_LIMIT + 10}`,
    );
    expect(data.sync(source)).toBe(false);
    const { latest, detections } = data.plots(source, failoverView);
    expect(latest).toHaveLength(64);
    expect(latest.at(-1)?.event).toBe(SCAN_LIMIT + 10);
    expect(detections[0]?.afterUs.total).toBe(SCAN_LIMIT + 10);
    expect(detections[0]?.afterUs.counts.length).toBeLessThanOrEqual(MOST_BINS);
  });
});

describe('the pane of plots', () => {
  function real(): Plots {
    const emulator = pair('eee');
    emulator.command('rmc_send c one\nrmc_send c two\nrun 100ms\npower off far\nrun 1s');
    const { log } = emulator.world;
    const source = new FakeSource(emulator.view(), emulator.events(), log.count);
    return plotsOf(source, emulator.view());
  }

  it('D28 D30 is exactly as wide and high as it should, at every size, in ASCII too', () => {
    const plots = real();
    const empty = plotsOf(new FakeSource({ ...failoverView, nowUs: 0, nodes: [] }, []));
    for (const shown of [plots, { ...empty, nowUs: 0 }]) {
      for (const width of [32, 40, 57, 80, 100, 150, 200]) {
        for (const height of [1, 2, 4, 6, 8, 12, 24, 50]) {
          const lines = plotsPane(shown, frame(width, height, true));
          expect(lines, `${width}x${height}`).toHaveLength(height);
          for (const row of lines) {
            expect(widthOf(row), `${width}x${height}: ${textOf(row)}`).toBe(width);
            expect(toAscii(textOf(row))).toMatch(/^[\x20-\x7e]*$/);
            expect(toAscii(textOf(row))).not.toContain('?');
          }
        }
      }
    }
    expect(rows(plotsPane(empty, frame(80, 12))).at(-1)).toMatch(
      /^( detection times: nobody has learned .*)?$/,
    );
  });

  it('D28 has a row or more for messages, IOs and blocks of each owner, and says what a column is', () => {
    const low = rows(plotsPane(real(), frame(80, 9)));
    expect(low[1]).toMatch(/^ messages 2, most 2\/column +█ *$/);
    expect(low[2]).toMatch(/^ pending IO 0 now, most 2 +█ *$/);
    expect(low[3]).toMatch(/^ live blocks, app 1, most 2 +█+▄+$/);
    expect(low[4]).toMatch(/^ live blocks, RMC 0, most 1 +█+ *$/);
    expect(low[5]).toMatch(/^ a column is 23\.5 ms {8}0 ─+ 1\.200 \d{3} s$/);
    const high = rows(plotsPane(real(), frame(80, 30)));
    expect(high.findIndex((row) => row.includes('pending IO'))).toBe(5);
    const narrow = rows(plotsPane(real(), frame(40, 9)));
    expect(narrow[1]).toMatch(/^ msg 2 in all +█/);
    expect(narrow[2]).toMatch(/^ IO 0, most 2 +█/);
    const wide = rows(plotsPane(real(), frame(120, 9)));
    expect(wide[1]).toMatch(/^ messages 2 in all, most 2\/column +█/);
    expect(wide[3]).toMatch(/^ live blocks, app 1 now, most 2 +█/);
  });

  it('side by side one moment is at one place in both halves, whatever they are wide', () => {
    for (const width of [80, 81, 100, 119, 120, 121, 200, 201]) {
      const app = appOn(sourceOf('failover.drill'), width, 40);
      press(app, ':');
      type(app, 'run 1300ms');
      press(app, 'enter', 'E', '9', 'z');
      const half = Math.floor((width - 1) / 2);
      const found = rowsOf(app).filter((row) => row[half] === '│');
      const axes = found.filter((row) => / 0 ─+ 1\.300 000 s/.test(row));
      expect(axes, `${width}`).toHaveLength(1);
      const [axis = ''] = axes;
      expect(axis.slice(half + 1).trimEnd(), `${width}`).toBe(axis.slice(0, half).trimEnd());
      const places = (row: string): number[] => [...row].flatMap((sign, at) => (sign === '█' ? [at] : []));
      const messages = found.filter((row) => /m(es)?s(ages|g) 10/.test(row));
      expect(messages, `${width}`).toHaveLength(1);
      const [one = ''] = messages;
      expect(places(one.slice(0, half)).length).toBeGreaterThan(2);
      expect(places(one.slice(half + 1)), `${width}`).toEqual(places(one.slice(0, half)));
    }
  });

  it('a plot of several rows is filled from below', () => {
    const source = new FakeSource(
      failoverView,
      events([
        [0, 'rmc_send', sent('a')],
        [500, 'rmc_send', sent('a')],
        [500, 'rmc_send', sent('a')],
        [500, 'rmc_send', sent('a')],
      ]),
    );
    const text = rows(
      plotsPane(plotsOf(source, { ...failoverView, nowUs: 1_000, nodes: [] }), frame(80, 40)),
    );
    const half = (row: string | undefined): readonly string[] => [
      row?.charAt(30) ?? '',
      row?.charAt(78) ?? '',
    ];
    expect(text.slice(5, 9).map(half)).toEqual([
      [' ', '█'],
      [' ', '█'],
      [' ', '█'],
      ['█', '█'],
    ]);
  });

  it('D30 has the spread of each way of learning, and the latest ones as bars', () => {
    const list = events([
      [1, 'learned', told('client', 'abort_session', 300_000)],
      [2, 'learned', told('other', 'io', 800_000)],
      [3, 'learned', told('standby', 'abort_session', 400_000)],
    ]);
    const plots = plotsOf(new FakeSource(failoverView, list));
    const text = rows(plotsPane(plots, frame(120, 30)));
    const first = text.findIndex((row) => row.startsWith(' detection times'));
    expect(text[first]).toBe(' detection times, 0 to 1 s');
    expect(text[first + 1]).toMatch(/^ abort_session 2: 300 ms to 400 ms {3,}█ +█$/);
    expect(text[first + 2]).toMatch(/^ io 1: 800 ms +█$/);
    expect(text[first + 3]).toMatch(/^ standby abort_session +400 ms █+$/);
    expect(text[first + 5]).toMatch(/^ client abort_session +300 ms █+$/);
    const low = rows(plotsPane(plots, frame(80, 10)));
    expect(low.slice(6)).toEqual([
      ' detection times, 0 to 1 s; the latest 1 of 3',
      expect.stringMatching(/^ abort_session 2 .*█$/),
      expect.stringMatching(/^ io 1: 800 ms/),
      expect.stringMatching(/^ standby abort_/),
    ]);
    expect(rows(plotsPane(plots, frame(40, 20))).join('\n')).toMatch(
      /^ 2 abort_sess… .*\n io 1: 800 ms .*\n stand… 400 ms █+$/m,
    );
  });
});
