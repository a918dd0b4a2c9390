import { clockText } from '../../emulator/index.js';
import type { MemoryOverTime } from '../../nodes/index.js';
import type { Detection, DetectionsBy, Plots } from '../reading/plotData.js';
import { columnOf } from '../reading/timeBins.js';
import {
  cell,
  cellRight,
  fill,
  type Line,
  line,
  painted,
  type Role,
  showing,
  sized,
  span,
} from '../text/line.js';
import { spanText } from '../text/times.js';
import { bar, barScaleUs } from './ledger.js';
import { type PaneFrame, titleRow, windowWith } from './pane.js';

const RAMP = '▁▂▃▄▅▆▇█';

/** A plot has at most so many rows. */
const MOST_ROWS = 4;

/** One plot over virtual time: its name, and a short one for narrow panes; its values by column. */
interface TimePlot {
  readonly name: string;
  readonly short: string;
  /** What it is and was at most, in words, the longest form first. */
  readonly says: (most: number) => readonly string[];
  readonly values: readonly number[];
  readonly role: Role;
}

/** What the plots are cut down to, and the moment that is marked in them. */
export interface PlotsWish {
  readonly filter: string;
  /** Number of the marked `learned`; 0: none. */
  readonly selectedEvent: number;
}

const showAll: PlotsWish = { filter: '', selectedEvent: 0 };

const contains = (words: readonly string[], filter: string): boolean =>
  words.join(' ').toLowerCase().includes(filter.toLowerCase());

/** The latest tellings that the filter leaves, the newest first. */
export function shownDetections({ latest }: Plots, filter: string): readonly Detection[] {
  return latest
    .filter(({ app, about, how, rule }) => contains([app, about, how, rule, 'detection'], filter))
    .reverse();
}

/** Messages handed up, pending IOs and live blocks over virtual time, and how long it took to learn of failures. */
export function plotsPane(all: Plots, frame: PaneFrame, wish: PlotsWish = showAll): Line[] {
  const { width } = frame;
  const { filter } = wish;
  const plots = {
    ...all,
    detections: all.detections.filter(({ how }) => contains([how, 'detection'], filter)),
    latest: shownDetections(all, filter),
  };
  const room = frame.height - 1;
  const label = labelWidth(width);
  const shown = timePlots(plots, Math.max(1, width - label - 1)).filter(({ name, short }) =>
    contains([name, short], filter),
  );
  const wanted = 1 + (plots.detections.length === 0 ? 0 : plots.detections.length + plots.latest.length);
  const kept = Math.min(wanted, Math.max(2, Math.floor(room / 3)));
  const each = Math.max(1, Math.min(MOST_ROWS, Math.floor((room - 1 - kept) / Math.max(1, shown.length))));
  const lines = [titleRow(frame, 'PLOTS', [], titleNote(plots, filter))];
  for (const plot of shown) lines.push(...plotLines(plot, each, label));
  lines.push(axisLine(plots, width, label));
  lines.push(...detectionLines(plots, frame, frame.height - lines.length, label, wish));
  return fill(lines, width, frame.height);
}

function labelWidth(width: number): number {
  if (width < 60) return 15;
  return width < 100 ? 28 : 36;
}

const titleNote = (plots: Plots, filter: string): string =>
  [filter === '' ? '' : `/${filter}`, readingText(plots)].filter((text) => text !== '').join(' ');

function readingText({ readTo, events }: Plots): string {
  return readTo < events ? `reading: event ${readTo} of ${events}` : '';
}

function timePlots(plots: Plots, columns: number): readonly TimePlot[] {
  const { nowUs, messages, pending, memory } = plots;
  const blocks = (name: string, short: string, kind: 'app' | 'rmc'): TimePlot => {
    const all = memory.filter((series) => series.kind === kind);
    const now = all.reduce((sum, series) => sum + series.liveBlocks, 0);
    const values = liveByColumn(all, nowUs, columns);
    return { name, short, says: levelTexts(name, short, now), values, role: kind };
  };
  return [
    {
      name: 'messages handed up',
      short: 'msg',
      says: (most) => countTexts(messages.total, most),
      values: messages.byColumn(nowUs, columns),
      role: 'good',
    },
    {
      name: 'pending IO',
      short: 'IO',
      says: levelTexts('pending IO', 'IO', pending.now),
      values: pending.byColumn(nowUs, columns),
      role: 'note',
    },
    blocks('live blocks, app', 'A+N', 'app'),
    blocks('live blocks, RMC', 'R', 'rmc'),
  ];
}

/** A number that goes up and down: what it is now, and the most that it ever was. */
const levelTexts =
  (name: string, short: string, now: number) =>
  (most: number): readonly string[] => [
    `${name} ${now} now, most ${most}`,
    `${name} ${now}, most ${most}`,
    `${short} ${now} now, most ${most}`,
    `${short} ${now}, most ${most}`,
  ];

/** What is counted: a total has no most; a column has. */
const countTexts = (total: number, most: number): readonly string[] => [
  `messages ${total} in all, most ${most}/column`,
  `messages ${total}, most ${most}/column`,
  `msg ${total}, most ${most}/column`,
  `msg ${total} in all`,
  `msg ${total}`,
];

/** Blocks that were live at the end of each column, of all the series together. */
function liveByColumn(all: readonly MemoryOverTime[], nowUs: number, columns: number): readonly number[] {
  const sums = new Array<number>(columns).fill(0);
  for (const series of all) {
    let point = 0;
    let live = 0;
    for (let column = 0; column < columns; column += 1) {
      for (; point < series.timesUs.length; point += 1) {
        if (columnOf(series.timesUs[point] ?? 0, nowUs, columns) > column) break;
        live = series.blocks[point] ?? 0;
      }
      sums[column] = (sums[column] ?? 0) + live;
    }
  }
  return sums;
}

/** A plot of `height` rows: what it is and was at most, and bars. */
function plotLines(plot: TimePlot, height: number, label: number): Line[] {
  const most = Math.max(0, ...plot.values);
  const forms = plot.says(most);
  const text = forms.find((form) => form.length + 2 <= label) ?? forms[forms.length - 1] ?? '';
  return barRows(plot.values, most, height).map((bars, row) => [
    span(` ${cell(row === 0 ? text : '', label - 1)}`),
    span(bars, plot.role),
  ]);
}

/** Values as bars of `height` rows, the top one first; `most` is a full bar, and nothing is a blank. */
function barRows(values: readonly number[], most: number, height: number): readonly string[] {
  const levels = RAMP.length;
  return Array.from({ length: height }, (_, row) => {
    const below = (height - 1 - row) * levels;
    return values
      .map((value) => {
        const eighths = value <= 0 ? 0 : Math.ceil((value / most) * levels * height);
        const here = Math.min(levels, eighths - below);
        return here <= 0 ? ' ' : (RAMP[here - 1] ?? ' ');
      })
      .join('');
  });
}

/** Under the plots: what a column is, and from when to when. */
function axisLine({ nowUs }: Plots, width: number, label: number): Line {
  const columns = Math.max(1, width - label - 1);
  const column = spanText(Math.max(1, Math.round(nowUs / columns)));
  const end = `${clockText(nowUs)} s`;
  const rule = Math.max(0, columns - end.length - 4);
  return [
    span(` ${cell(width < 60 ? `col ${column}` : `a column is ${column}`, label - 2)} `, 'dim'),
    span('0 ', 'dim'),
    span(`${'─'.repeat(rule)} `, 'frame'),
    span(end, 'dim'),
  ];
}

/** Each way of telling with its spread, then the latest tellings one by one, the newest first. */
function detectionLines(
  plots: Plots,
  { width, focused }: PaneFrame,
  room: number,
  label: number,
  { filter, selectedEvent }: PlotsWish,
): Line[] {
  const { detections, latest } = plots;
  if (detections.length === 0 && latest.length === 0) {
    const nobody = ' detection times: nobody has learned of a failure yet';
    return [line(filter === '' ? nobody : ' detection times: none matches', 'dim')];
  }
  const longestUs = Math.max(...detections.map((one) => one.mostUs), ...latest.map(({ afterUs }) => afterUs));
  const scaleUs = barScaleUs(longestUs);
  const columns = Math.max(1, width - label - 1);
  const total = Math.max(
    latest.length,
    detections.reduce((sum, one) => sum + one.afterUs.total, 0),
  );
  const single = Math.max(0, Math.min(latest.length, room - 1 - detections.length));
  const marked = latest.findIndex(({ event }) => event === selectedEvent);
  const start = windowWith(0, Math.max(0, marked), single);
  const rest = single < total ? `; ${start === 0 ? 'the latest ' : ''}${single} of ${total}` : '';
  const head = `detection times, 0 to ${spanText(scaleUs)}`;
  const title = head.length + rest.length + 1 <= width ? `${head}${rest}` : head;
  const one = (detection: Detection): Line => {
    const row = detectionLine(detection, scaleUs, columns, label, detection.event === selectedEvent);
    const isMarked = focused && detection.event === selectedEvent;
    return showing(
      { kind: 'event', number: detection.event },
      isMarked ? painted(sized(row, width), 'select') : row,
    );
  };
  return [
    line(` ${title}`, 'title'),
    ...detections.map((by) => spreadLine(by, scaleUs, columns, label)),
    ...latest.slice(start, start + single).map(one),
  ];
}

/** `io 3: 1.2 s to 2 s`, and how often each time came. */
function spreadLine(one: DetectionsBy, scaleUs: number, columns: number, label: number): Line {
  const { how, leastUs, mostUs, afterUs } = one;
  const count = `${how} ${afterUs.total}`;
  const [least, most] = [spanText(leastUs), spanText(mostUs)];
  const forms = [`${count}: ${least === most ? least : `${least} to ${most}`}`, count];
  const text = forms.find((form) => form.length + 2 <= label) ?? `${afterUs.total} ${how}`;
  const values = afterUs.byColumn(scaleUs, columns);
  const [bars = ''] = barRows(values, Math.max(...values), 1);
  return [span(` ${cell(text, label - 2)} `), span(bars, 'note')];
}

function detectionLine(
  one: Detection,
  scaleUs: number,
  columns: number,
  label: number,
  isMarked: boolean,
): Line {
  const time = spanText(one.afterUs);
  const who = label < 28 ? one.app : `${one.app} ${one.how}`;
  return [
    span(`${isMarked ? '▸' : ' '}${cell(who, Math.max(0, label - 3 - time.length))} `),
    span(cellRight(time, time.length), 'strong'),
    span(' '),
    span(bar(one.afterUs, scaleUs, columns, true), 'good'),
  ];
}
