import type { LedgerView, SessionView, WorldView } from '../../nodes/index.js';

/** What the table of sessions can be sorted by; `now` is what matters at the moment, the others are columns. */
export const sortKeys = [
  ...(['now', 'name', 'type', 'state', 'node', 'peer'] as const),
  ...(['block', 'placed by', 'who frees it', 'IO'] as const),
] as const;
export type SortKey = (typeof sortKeys)[number];

/** What of a session has changed, by the column that shows it. */
export type Changes = ReadonlyMap<string, ReadonlySet<SortKey>>;

/** What decides which sessions are listed and in which order. */
export interface TableWish {
  readonly sort: SortKey;
  /** From the last to the first. */
  readonly isReversed?: boolean;
  /** Stands first, whatever the order is; empty: none does. */
  readonly followed?: string;
  /** Only rows that contain this text; empty: all. */
  readonly filter: string;
  /** Sessions that are other than before the last command or moment. */
  readonly changed: Changes;
  /** Rows that fit on the screen. */
  readonly rows: number;
  /** Number of the last event that changed a session's state; 0: none. */
  readonly lastChange: (session: string) => number;
}

/**
 * The sessions in the order of the table. The order depends on what has failed and on who is over, not on each step;
 * only what has just changed and would be out of sight comes up to the top.
 */
export function tableSessions(view: WorldView, wish: TableWish): SessionView[] {
  const ordered = orderedSessions(view, wish);
  const { followed = '' } = wish;
  const first = view.sessions.filter(({ name }) => followed !== '' && name === followed);
  return first.length === 0 ? ordered : [...first, ...ordered.filter(({ name }) => name !== followed)];
}

function orderedSessions(view: WorldView, wish: TableWish): SessionView[] {
  const wanted = view.sessions.filter((session) => matches(session, wish.filter));
  if (wish.sort !== 'now') {
    const sorted = sortedBy(wanted, wish.sort);
    return wish.isReversed === true ? sorted.reverse() : sorted;
  }
  const ordered = sessionOrder(wanted, view.ledger, wish.lastChange);
  if (wish.isReversed === true) return ordered.reverse();
  const isNews = ({ name, type }: SessionView): boolean => type !== 'LISTEN' && hasNews(wish.changed, name);
  const late = new Set(ordered.slice(wish.rows).filter(isNews));
  return late.size === 0 ? ordered : [...late, ...ordered.filter((session) => !late.has(session))];
}

/** Messages alone are no news of a session. */
export function hasNews(changed: Changes, session: string): boolean {
  const columns = changed.get(session);
  return columns?.has('state') === true || columns?.has('block') === true;
}

function matches(session: SessionView, filter: string): boolean {
  if (filter === '') return true;
  const { name, type, state, node, app, peer, placedBy, whoFrees, block, lost } = session;
  const text = [name, type, state, node, app, peer, placedBy, whoFrees, block, lost ? 'lost' : ''].join(' ');
  return text.toLowerCase().includes(filter.toLowerCase());
}

/** Number or text that a column is sorted by. */
function sortValue(session: SessionView, key: Exclude<SortKey, 'now'>): number | string {
  const { state, lost, node, address, inFlight, queued, delivered } = session;
  switch (key) {
    case 'state':
      return lost ? 'lost' : state;
    case 'block':
      return `${node} ${String(address).padStart(10, '0')}`;
    case 'placed by':
      return session.placedBy;
    case 'who frees it':
      return session.block === 'live' ? session.whoFrees : session.block;
    case 'IO':
      return (inFlight + queued) * 1e9 + delivered;
    default:
      return session[key];
  }
}

function sortedBy(sessions: readonly SessionView[], key: Exclude<SortKey, 'now'>): SessionView[] {
  const keyed = sessions.map((session) => ({ session, value: sortValue(session, key) }));
  return keyed
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
    .map(({ session }) => session);
}

/**
 * What the present failure is about comes first, those of it that are over after the others; then sessions that live,
 * those that are lost, those that are over, and LISTEN sessions, about which there is least to say.
 */
export function sessionOrder(
  sessions: readonly SessionView[],
  ledger: readonly LedgerView[] = [],
  lastChange: (session: string) => number = () => 0,
): SessionView[] {
  const failure = ledger[ledger.length - 1];
  const isOf = concerned(failure);
  const rank = (session: SessionView): number => {
    if (session.type === 'LISTEN') return session.over ? 6 : 5;
    const { over, lost } = session;
    if (failure !== undefined) {
      if (lastChange(session.name) >= failure.event) return over && !lost ? 1 : 0;
      if (isOf(session)) return 0;
    }
    return lost ? 3 : over ? 4 : 2;
  };
  const ranks = new Map(sessions.map((session) => [session, rank(session)]));
  return [...sessions].sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

/** Whether a session has an end on what failed. */
function concerned(failure: LedgerView | undefined): (session: SessionView) => boolean {
  if (failure === undefined) return () => false;
  // `eee0`, `eee0.rmc`, `server on eee0`
  const [first = '', second] = failure.about.split(' on ');
  const node = second ?? first.replace(/\.rmc$/, '');
  return ({ node: at, app, peer, lost, over }) => {
    if (at === node && (second === undefined || app === first)) return lost || !over;
    return peer.split(':')[0] === node && !lost && !over;
  };
}

/** What is compared to see whether a session has changed, by column. */
type Marks = Readonly<Partial<Record<SortKey, string>>>;

export function sessionMarks(view: WorldView): ReadonlyMap<string, Marks> {
  return new Map(view.sessions.map((session) => [session.name, marksOf(session)]));
}

function marksOf({
  state,
  lost,
  over,
  block,
  peer,
  whoFrees,
  inFlight,
  queued,
  delivered,
}: SessionView): Marks {
  return {
    state: `${state} ${lost} ${over}`,
    block,
    peer,
    'who frees it': `${block} ${whoFrees}`,
    IO: `${inFlight} ${queued} ${delivered}`,
  };
}

/** The sessions that are new or other than `before`, and in which columns; a new one in all that can change. */
export function changedSince(before: ReadonlyMap<string, Marks>, view: WorldView): Changes {
  const changed = new Map<string, ReadonlySet<SortKey>>();
  for (const [name, marks] of sessionMarks(view)) {
    const old = before.get(name);
    const columns = sortKeys.filter((key) => marks[key] !== old?.[key]);
    if (columns.length > 0) changed.set(name, new Set(columns));
  }
  return changed;
}
