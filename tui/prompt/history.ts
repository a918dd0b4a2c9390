/** How many lines are kept. */
export const HISTORY_LIMIT = 500;

/** Lines given at the prompt, oldest first, and the way through them. */
export interface History {
  readonly lines: readonly string[];
  /** Index of the line shown; `lines.length` is the line being written. */
  readonly at: number;
  /** What was being written before the way through the history began. */
  readonly draft: string;
}

/** A history of what was kept, ready for a new line. */
export function historyOf(lines: readonly string[]): History {
  const kept = lines.slice(-HISTORY_LIMIT);
  return { lines: kept, at: kept.length, draft: '' };
}

/** The history with one more line; a line twice in a row is kept once. */
export function remembered(history: History, text: string): History {
  const last = history.lines[history.lines.length - 1];
  return historyOf(text === '' || text === last ? history.lines : [...history.lines, text]);
}

/** One line back (-1) or forward (1); undefined at either end. */
export function moved(
  history: History,
  direction: -1 | 1,
  current: string,
): { history: History; text: string } | undefined {
  const at = history.at + direction;
  if (at < 0 || at > history.lines.length) return undefined;
  const draft = history.at === history.lines.length ? current : history.draft;
  return {
    history: { ...history, at, draft },
    text: at === history.lines.length ? draft : (history.lines[at] ?? ''),
  };
}

/** Index of the newest line before `before` that contains `text`, or -1. */
export function searched(history: History, text: string, before: number): number {
  for (let index = Math.min(before, history.lines.length) - 1; index >= 0; index--) {
    if ((history.lines[index] ?? '').includes(text)) return index;
  }
  return -1;
}
