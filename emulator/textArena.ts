import { checkLimit } from './limits.js';

const CHUNK_BYTES = 65_536;
const LENGTH_STEP = 1_048_576;

/** Longest text of an event, in bytes. */
export const MAX_TEXT_BYTES = LENGTH_STEP - 1;

/**
 * The texts of events, one after another in chunks of bytes. A text is named by one number: its position times
 * 2^20, plus its length. Positions are never used again; chunks of texts that nobody needs any more are dropped.
 */
export class TextArena {
  readonly #chunks = new Map<number, Uint8Array>();
  readonly #limitBytes: number;
  #position = 0;
  #firstChunk = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Where the next text will stand. */
  get position(): number {
    return this.#position;
  }

  /** Copies a text; its name. */
  add(bytes: Uint8Array, offset: number, length: number): number {
    const name = this.#position * LENGTH_STEP + length;
    let done = 0;
    while (done < length) {
      const within = this.#position % CHUNK_BYTES;
      const part = Math.min(length - done, CHUNK_BYTES - within);
      this.#chunkAt(this.#position).set(bytes.subarray(offset + done, offset + done + part), within);
      this.#position += part;
      done += part;
    }
    checkLimit(this.#position - this.#firstChunk * CHUNK_BYTES, this.#limitBytes, 'bytes of event texts');
    return name;
  }

  /** A copy of a text's bytes. */
  read(name: number): Uint8Array {
    const length = name % LENGTH_STEP;
    const start = (name - length) / LENGTH_STEP;
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const within = (start + done) % CHUNK_BYTES;
      const part = Math.min(length - done, CHUNK_BYTES - within);
      const chunk = this.#chunks.get(Math.floor((start + done) / CHUNK_BYTES));
      if (chunk === undefined) throw new Error('a text that is not kept any more');
      bytes.set(chunk.subarray(within, within + part), done);
      done += part;
    }
    return bytes;
  }

  /** Drops the chunks that hold only texts before `position`. */
  dropBefore(position: number): void {
    const keep = Math.floor(position / CHUNK_BYTES);
    for (; this.#firstChunk < keep; this.#firstChunk += 1) this.#chunks.delete(this.#firstChunk);
  }

  #chunkAt(position: number): Uint8Array {
    const number = Math.floor(position / CHUNK_BYTES);
    const known = this.#chunks.get(number);
    if (known !== undefined) return known;
    const chunk = new Uint8Array(CHUNK_BYTES);
    this.#chunks.set(number, chunk);
    return chunk;
  }

  /** Texts that come later than now are written over; until then they stay for a way forward again. */
  keep(): () => void {
    const position = this.#position;
    return () => {
      this.#position = position;
    };
  }
}
