import type { Clock } from './clock.js';
import { Digest, foldHigh, foldLow, HIGH_START, hex64, LOW_START, mixHigh, mixLow } from './digest.js';
import { Column, EventStore, ROW } from './eventStore.js';
import { type EventRegistry, MAX_FIELDS, SlotKind } from './events.js';
import { LimitReached, type Limits } from './limits.js';
import { type LoggedEvent, readEvent } from './loggedEvent.js';
import type { StringTable } from './strings.js';
import { MAX_TEXT_BYTES } from './textArena.js';

/**
 * `kept`: every event can be read to the end of the run, which stops at its limit. `recent`: as `kept`, but at the limit
 * the oldest are let go, and the run goes on; for sessions that last. `counted`: events are counted by type; only those since
 * `retainFrom` (at most so many as the limits say, and always the latest few thousand) can be read. `off`: as `counted`, without the counts. The digest is the
 * same in all of them.
 */
export type LogMode = 'off' | 'counted' | 'recent' | 'kept';

/** How many events there were, and their fingerprint. */
export interface LogMark {
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** The event log: the run itself, as flat rows of numbers, and its fingerprint. */
export class EventLog {
  readonly mode: LogMode;
  readonly #clock: Clock;
  readonly #strings: StringTable;
  readonly #registry: EventRegistry;
  readonly #store: EventStore;
  readonly #counts: number[] = [];
  readonly #limits: Limits;
  readonly #text = new Digest();
  readonly #encoder = new TextEncoder();
  #low = LOW_START;
  #high = HIGH_START;
  #count = 0;
  #retain = Number.POSITIVE_INFINITY;
  #observed = Number.POSITIVE_INFINITY;
  #room = 0;
  /** The event that causes those that follow (0: none). Dispatchers set it, and put it back when they are done. */
  cause = 0;

  constructor(mode: LogMode, clock: Clock, strings: StringTable, registry: EventRegistry, limits: Limits) {
    this.mode = mode;
    this.#clock = clock;
    this.#strings = strings;
    this.#registry = registry;
    this.#limits = limits;
    this.#store = new EventStore(limits.keptTextBytes);
  }

  /**
   * Logs an event; its number, from 1. Absent values are -1; names are string ids. The time is now, the cause is
   * `cause`, which stays as it is.
   */
  emit(
    type: number,
    node: number,
    app: number,
    session: number,
    peer: number,
    a = -1,
    b = -1,
    c = -1,
    d = -1,
    e = -1,
    f = -1,
  ): number {
    if (this.#room === 0) this.#makeRoom();
    this.#room -= 1;
    const event = this.#count + 1;
    this.#count = event;
    if (this.mode !== 'off') this.#counts[type] = (this.#counts[type] ?? 0) + 1;
    const rows = this.#store.current;
    const at = this.#store.at;
    this.#store.at = at + ROW;
    rows[at] = type;
    rows[at + Column.time] = this.#clock.nowUs;
    rows[at + Column.cause] = this.cause;
    rows[at + Column.node] = node;
    rows[at + Column.app] = app;
    rows[at + Column.session] = session;
    rows[at + Column.peer] = peer;
    rows[at + Column.a] = a;
    rows[at + Column.b] = b;
    rows[at + Column.c] = c;
    rows[at + Column.d] = d;
    rows[at + Column.e] = e;
    rows[at + Column.f] = f;
    this.#fingerprint(type, rows, at);
    return event;
  }

  /** Where the log stands, for {@link takeBack}. */
  mark(): LogMark {
    return { count: this.#count, low: this.#low, high: this.#high };
  }

  /**
   * Takes the one event since the mark back, as if it had never been: that of a command which was refused before it
   * did anything. False when it is not just one. Observers must not have seen it.
   */
  takeBack(mark: LogMark): boolean {
    if (this.#count !== mark.count + 1) return false;
    const type = this.#store.value(this.#count, Column.type);
    if (this.mode !== 'off') this.#counts[type] = this.#counts[type]! - 1;
    this.#store.at -= ROW;
    this.#room += 1;
    this.#count = mark.count;
    this.#low = mark.low;
    this.#high = mark.high;
    return true;
  }

  /** The value of a text field: to be given to the very next {@link emit}. At most 1 MiB - 1 bytes count. */
  text(bytes: Uint8Array, offset: number, length: number): number {
    // The text belongs to the event that comes next: it has to lie in that event's chunk.
    if (this.#room === 0) this.#makeRoom();
    const size = Math.min(length, MAX_TEXT_BYTES);
    this.#text.low = LOW_START;
    this.#text.high = HIGH_START;
    this.#text.bytes(bytes, offset, size);
    return this.#store.texts.add(bytes, offset, size);
  }

  /** As {@link text}, for a string (taken as UTF-8). */
  textOf(text: string): number {
    const bytes = this.#encoder.encode(text);
    return this.text(bytes, 0, bytes.length);
  }

  /** Events so far; also the number of the last one. */
  get count(): number {
    return this.#count;
  }

  /** Events of a kind so far; 0 in mode `off`. */
  countOf(type: number): number {
    return this.#counts[type] ?? 0;
  }

  /** Number of the oldest event that can be read. */
  get firstKept(): number {
    return this.#count === 0 ? 1 : this.#store.firstKept;
  }

  /** Where events are not all kept: keep those from number `event` on (Infinity: none on purpose). */
  retainFrom(event: number): void {
    this.#retain = event;
  }

  /** Used by the subscriptions: the oldest event that an observer has still to see. */
  observeFrom(event: number): void {
    this.#observed = event;
  }

  /** The kind of a kept event, without the rest of it. */
  nameOf(event: number): string {
    return this.#registry.declaration(this.#store.value(event, Column.type)).name;
  }

  /** One part of a kept event, as stored; `column` is one of `Column`. */
  value(event: number, column: number): number {
    return this.#store.value(event, column);
  }

  /** A kept event for people and for JSON. */
  read(event: number): LoggedEvent {
    return readEvent(event, this.#store, this.#registry, this.#strings);
  }

  /** The bytes of a text field's value. */
  readText(value: number): Uint8Array {
    return this.#store.texts.read(value);
  }

  /** The run's fingerprint so far: 16 hex digits, the same in every mode. */
  digest(): string {
    return hex64(this.#high, this.#low);
  }

  /**
   * For checkpoints. Later events are not thrown away: going forward again, over the same events, needs them. Where
   * others come instead they are written over. One can go back as far as events are kept.
   */
  keep(): () => void {
    const mark = this.mark();
    const counts = [...this.#counts];
    const store = this.#store.keep();
    const retain = this.#retain;
    return () => {
      store();
      this.#count = mark.count;
      this.#low = mark.low;
      this.#high = mark.high;
      this.#counts.length = counts.length;
      counts.forEach((count, type) => {
        this.#counts[type] = count;
      });
      this.#retain = retain;
      this.#room = 0;
      this.cause = 0;
    };
  }

  #fingerprint(type: number, rows: Float64Array, at: number): void {
    const nameLow = this.#strings.hashLow;
    const nameHigh = this.#strings.hashHigh;
    const typeName = this.#registry.nameIds[type]!;
    let low = mixLow(this.#low, nameLow[typeName]!);
    let high = mixHigh(this.#high, nameHigh[typeName]!);
    for (let column: number = Column.time; column <= Column.cause; column += 1) {
      low = mixLow(low, foldLow(rows[at + column]!));
      high = mixHigh(high, foldHigh(rows[at + column]!));
    }
    for (let column: number = Column.node; column <= Column.peer; column += 1) {
      const name = rows[at + column]!;
      low = mixLow(low, name < 0 ? -1 : nameLow[name]!);
      high = mixHigh(high, name < 0 ? -1 : nameHigh[name]!);
    }
    const kinds = this.#registry.slotKinds;
    for (let slot = 0; slot < MAX_FIELDS; slot += 1) {
      const value = rows[at + Column.a + slot]!;
      const kind = value < 0 ? SlotKind.number : kinds[type * MAX_FIELDS + slot]!;
      if (kind === SlotKind.number) {
        low = mixLow(low, foldLow(value));
        high = mixHigh(high, foldHigh(value));
      } else {
        low = mixLow(low, kind === SlotKind.name ? nameLow[value]! : this.#text.low);
        high = mixHigh(high, kind === SlotKind.name ? nameHigh[value]! : this.#text.high);
      }
    }
    this.#low = low;
    this.#high = high;
  }

  #makeRoom(): void {
    const next = this.#count + 1;
    const kept = this.mode === 'kept';
    if (this.#store.at === this.#store.current.length) this.#store.makeRoom(this.#retained(next));
    const rowsLeft = (this.#store.current.length - this.#store.at) / ROW;
    const limit = this.#limits.keptEvents;
    this.#room = kept ? Math.min(rowsLeft, this.#store.firstKept + limit - next) : rowsLeft;
    if (this.#room <= 0) {
      throw new LimitReached(`limit reached: more than ${limit} kept events (--log counted keeps fewer)`);
    }
  }

  /** The oldest event that somebody still needs, and that may be held for them. */
  #retained(next: number): number {
    if (this.mode === 'kept') return 1;
    if (this.mode === 'recent') return next - this.#limits.recentEvents;
    return Math.max(Math.min(next, this.#retain, this.#observed), next - this.#limits.retainedEvents);
  }
}
