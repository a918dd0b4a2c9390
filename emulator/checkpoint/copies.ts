import { type Fields, fieldCount, isSameFields, restoreFields } from './fields.js';
import { copyPages, type Pages, restorePages } from './pages.js';

/** What was in a container, and how many bytes of it no earlier copy has (an estimate for all but typed arrays). */
export type Copy = { refs: number; readonly newBytes: number } & (
  | { readonly kind: 'array' | 'map' | 'set'; readonly items: readonly unknown[] }
  | { readonly kind: 'fields'; readonly fields: Fields }
  | { readonly kind: 'pages'; readonly pages: Pages }
  | { readonly kind: 'keeper'; readonly restore: () => void }
);

/** A number that is no small integer has a place of its own in the heap. */
const SLOT_BYTES = 16;
const COPY_BYTES = 64;

const bytesFor = (slots: number): number => COPY_BYTES + slots * SLOT_BYTES;

/** Copies what is in a container; the earlier copy itself where nothing has changed. */
export function copyOf(target: object, before: Copy | undefined): Copy {
  if (ArrayBuffer.isView(target)) return copyOfView(target, before);
  if (Array.isArray(target)) {
    return before?.kind === 'array' && isSameItems(before.items, target)
      ? before
      : copyOfItems('array', target.slice());
  }
  if (target instanceof Map) {
    return before?.kind === 'map' && isSameMap(before.items, target)
      ? before
      : copyOfItems('map', flat(target));
  }
  if (target instanceof Set) {
    const items = [...target];
    return before?.kind === 'set' && isSameItems(before.items, items) ? before : copyOfItems('set', items);
  }
  return copyOfFields(target, before);
}

function copyOfView(target: ArrayBufferView, before: Copy | undefined): Copy {
  const known = before?.kind === 'pages' ? before : undefined;
  const pages = copyPages(target, known?.pages);
  if (known !== undefined && pages === known.pages) return known;
  return { kind: 'pages', pages, refs: 0, newBytes: pages.newBytes + bytesFor(pages.pages.length) };
}

function copyOfItems(kind: 'array' | 'map' | 'set', items: readonly unknown[]): Copy {
  return { kind, items, refs: 0, newBytes: bytesFor(items.length) };
}

function copyOfFields(target: object, before: Copy | undefined): Copy {
  if (before?.kind === 'fields' && isSameFields(before.fields, target as Fields)) return before;
  const fields = { ...target };
  return { kind: 'fields', fields, refs: 0, newBytes: bytesFor(fieldCount(fields)) };
}

function flat(map: ReadonlyMap<unknown, unknown>): unknown[] {
  const items: unknown[] = [];
  for (const [key, value] of map) items.push(key, value);
  return items;
}

function isSameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}

/** Whether a map has these keys and values, in this order. */
function isSameMap(items: readonly unknown[], map: ReadonlyMap<unknown, unknown>): boolean {
  if (items.length !== map.size * 2) return false;
  let at = 0;
  for (const [key, value] of map) {
    if (items[at] !== key || items[at + 1] !== value) return false;
    at += 2;
  }
  return true;
}

/** Values in a copy. */
export function slotsOf(copy: Copy): number {
  if (copy.kind === 'pages') return copy.pages.pages.length;
  if (copy.kind === 'fields') return COPY_BYTES / SLOT_BYTES;
  return copy.kind === 'keeper' ? 1 : copy.items.length;
}

/** Puts back into a container what was in it. */
export function restoreCopy(target: object, copy: Copy): void {
  switch (copy.kind) {
    case 'keeper':
      return copy.restore();
    case 'pages':
      return restorePages(target as ArrayBufferView, copy.pages);
    case 'array':
      return restoreArray(target as unknown[], copy.items);
    case 'map':
      return restoreMap(target as Map<unknown, unknown>, copy.items);
    case 'set':
      return restoreSet(target as Set<unknown>, copy.items);
    case 'fields':
      return restoreFields(target as Record<string, unknown>, copy.fields);
  }
}

function restoreArray(target: unknown[], items: readonly unknown[]): void {
  target.length = items.length;
  for (let at = 0; at < items.length; at += 1) target[at] = items[at];
}

/** In the order in which they were: who walks over a map may depend on it. */
function restoreMap(target: Map<unknown, unknown>, items: readonly unknown[]): void {
  // Most have not changed, and making a large one anew takes long.
  if (isSameMap(items, target)) return;
  target.clear();
  for (let at = 0; at < items.length; at += 2) target.set(items[at], items[at + 1]);
}

function restoreSet(target: Set<unknown>, items: readonly unknown[]): void {
  target.clear();
  for (const item of items) target.add(item);
}
