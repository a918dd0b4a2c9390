import type { LedgerView, SessionView, WorldView } from '../../nodes/index.js';

/** What the table of sessions can be sorted by; `now` is what matters at the moment, the others are columns. */
export const sortKeys = ['now', 'name', 'type', 'state', 'node'] as const;
export type SortKey = (typeof sortKeys)[number];

/** What decides which sessions are listed and in which order. */
export interface TableWish {
  readonly sort: SortKey;
  /** Only rows that contain this text; empty: all. */
  readonly filter: string;
  /** Sessions that are other than before the last command or moment. */
  readonly changed: ReadonlySet<string>;
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
  const wanted = view.sessions.filter((session) => matches(session, wish.filter));
  if (wish.sort !== 'now') return sortedBy(wanted, wish.sort);
  const ordered = sessionOrder(wanted, view.ledger, wish.lastChange);
  const isNews = ({ name, type }: SessionView): boolean => type !== 'LISTEN' && wish.changed.has(name);
  const late = new Set(ordered.slice(wish.rows).filter(isNews));
  return late.size === 0 ? ordered : [...late, ...ordered.filter((session) => !late.has(session))];
}

function matches(session: SessionView, filter: string): boolean {
  if (filter === '') return true;
  const { name, type, state, node, app, peer, placedBy, whoFrees, block, lost } = session;
  const text = [name, type, state, node, app, peer, placedBy, whoFrees, block, lost ? 'lost' : ''].join(' ');
  return text.toLowerCase().includes(filter.toLowerCase());
}

function sortedBy(sessions: readonly SessionView[], key: Exclude<SortKey, 'now'>): SessionView[] {
  const word = (session: SessionView): string =>
    key === 'state' && session.lost ? 'lost' : String(session[key]);
  return [...sessions].sort((a, b) => (word(a) < word(b) ? -1 : word(a) > word(b) ? 1 : 0));
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

/** What is compared to see whether a session has changed. */
export function sessionMarks(view: WorldView): ReadonlyMap<string, string> {
  return new Map(
    view.sessions.map((session) => [
      session.name,
      `${session.state} ${session.lost} ${session.over} ${session.block}`,
    ]),
  );
}

/** Names of the sessions that are new or other than `before`. */
export function changedSince(before: ReadonlyMap<string, string>, view: WorldView): Set<string> {
  const changed = new Set<string>();
  for (const [name, mark] of sessionMarks(view)) if (before.get(name) !== mark) changed.add(name);
  return changed;
}
