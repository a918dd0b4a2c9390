import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { nearestWord } from '../emulator/index.js';
import { jsonProblem } from './jsonPlace.js';
import { speeds } from './run/pace.js';
import { type ThemeName, themeNames } from './text/theme.js';

/** What a person has set for every run. */
export interface Settings {
  readonly theme?: ThemeName;
  /** Draw in ASCII, whatever the locale says. */
  readonly ascii?: boolean;
  readonly mouse?: boolean;
  /** The speed to begin with, as the screen writes it: `1/10`. */
  readonly speed?: string;
  /** Stop by itself when something dies or somebody learns of it. */
  readonly stops?: boolean;
  /** Begin as for a projector: large, few panes, bold. */
  readonly projector?: boolean;
}

/** A key of the file, what it may be, and what it is for. */
export interface SettingKey {
  readonly name: keyof Settings;
  readonly values: readonly (string | boolean)[];
  readonly help: string;
}

/** How much of what stands in a wrong place is shown. */
const MOST_SHOWN = 20;

const YES_NO = [true, false] as const;

export const settingKeys: readonly SettingKey[] = [
  { name: 'theme', values: themeNames, help: 'colours to begin with (dark)' },
  { name: 'ascii', values: YES_NO, help: 'draw in ASCII, whatever the locale says (false)' },
  { name: 'mouse', values: YES_NO, help: 'take the mouse (true; --no-mouse for one run)' },
  { name: 'speed', values: speeds.map(({ name }) => name), help: 'virtual time against yours (1/10)' },
  {
    name: 'stops',
    values: YES_NO,
    help: 'stop by itself where the story turns (only the built-in scenario)',
  },
  { name: 'projector', values: YES_NO, help: 'few things, large and bold, to be read from afar (false)' },
];

/** Where settings are: `$XDG_CONFIG_HOME/rmc-emu/settings.json`, else under `~/.config`. */
export function settingsPath(environment: Readonly<Record<string, string | undefined>>): string {
  const config = environment['XDG_CONFIG_HOME'];
  const base = config?.startsWith('/') ? config : join(homedir(), '.config');
  return join(base, 'rmc-emu', 'settings.json');
}

/** The settings of a file; none where there is no file; what is wrong with it, in a line. */
export function loadSettings(path: string): { readonly settings: Settings } | { readonly problem: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? { settings: {} } : { problem: `${path} cannot be read: ${messageOf(error)}` };
  }
  return readSettings(text, path);
}

export function readSettings(
  text: string,
  path: string,
): { readonly settings: Settings } | { readonly problem: string } {
  const wrong = jsonProblem(text);
  if (wrong !== undefined) {
    const found = text.slice(wrong.offset).split('\n')[0]?.trim().slice(0, MOST_SHOWN) ?? '';
    const there = found === '' ? 'the end of the line' : `\`${found}\``;
    return {
      problem: `${path}${lineAndColumn(text, wrong.offset)}: expected ${wrong.expected}, not ${there}`,
    };
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: `${path}: it has to be an object, as {"theme": "light"}` };
  }
  for (const [name, given] of Object.entries(value)) {
    const problem = problemOf(name, given);
    if (problem !== undefined) return { problem: `${path}${placeOf(text, name)}: ${problem}` };
  }
  return { settings: value };
}

function problemOf(name: string, given: unknown): string | undefined {
  const key = settingKeys.find((one) => one.name === name);
  const names = settingKeys.map((one) => one.name);
  if (key === undefined) {
    const nearest = nearestWord(name, names);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    return `there is no setting "${name}" (there are ${names.join(', ')})${hint}`;
  }
  if (key.values.some((one) => one === given)) return undefined;
  const right = key.values.map((one) => JSON.stringify(one)).join(', ');
  const words = key.values.filter((one) => typeof one === 'string');
  const nearest = nearestWord(String(given), words);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return `"${name}" is one of ${right}, not ${JSON.stringify(given)}${hint}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where a key stands; a value may read the same. */
function placeOf(text: string, name: string): string {
  const quoted = JSON.stringify(name);
  for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1)) {
    if (/^\s*:/.test(text.slice(at + quoted.length))) return lineAndColumn(text, at);
  }
  return '';
}

function lineAndColumn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
