import { TextArena } from './textArena.js';

/** Where each part of an event stands in its row. */
export const Column = {
  type: 0,
  time: 1,
  cause: 2,
  node: 3,
  app: 4,
  session: 5,
  peer: 6,
  a: 7,
  b: 8,
  c: 9,
  d: 10,
  e: 11,
  f: 12,
} as const;

export const ROW = 13;
const CHUNK_EVENTS = 2048;

/**
 * Events as rows of numbers in chunks. Events are numbered from 1. Old chunks can be dropped from the front; the last
 * full chunk always stays, so that the latest events can be read in every log mode.
 */
export class EventStore {
  readonly #chunks: Float64Array[] = [];
  /** Per chunk: where the texts of its events begin. */
  readonly #textFrom: number[] = [];
  readonly texts: TextArena;
  #firstChunk = 0;
  /** Number of the chunk that takes the next event; -1 before the first. */
  #index = -1;
  #spare: Float64Array | undefined;
  /** The chunk that takes the next event, and where in it. */
  current: Float64Array = new Float64Array(0);
  at = 0;

  constructor(keptTextBytes: number) {
    this.texts = new TextArena(keptTextBytes);
  }

  /** Number of the oldest event that can still be read. */
  get firstKept(): number {
    return this.#firstChunk * CHUNK_EVENTS + 1;
  }

  /** Makes room for one more event; `keepFrom` is the oldest event that somebody still needs. */
  makeRoom(keepFrom: number): void {
    while (this.#chunks.length > 1 && (this.#firstChunk + 1) * CHUNK_EVENTS < keepFrom) {
      this.#spare = this.#chunks.shift();
      this.#textFrom.shift();
      this.#firstChunk += 1;
      this.texts.dropBefore(this.#textFrom[0]!);
    }
    this.#index += 1;
    this.at = 0;
    const known = this.#chunks[this.#index - this.#firstChunk];
    if (known !== undefined) {
      // After going back: the same events come again, or others in their place.
      this.current = known;
      this.#textFrom[this.#index - this.#firstChunk] = this.texts.position;
      return;
    }
    this.current = this.#spare ?? new Float64Array(CHUNK_EVENTS * ROW);
    this.#spare = undefined;
    this.#chunks.push(this.current);
    this.#textFrom.push(this.texts.position);
  }

  /** Rows of later events stay, and are written over by what comes in their place. */
  keep(): () => void {
    const texts = this.texts.keep();
    const at = this.at;
    const index = this.#index;
    return () => {
      texts();
      this.at = at;
      this.#index = index;
      this.current = this.#chunks[index - this.#firstChunk] ?? new Float64Array(0);
    };
  }

  /** One part of a kept event; `column` is one of {@link Column}. */
  value(event: number, column: number): number {
    const index = event - 1;
    const chunk = Math.floor(index / CHUNK_EVENTS);
    const rows = this.#chunks[chunk - this.#firstChunk];
    if (rows === undefined) throw new Error(`event ${event} is not kept`);
    return rows[(index - chunk * CHUNK_EVENTS) * ROW + column]!;
  }
}
