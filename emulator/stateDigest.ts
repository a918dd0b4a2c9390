import { Digest } from './digest.js';
import { sortedEntries } from './plain.js';

const DEEPEST = 64;

// What a value is, before the value itself, so that 1 and '1', or [] and an empty map, differ.
const Tag = {
  nothing: 1,
  no: 2,
  yes: 3,
  number: 4,
  text: 5,
  list: 6,
  bytes: 7,
  map: 8,
  set: 9,
  record: 10,
} as const;

/**
 * Takes plain state into a digest: numbers, strings, booleans, null, undefined, arrays, typed arrays, maps and sets
 * (in their order), and plain objects (by property name). Anything else is no plain state, and a mistake of ours.
 */
export function digestState(digest: Digest, value: unknown, depth = 0): void {
  if (depth > DEEPEST) throw new Error('state is nested too deeply, or goes in a circle');
  if (typeof value === 'number') addNumber(digest, value);
  else if (typeof value === 'string') {
    digest.number(Tag.text);
    digest.text(value);
  } else if (typeof value === 'boolean') digest.number(value ? Tag.yes : Tag.no);
  else if (value === null || value === undefined) digest.number(Tag.nothing);
  else if (typeof value === 'object') addObject(digest, value, depth + 1);
  else throw new Error(`state holds a ${typeof value}`);
}

function addNumber(digest: Digest, value: number): void {
  digest.number(Tag.number);
  if (Number.isSafeInteger(value)) {
    digest.number(value);
  } else {
    digest.text(String(value));
  }
}

function addObject(digest: Digest, value: object, depth: number): void {
  if (ArrayBuffer.isView(value)) {
    digest.number(Tag.bytes);
    digest.bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), 0, value.byteLength);
  } else if (Array.isArray(value)) {
    digest.number(Tag.list);
    digest.number(value.length);
    for (const item of value) digestState(digest, item, depth);
  } else if (value instanceof Map) {
    digest.number(Tag.map);
    digest.number(value.size);
    for (const [key, item] of value) {
      digestState(digest, key, depth);
      digestState(digest, item, depth);
    }
  } else if (value instanceof Set) {
    digest.number(Tag.set);
    digest.number(value.size);
    for (const item of value) digestState(digest, item, depth);
  } else {
    addRecord(digest, value, depth);
  }
}

function addRecord(digest: Digest, value: object, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new Error(`state holds a ${value.constructor.name}, which is no plain object`);
  }
  const entries = sortedEntries(value);
  digest.number(Tag.record);
  digest.number(entries.length);
  for (const [name, item] of entries) {
    digest.text(name);
    digestState(digest, item, depth);
  }
}

/** The fingerprint of named parts of a state: 16 hex digits. */
export function stateDigestOf(parts: Iterable<readonly [name: string, state: unknown]>): string {
  const digest = new Digest();
  for (const [name, state] of parts) {
    digest.text(name);
    digestState(digest, state);
  }
  return digest.hex();
}
