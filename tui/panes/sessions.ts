import { addressText, clockText } from '../../emulator/index.js';
import type { SessionView } from '../../nodes/index.js';
import type { Changes, SortKey } from '../reading/sessionTable.js';
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
  span,
} from '../text/line.js';
import { ownerRole } from './nodes.js';
import { moreText, type PaneFrame, titleRow, windowStart } from './pane.js';

interface Column {
  readonly key: SortKey;
  readonly title: string;
  readonly width: number;
  readonly text: (session: SessionView) => string;
  readonly role: (session: SessionView) => Role;
}

const always =
  (role: Role): ((session: SessionView) => Role) =>
  () =>
    role;

/** The columns that fit into `width` cells; `who frees it` is there at every width and takes what is left. */
export function sessionColumns(width: number): Column[] {
  const name: Column = {
    key: 'name',
    title: 'SESSION',
    width: 11,
    text: (s) => s.name,
    role: always('strong'),
  };
  const type: Column = { key: 'type', title: 'TYPE', width: 7, text: (s) => s.type, role: always('plain') };
  const state: Column = { key: 'state', title: 'STATE', width: 14, text: stateText, role: stateRole };
  const peer: Column = { key: 'peer', title: 'PEER', width: 12, text: (s) => s.peer, role: always('plain') };
  const block: Column = { key: 'block', title: 'BLOCK', width: 15, text: blockText, role: blockRole };
  const placed: Column = {
    key: 'placed by',
    title: 'PLACED BY',
    width: 14,
    text: (s) => s.placedBy,
    role: blockRole,
  };
  const io: Column = {
    key: 'IO',
    title: 'IO f/q/d',
    width: 11,
    text: (s) => `${s.inFlight}/${s.queued}/${s.delivered}`,
    role: always('plain'),
  };
  if (width < 50)
    return [
      { ...name, width: 10 },
      { ...state, width: 9 },
      { ...block, title: '', width: 2 },
    ];
  if (width < 72) return [name, { ...state, width: 13 }, { ...block, text: letterAddress, width: 9 }];
  if (width < 92) {
    return [
      { ...name, width: 10 },
      type,
      state,
      { ...block, text: letterAddress, width: 9 },
      { ...placed, text: shortPlaced, width: 12 },
    ];
  }
  if (width < 120) return [name, type, state, block, { ...placed, width: 21 }];
  return [name, type, state, peer, block, { ...placed, width: 24 }, io];
}

/** What the table is told of its rows: the first one shown, the marked one, and those that have just changed. */
export interface SessionRows {
  readonly first: number;
  readonly selected: string;
  readonly changed: Changes;
  /** The column that the list is sorted by, and which way. */
  readonly sort?: SortKey;
  readonly isReversed?: boolean;
  /** The session that is kept in sight; and whether `selected` is what somebody selected, or only the first row. */
  readonly followed?: string;
  readonly isSelected?: boolean;
  /** What the list is cut down to or sorted by, for the header: `/old`, `by name`; empty when neither. */
  readonly note: string;
  /** Those that are other in the world beside this one. */
  readonly differs?: ReadonlySet<string> | undefined;
}

/** The sessions table. A row that has just changed starts with `*`. */
export function sessionsPane(sessions: readonly SessionView[], shown: SessionRows, frame: PaneFrame): Line[] {
  const columns = sessionColumns(frame.width - 1);
  const used = columns.reduce((sum, column) => sum + column.width, 0);
  const freesWidth = frame.width - 1 - used;
  const rows = frame.height - 1;
  const start = windowStart(shown.first, sessions.length, rows);
  const lines: Line[] = [
    header(columns, freesWidth, hintText(sessions.length, start, rows, shown.note), frame, shown),
  ];
  if (sessions.length === 0 && shown.note !== '') lines.push(line('  no session matches', 'dim'));
  for (const session of sessions.slice(start, start + rows)) {
    const isMarked = session.name === shown.selected && (frame.focused || shown.isSelected === true);
    const isReverse = isMarked && frame.focused;
    const changes = shown.changed.get(session.name);
    const row: Span[] = [span(signOf(session, shown, isMarked), 'note')];
    for (const column of columns) row.push(...columnCell(column, session, changes?.has(column.key) === true));
    const frees = changes?.has('who frees it') === true ? '*' : '';
    const text = cut(freesText(session, freesWidth - frees.length), freesWidth - frees.length);
    row.push(span(cell(`${text}${frees}`, freesWidth), session.block === 'live' ? 'plain' : 'dim'));
    lines.push(showing({ kind: 'session', name: session.name }, isReverse ? painted(row, 'select') : row));
  }
  return fill(lines, frame.width, frame.height);
}

/** Before a row: selected, followed, other in the world beside, or changed. */
function signOf(session: SessionView, shown: SessionRows, isMarked: boolean): string {
  if (isMarked) return '▸';
  if (session.name === shown.followed) return '●';
  if (shown.differs?.has(session.name)) return '≠';
  return shown.changed.has(session.name) ? '*' : ' ';
}

/** A cell as wide as its column; with a star behind what has just changed. */
function columnCell(column: Column, session: SessionView, hasChanged: boolean): Span[] {
  const text = cut(column.text(session), column.width - 1);
  const role = column.role(session);
  if (!hasChanged || column.width < 3) return [span(text.padEnd(column.width), role)];
  return [span(text, role), span('*'.padEnd(column.width - text.length), 'note')];
}

/** What the header says of rows that are not in sight, and of how the list was made. */
function hintText(count: number, start: number, rows: number, note: string): string {
  const more = moreText(start, count - start - rows);
  return [note, more].filter((text) => text !== '').join(' ');
}

function header(
  columns: readonly Column[],
  freesWidth: number,
  hidden: string,
  frame: PaneFrame,
  shown: SessionRows,
): Line {
  const short = hidden.replace(' more', '');
  if (columns.length < 4) {
    const titles = frame.width < 50 ? [] : columns.slice(1).map((column) => column.title);
    const title = ['SESSION', ...titles].join(' ');
    return titleRow(frame, title, [span('WHO FREES IT', 'title')], frame.width < 60 ? short : hidden);
  }
  const role: Role = frame.focused ? 'focus' : 'title';
  const spans: Span[] = [span(frame.focused ? '▸' : '─', frame.focused ? 'focus' : 'frame')];
  const isSorted = ({ key }: Pick<Column, 'key'>): boolean => shown.sort === key;
  const arrow = shown.isReversed === true ? '↑' : '↓';
  for (const column of columns) {
    const title = cut(`${column.title}${isSorted(column) ? arrow : ''}`, column.width - 1);
    const heading = [span(title, role), ...rule(column.width - title.length)];
    spans.push(...showing({ kind: 'column', key: column.key }, heading));
  }
  if (hidden === '') {
    const frees = freesWidth >= 24 ? 'WHO FREES IT, AND WHEN' : 'WHO FREES IT';
    const title = `${frees}${isSorted({ key: 'who frees it' }) ? arrow : ''}`;
    const heading = [span(title, role), ...rule(freesWidth - title.length)];
    return [...spans, ...showing({ kind: 'column', key: 'who frees it' }, heading)];
  }
  const forms: readonly (readonly [string, string])[] = [
    ['WHO FREES IT, AND WHEN', hidden],
    ['WHO FREES IT', hidden],
    ['WHO FREES IT', short],
    ['FREED BY', short],
  ];
  const [frees, hint] = forms.find((form) => form.join(' ').length <= freesWidth) ?? ['', short];
  const heading = [span(frees, role), ...rule(freesWidth - frees.length - hint.length)];
  return [...spans, ...showing({ kind: 'column', key: 'who frees it' }, heading), span(hint, 'note')];
}

function rule(width: number): Span[] {
  if (width <= 0) return [];
  return [span(width < 3 ? ' '.repeat(width) : ` ${'─'.repeat(width - 2)} `, 'frame')];
}

/** The state with a symbol, so that no colour is needed. */
export function stateText(session: SessionView): string {
  if (session.lost) return '✗ lost';
  return `${stateSymbol(session)} ${session.state}`;
}

function stateSymbol(session: SessionView): string {
  switch (session.state) {
    case 'OPEN':
    case 'ESTABLISHED':
    case 'LISTENING':
      return '✓';
    case 'FAILED':
      return '!';
    case 'CLOSED':
      return '·';
    default:
      return '…';
  }
}

function stateRole(session: SessionView): Role {
  if (session.lost || session.state === 'FAILED') return 'bad';
  if (session.over) return 'dim';
  return stateSymbol(session) === '✓' ? 'good' : 'note';
}

function blockRole(session: SessionView): Role {
  return session.block === 'live' ? ownerRole(session.owner) : 'dim';
}

function letterAddress(session: SessionView): string {
  return `${session.owner} ${addressText(session.address)}`;
}

function blockText(session: SessionView): string {
  return `${session.owner} ${session.node} ${addressText(session.address)}`;
}

/** Who placed the block, in a word, for narrow screens. */
function shortPlaced(session: SessionView): string {
  if (session.owner === 'R') return 'RMC';
  return session.owner === 'N' ? 'new_session' : 'app';
}

/** Who has to free the block and when, or who did. */
function freesText(session: SessionView, width: number): string {
  if (session.block === 'freed') {
    const { freed } = session;
    if (freed === undefined) return 'freed ✓';
    const by = freed.by.replace(/^app /, '');
    const at = clockText(freed.timeUs);
    const forms = [`freed ✓ by ${freed.by} at ${at} s`, `freed ✓ by ${by} at ${at}`, `freed ✓ ${at}`];
    return forms.find((form) => form.length <= width) ?? 'freed ✓';
  }
  if (session.block !== 'live') return 'gone with its process';
  const forms = [session.whoFrees, session.whoFrees.replace(/^app /, '')];
  const shortest = session.whoFrees.replace(/^app /, '').replace(', then ', ', ');
  return forms.find((form) => form.length <= width) ?? shortest;
}
