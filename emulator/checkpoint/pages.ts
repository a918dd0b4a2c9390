/** Bytes that are copied, compared and shared as one. */
const PAGE_BYTES = 4096;

/** A page's bytes; undefined stands for zeros, which most memory is. */
type Page = Uint8Array | undefined;

/** A copy of a typed array, in pages: those that did not change are the pages of an earlier copy. */
export interface Pages {
  readonly length: number;
  readonly pages: readonly Page[];
  /** Of the pages that this copy did not share when it was made. */
  readonly newBytes: number;
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Copies what is in `array`; `before` is an earlier copy of the same array. */
export function copyPages(array: ArrayBufferView, before: Pages | undefined): Pages {
  const bytes = bytesOf(array);
  const pages: Page[] = [];
  let newBytes = 0;
  let isChanged = before?.length !== bytes.length;
  for (let start = 0; start < bytes.length; start += PAGE_BYTES) {
    const page = bytes.subarray(start, start + PAGE_BYTES);
    const at = pages.length;
    const known = before?.pages[at];
    const isKnown = before !== undefined && at < before.pages.length;
    if (isKnown && isSamePage(page, known)) {
      pages.push(known);
      continue;
    }
    isChanged = true;
    if (isSamePage(page, undefined)) {
      pages.push(undefined);
    } else {
      pages.push(page.slice());
      newBytes += page.length;
    }
  }
  return isChanged || before === undefined ? { length: bytes.length, pages, newBytes } : before;
}

/** Puts a copy back into the array that it was made of. */
export function restorePages(array: ArrayBufferView, copy: Pages): void {
  const bytes = bytesOf(array);
  let start = 0;
  for (const page of copy.pages) {
    if (page === undefined) bytes.fill(0, start, start + PAGE_BYTES);
    else bytes.set(page, start);
    start += PAGE_BYTES;
  }
}

function isSamePage(page: Uint8Array, known: Page): boolean {
  if (known !== undefined && page.length !== known.length) return false;
  // Four bytes at a time where the place in memory allows it.
  if (page.byteOffset % 4 === 0 && page.length % 4 === 0) {
    const words = new Int32Array(page.buffer, page.byteOffset, page.length / 4);
    if (known === undefined) return isZero(words);
    const others = new Int32Array(known.buffer, known.byteOffset, known.length / 4);
    for (let at = 0; at < words.length; at += 1) if (words[at] !== others[at]) return false;
    return true;
  }
  if (known === undefined) return isZero(page);
  for (let at = 0; at < page.length; at += 1) if (page[at] !== known[at]) return false;
  return true;
}

function isZero(words: Int32Array | Uint8Array): boolean {
  for (let at = 0; at < words.length; at += 1) if (words[at] !== 0) return false;
  return true;
}
