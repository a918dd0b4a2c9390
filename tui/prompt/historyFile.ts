import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { HISTORY_LIMIT } from './history.js';

/** Where lines are kept between runs: `$XDG_STATE_HOME/rmc-emu/history`, else under `~/.local/state`. */
export function historyPath(environment: Readonly<Record<string, string | undefined>>): string {
  const state = environment['XDG_STATE_HOME'];
  const base = state?.startsWith('/') ? state : join(homedir(), '.local', 'state');
  return join(base, 'rmc-emu', 'history');
}

/** The kept lines, oldest first. A file that is missing or unreadable is an empty history. */
export function loadHistory(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((text) => text !== '')
      .slice(-HISTORY_LIMIT);
  } catch {
    return [];
  }
}

/** Keeps the lines. Returns what went wrong as a message, or undefined: a history that cannot be kept stops nobody. */
export function saveHistory(path: string, lines: readonly string[]): string | undefined {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, lines.map((text) => `${text}\n`).join(''), { mode: 0o600 });
    return undefined;
  } catch (error) {
    return `the history is not kept: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Makes a folder and those above it. (Node.js's own recursive mkdir does not end where /proc refuses a folder.) */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
