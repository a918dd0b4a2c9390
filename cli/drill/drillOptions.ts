import type { GivenOptions } from '../commandLine.js';
import { laterReporters, type ReporterName, reporterNames } from '../commandTable.js';
import { UsageError } from '../exitStatus.js';

export const logModes = ['off', 'counted', 'kept'] as const;
export type LogMode = (typeof logModes)[number];

/** A reporter and where it writes: a file, else standard output. */
export interface ReporterChoice {
  readonly name: ReporterName;
  readonly file: string | undefined;
}

export interface DrillOptions {
  readonly seed: number;
  readonly seeds: number;
  readonly defines: ReadonlyMap<string, string>;
  readonly reporters: readonly ReporterChoice[];
  readonly log: LogMode;
  readonly out: string | undefined;
  readonly filter: string | undefined;
  readonly checkDeterminism: boolean;
  readonly check: boolean;
  readonly list: boolean;
  readonly bail: boolean;
  readonly quiet: boolean;
}

const MOST_SEED = 0xffff_ffff;

function wholeNumber(options: GivenOptions, name: string, least: number, most: number): number | undefined {
  const text = options.value(name);
  if (text === undefined) return undefined;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name} is a whole number from ${least} to ${most}, not ${text}`);
}

/** The seed of the run, 1 when none is given. */
export function seedOf(options: GivenOptions): number {
  return wholeNumber(options, 'seed', 0, MOST_SEED) ?? 1;
}

/** `--define name=value`, by name. */
export function definesOf(options: GivenOptions): ReadonlyMap<string, string> {
  const defines = new Map<string, string>();
  for (const text of options.all('define')) {
    const at = text.indexOf('=');
    const name = at < 0 ? text : text.slice(0, at);
    if (at < 0) throw new UsageError(`--define is written <name>=<value>, not ${text}`);
    if (!/^[A-Za-z_][\w-]*$/.test(name)) {
      throw new UsageError(
        `--define ${text}: "${name}" is no name (a letter, then letters, digits, _ and -)`,
      );
    }
    if (defines.has(name)) throw new UsageError(`--define ${name} stands here twice`);
    defines.set(name, text.slice(at + 1));
  }
  return defines;
}

function oneOf<T extends string>(name: string, text: string, right: readonly T[]): T {
  const found = right.find((each) => each === text);
  if (found !== undefined) return found;
  throw new UsageError(
    `--${name} is ${right.slice(0, -1).join(', ')} or ${right.at(-1)}, not ${text}`,
    'drill',
  );
}

function reporterChoice(text: string): ReporterChoice {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? undefined : text.slice(at + 1);
  if (laterReporters.includes(name)) {
    throw new UsageError(`the reporter ${name} comes later; this version has ${reporterNames.join(' and ')}`);
  }
  if (file === '') throw new UsageError(`--reporter ${text}: the name of the file is missing`);
  return { name: oneOf('reporter', name, reporterNames), file };
}

function reportersOf(options: GivenOptions): readonly ReporterChoice[] {
  const chosen = options.all('reporter').map(reporterChoice);
  const places = chosen.map(({ file }) => file ?? '-');
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) {
    const where = twice === '-' ? 'standard output' : twice;
    throw new UsageError(`two reporters write to ${where}; give one a file: --reporter json=out.json`);
  }
  return chosen.length === 0 ? [{ name: 'pretty', file: undefined }] : chosen;
}

/** Reads the options of `drill`; throws a UsageError for a value that is wrong. */
export function drillOptions(options: GivenOptions): DrillOptions {
  const seed = seedOf(options);
  return {
    seed,
    seeds: wholeNumber(options, 'seeds', 1, Math.min(1_000_000, MOST_SEED - seed + 1)) ?? 1,
    defines: definesOf(options),
    reporters: reportersOf(options),
    log: oneOf('log', options.value('log') ?? 'kept', logModes),
    out: options.value('out'),
    filter: options.value('filter'),
    checkDeterminism: options.flag('check-determinism') === true,
    check: options.flag('check') === true,
    list: options.flag('list') === true,
    bail: options.flag('bail') === true,
    quiet: options.flag('quiet') === true,
  };
}
