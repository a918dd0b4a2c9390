import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExpectStatic } from 'vitest';
import { repository } from '../../support/drillBook.js';
import { keyBytes } from './keyText.js';
import { screenLooks } from './screenLooks.js';
import { type RealScreen, startScreen } from './terminal.js';

/** One kept screen: the file's name, the keys that lead to it from the screen before, and what is to be seen on it. */
export interface Shot {
  readonly name: string;
  readonly keys: string;
  readonly shows: string;
  /** Also keeps how each cell looks, in a second file, where a colour or reverse video says something. */
  readonly withLooks?: boolean;
}

/** One run of the command, at each of its sizes: its screens come one after the other. */
export interface Play {
  readonly command: string;
  readonly shots: readonly Shot[];
  readonly sizes: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Other values of TERM with which the text is the same. */
  readonly terms?: readonly string[];
}

const SIZES: readonly string[] = ['80x24', '200x50'];

export function play(
  command: string,
  shots: readonly Shot[],
  options: Partial<Pick<Play, 'sizes' | 'environment' | 'terms'>> = {},
): Play {
  return { command, shots, sizes: SIZES, ...options };
}

export const shot = (name: string, keys: string, shows: string): Shot => ({ name, keys, shows });

/** As {@link shot}, with a second file for the looks of its cells. */
export const shotWithLooks = (name: string, keys: string, shows: string): Shot => ({
  ...shot(name, keys, shows),
  withLooks: true,
});

const FOLDER = join(repository, 'test', 'tui', 'screens');

/** `npm run screens` sets RMC_EMU_SCREENS: then screens are written, else they must be as they are kept. */
export const isWriting = (process.env['RMC_EMU_SCREENS'] ?? '') !== '';

/** The size whose looks are kept. */
const LOOKS_SIZE = '80x24';

function headOf({ command, shots, environment = {} }: Play, size: string, at: number): string {
  const { keys = '', shows = '' } = shots[at] ?? {};
  const before = shots[at - 1]?.name;
  const set = Object.entries(environment).map(([name, value]) => `${name}=${value} `);
  const after = before === undefined ? '' : `, after ${before}`;
  const typed = keys === '' ? '' : `, keys: ${keys}`;
  return `# ${set.join('')}rmc-emu ${command}, ${size}${after}${typed}\n# ${shows}\n`;
}

function compare(expect: ExpectStatic, folder: string, file: string, text: string): void {
  const path = join(FOLDER, folder, file);
  if (isWriting) {
    mkdirSync(join(FOLDER, folder), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  const kept = existsSync(path) ? readFileSync(path, 'utf8') : '';
  expect.soft(text, `test/tui/screens/${folder}/${file} is old: npm run screens`).toBe(kept);
}

/** A screen as its file keeps it; where the cursor is shown it says at which column and row, counted from 0. */
function kept(screen: RealScreen, text: string): string {
  const { x, y } = screen.cursor;
  const cursor = screen.cursorShown ? `# The cursor is at ${x},${y}.\n` : '';
  return `${cursor}${text}\n`;
}

/** Starts the command of a play and waits for its first screen. */
export async function startPlay(
  { command, environment = {} }: Pick<Play, 'command' | 'environment'>,
  size: string,
): Promise<RealScreen> {
  const [columns = 80, rows = 24] = size.split('x').map(Number);
  const screen = startScreen(
    command.split(' ').filter((word) => word !== ''),
    { columns, rows, environment },
  );
  await screen.until(() => screen.cursorShown || screen.written.includes('\x1b8'), 'the first screen');
  return screen;
}

/** The screen after the keys; that it is the same when it is drawn anew is checked as well. */
export async function screenAfter(expect: ExpectStatic, screen: RealScreen, keys: string): Promise<string> {
  const text = await screen.answer(keyBytes(keys));
  expect.soft(text, `the screen after ${keys} is another one when it is drawn anew`).toBe(screen.text());
  return text;
}

/** Plays all screens of a play at one size, on the usual terminal or on another one that must agree. */
export async function playScreens(
  expect: ExpectStatic,
  one: Play,
  size: string,
  term?: string,
): Promise<void> {
  const environment = { ...one.environment, ...(term === undefined ? {} : { TERM: term }) };
  const screen = await startPlay({ command: one.command, environment }, size);
  try {
    for (const [at, { name, keys, withLooks }] of one.shots.entries()) {
      const text = await screenAfter(expect, screen, keys);
      const head = headOf(one, size, at);
      compare(expect, size, `${name}.txt`, head + kept(screen, text));
      if (withLooks !== true || size !== LOOKS_SIZE) continue;
      const rows = screen.lines().map((_, row) => screen.cells(row));
      compare(expect, size, `${name}.looks.txt`, head + screenLooks(rows));
    }
  } finally {
    screen.kill();
  }
}

/** The files that the plays have, from the folder of the screens. */
function filesOf(plays: readonly Play[]): string[] {
  return plays.flatMap(({ sizes, shots }) =>
    sizes.flatMap((size) =>
      shots.flatMap(({ name, withLooks }) => [
        join(size, `${name}.txt`),
        ...(withLooks === true && size === LOOKS_SIZE ? [join(size, `${name}.looks.txt`)] : []),
      ]),
    ),
  );
}

/** That each name is there once, and that no file is left of a screen that is gone. */
export function checkFiles(expect: ExpectStatic, plays: readonly Play[]): void {
  const wanted = filesOf(plays);
  expect(wanted.filter((file, at) => wanted.indexOf(file) !== at)).toEqual([]);
  const isKept = new Set(wanted);
  const left = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.txt') && !isKept.has(file),
  );
  if (isWriting) for (const file of left) rmSync(join(FOLDER, file));
  else expect(left, 'screens that no play has: npm run screens').toEqual([]);
}
