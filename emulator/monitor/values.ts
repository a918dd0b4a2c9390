import { nearestProbability, nearestScaled } from './nearestValue.js';
import type { Fault } from './problem.js';

/** A value read from a word, or why it is none. */
export type Read<T> = { readonly value: T } | Fault;

export const DURATION_FORM = 'a duration, as 250us, 10ms, 2s or 1m';
export const SIZE_FORM = 'a size in bytes, as 64, 64KiB or 1MiB';
export const PROBABILITY_FORM = 'a probability, as 1% or 0.5%, from 0% to 100%';
export const BANDWIDTH_FORM = 'bits a second, as 64kbit, 100Mbit or 1Gbit, or 0 for no bound';

const unitUs: ReadonlyMap<string, number> = new Map([
  ['us', 1],
  ['ms', 1_000],
  ['s', 1_000_000],
  ['m', 60_000_000],
]);
const unitBytes: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['B', 1],
  ['KiB', 1_024],
  ['MiB', 1_048_576],
  ['GiB', 1_073_741_824],
]);
const unitBits: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['bit', 1],
  ['kbit', 1_000],
  ['Mbit', 1_000_000],
  ['Gbit', 1_000_000_000],
]);

const bad = (text: string, what: string, expected: string, nearest?: string): Fault => ({
  problem: `"${text}" is no ${what}`,
  expected,
  ...(nearest === undefined ? {} : { nearest }),
});

/** Digits with a decimal fraction times a whole unit, exactly; undefined where the result is no safe integer. */
function scaled(whole: string, fraction: string, unit: number): number | undefined {
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > 12 || whole.length > 16) return undefined;
  let scale = 1;
  for (let count = 0; count < digits.length; count += 1) scale *= 10;
  const part = Number(digits === '' ? '0' : digits) * unit;
  if (!Number.isSafeInteger(part) || part % scale !== 0) return undefined;
  const value = Number(whole) * unit + part / scale;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** How a value with a unit is written. */
interface Scale {
  readonly what: string;
  readonly units: ReadonlyMap<string, number>;
  readonly expected: string;
  /** The unit that is proposed for a number without one. */
  readonly usual: string;
}

const PLAIN = /^(\d+)(?:\.(\d+))?([A-Za-z]*)$/;

/** The nearest right word, if it is one. */
function nearestOf(text: string, { units, usual }: Scale): string | undefined {
  const nearest = nearestScaled(text, units.keys(), usual);
  const parts = nearest === undefined ? null : PLAIN.exec(nearest);
  const unit = parts === null ? undefined : units.get(parts[3]!);
  if (parts === null || unit === undefined) return undefined;
  return scaled(parts[1]!, parts[2] ?? '', unit) === undefined ? undefined : nearest;
}

function readScaled(text: string, scale: Scale): Read<number> {
  const { what, units, expected } = scale;
  const parts = PLAIN.exec(text);
  const unit = parts === null ? undefined : units.get(parts[3]!);
  if (parts === null || unit === undefined) {
    const nearest = nearestOf(text, scale);
    if (!/^\d+(\.\d+)?$/.test(text)) return bad(text, what, expected, nearest);
    const problem = `"${text}" is a ${what} without its unit`;
    return nearest === undefined ? { problem, expected } : { problem, expected, nearest };
  }
  const value = scaled(parts[1]!, parts[2] ?? '', unit);
  if (value === undefined) return { problem: `"${text}" is too large or too fine for a ${what}`, expected };
  return { value };
}

/** Microseconds. */
export const readDuration = (text: string): Read<number> =>
  readScaled(text, { what: 'duration', units: unitUs, expected: DURATION_FORM, usual: 'ms' });

/** Bytes. */
export const readSize = (text: string): Read<number> =>
  readScaled(text, { what: 'size', units: unitBytes, expected: SIZE_FORM, usual: '' });

/** Bits a second. */
export const readBandwidth = (text: string): Read<number> =>
  readScaled(text, { what: 'bandwidth', units: unitBits, expected: BANDWIDTH_FORM, usual: '' });

/** A share of 1: `1%` is 0.01. */
export function readProbability(text: string): Read<number> {
  const parts = /^(\d{1,3}(?:\.\d{1,9})?)%$/.exec(text);
  const percent = parts === null ? Number.NaN : Number(parts[1]);
  if (percent <= 100) return { value: percent / 100 };
  return bad(text, 'probability', PROBABILITY_FORM, nearestProbability(text));
}

/** A whole number, decimal or as 0x1f, from `least` to `most`. */
export function readInteger(text: string, least: number, most: number): Read<number> {
  const expected =
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number from ${least}`
      : `a whole number from ${least} to ${most}`;
  if (!/^(\d{1,16}|0x[0-9a-fA-F]{1,13})$/.test(text)) return bad(text, 'whole number', expected);
  const value = Number(text);
  if (value < least || value > most) return { problem: `${text} is out of bounds`, expected };
  return { value };
}

/** Bytes from hex digits; spaces are not allowed, `0x` in front is. */
export function readHexBytes(text: string): Read<Uint8Array> {
  const digits = text.startsWith('0x') ? text.slice(2) : text;
  if (digits === '' || digits.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(digits)) {
    return bad(text, 'row of hex bytes', 'an even number of hex digits, as 00ff12');
  }
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return { value: bytes };
}

/** Microseconds as a word of the language, in the largest unit that keeps them whole: `1s`, `330ms`, `5us`. */
export function durationText(us: number): string {
  if (us > 0 && us % 1_000_000 === 0) return `${us / 1_000_000}s`;
  if (us > 0 && us % 1_000 === 0) return `${us / 1_000}ms`;
  return `${us}us`;
}
