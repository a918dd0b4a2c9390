/** Bytes that are copied, compared and shared as one. */
const PAGE_BYTES = 4096;

/** A copy of a typed array, in pages: those that did not change are the pages of an earlier copy. */
export interface Pages {
  readonly length: number;
  readonly pages: readonly Uint8Array[];
  /** Of the pages that this copy did not share when it was made. */
  readonly newBytes: number;
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Copies what is in `array`; `before` is an earlier copy of the same array. */
export function copyPages(array: ArrayBufferView, before: Pages | undefined): Pages {
  const bytes = bytesOf(array);
  const pages: Uint8Array[] = [];
  let newBytes = 0;
  for (let start = 0; start < bytes.length; start += PAGE_BYTES) {
    const page = bytes.subarray(start, start + PAGE_BYTES);
    const known = before?.pages[pages.length];
    if (known !== undefined && isSamePage(page, known)) {
      pages.push(known);
    } else {
      pages.push(page.slice());
      newBytes += page.length;
    }
  }
  if (newBytes === 0 && before?.length === bytes.length) return before;
  return { length: bytes.length, pages, newBytes };
}

/** Puts a copy back into the array that it was made of. */
export function restorePages(array: ArrayBufferView, copy: Pages): void {
  const bytes = bytesOf(array);
  let start = 0;
  for (const page of copy.pages) {
    bytes.set(page, start);
    start += page.length;
  }
}

function isSamePage(page: Uint8Array, known: Uint8Array): boolean {
  if (page.length !== known.length) return false;
  // Four bytes at a time where the place in memory allows it.
  if (page.byteOffset % 4 === 0 && page.length % 4 === 0) {
    const words = new Int32Array(page.buffer, page.byteOffset, page.length / 4);
    const others = new Int32Array(known.buffer, known.byteOffset, known.length / 4);
    for (let at = 0; at < words.length; at += 1) if (words[at] !== others[at]) return false;
    return true;
  }
  for (let at = 0; at < page.length; at += 1) if (page[at] !== known[at]) return false;
  return true;
}
