import { clockText, type LoggedEvent } from '../../emulator/index.js';
import { clean } from '../text/glyphs.js';
import {
  cell,
  cut,
  fill,
  type Line,
  line,
  painted,
  type Role,
  type Span,
  showing,
  sized,
  span,
} from '../text/line.js';
import { becauseOf, detailOf, field, markOf, whoOf } from './eventText.js';
import { type PaneFrame, titleRow } from './pane.js';

/** The part of the log that is shown, oldest first, and what the title says of it. */
export interface LogWindow {
  readonly rows: readonly LogRow[];
  /** Events newer than the window: not 0 when a person has scrolled up. */
  readonly newer: number;
  readonly filter: string;
  /** The only session whose events are shown; empty or left out: all. */
  readonly followed?: string;
  readonly withFrames: boolean;
  /** Number of the marked event; and the session whose events are pointed at. */
  readonly selected?: number | undefined;
  readonly session?: string;
}

export interface LogRow {
  readonly event: LoggedEvent;
  readonly cause: LoggedEvent | undefined;
}

/** With fewer rows than this a log with nothing special to say has no title. */
const TITLE_HEIGHT = 5;

/** The event log: virtual time, number, event, who, session, what, and because of what. The newest row is the last. */
export function logPane(log: LogWindow, frame: PaneFrame): Line[] {
  const notes: Span[] = [];
  const followed = log.followed ?? '';
  if (followed !== '') notes.push(span(`● ${followed} `, 'note'));
  if (log.filter !== '') notes.push(span(`/${log.filter} `, 'note'));
  else notes.push(span(log.withFrames ? 'everything ' : 'without frames (a: all) ', 'dim'));
  const end = log.newer > 0 ? `paused, ${log.newer} new (G)` : '';
  const plain = log.filter === '' && followed === '' && end === '' && !frame.focused;
  const lines: Line[] = plain && frame.height < TITLE_HEIGHT ? [] : [titleRow(frame, 'LOG', notes, end)];
  if (log.rows.length === 0)
    lines.push(line(log.filter === '' ? '  nothing yet' : '  no event matches', 'dim'));
  for (const row of log.rows.slice(-(frame.height - lines.length))) {
    const shown = logLine(row, frame.width);
    const { number, event } = row.event;
    const isNote = event === 'output';
    const looks =
      number === log.selected && !isNote
        ? painted(sized(shown, frame.width), 'select')
        : isOf(row, log.session ?? '')
          ? pointedAt(shown)
          : shown;
    lines.push(isNote ? looks : showing({ kind: 'event', number }, looks));
  }
  return fill(lines, frame.width, frame.height);
}

const isOf = ({ event }: LogRow, session: string): boolean =>
  session !== '' && field(event, 'session') === session;

/** The row of an event of the selected session: a symbol before its number. */
function pointedAt(row: Line): Line {
  const [time, number, ...rest] = row;
  if (time === undefined || number === undefined) return row;
  return [time, span(number.text.replace(/^ /, '·'), 'focus'), ...rest];
}

const marks: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['✗', 'bad'],
  ['!', 'bad'],
  ['✓', 'good'],
  ['▸', 'key'],
]);

/** One event as a row of `width` cells. */
export function logLine(row: LogRow, width: number): Line {
  const { event } = row;
  const mark = markOf(event);
  const role = marks.get(mark) ?? 'plain';
  const spans: Span[] = [
    span(clockText(event.timeUs).padStart(10), 'dim'),
    span(` ${String(event.number)}`.padStart(6), 'dim'),
    span(` ${mark} `, role),
  ];
  if (event.event === 'command') {
    spans.push(span(field(event, 'text'), 'strong'));
    return spans;
  }
  const why = becauseOf(row.cause);
  const left = width - 19;
  const whyWidth = left >= 110 ? 44 : left >= 78 ? 24 : 0;
  spans.push(span(column(event.event, left >= 60 ? 15 : 14), role === 'plain' ? 'strong' : role));
  spans.push(span(column(whoOf(event), left >= 60 ? 9 : 8)), span(column(field(event, 'session'), 11)));
  const used = left >= 60 ? 35 : 33;
  spans.push(span(cell(detailOf(event), Math.max(0, left - used - whyWidth))));
  if (whyWidth > 0) spans.push(span(why === '' ? '' : ` because ${why}`, 'dim'));
  return spans;
}

/** Text in a column, with at least one blank after it. */
function column(text: string, width: number): string {
  return cell(cut(clean(text), width - 1), width);
}
