import { Column } from './eventStore.js';
import { commonFields, type EventRegistry, type FieldType } from './events.js';
import type { EventLog } from './log.js';
import type { StringTable } from './strings.js';

interface Condition {
  readonly field: string;
  readonly text: string;
  /** The string id once the name is known, -1 before. */
  nameId: number;
  /** As a number, NaN when it is none. */
  readonly number: number;
}

/**
 * Finds events of a kind (or of any kind) whose fields have given values. Values are texts, as a drill writes them:
 * names, numbers, TRUE or FALSE, texts. A field that the event does not have never matches. Looking interns nothing,
 * so that a look leaves the world as it was.
 */
export class EventFilter {
  readonly #log: EventLog;
  readonly #registry: EventRegistry;
  readonly #strings: StringTable;
  readonly #type: number;
  readonly #conditions: Condition[];
  #knownNames = 0;

  constructor(
    log: EventLog,
    registry: EventRegistry,
    strings: StringTable,
    type: number,
    conditions: readonly (readonly [field: string, value: string])[],
  ) {
    this.#log = log;
    this.#registry = registry;
    this.#strings = strings;
    this.#type = type;
    this.#conditions = conditions.map(([field, text]) => ({
      field,
      text,
      nameId: -1,
      number: text.trim() === '' ? Number.NaN : Number(text),
    }));
  }

  /** Whether a kept event matches. */
  matches(event: number): boolean {
    const type = this.#log.value(event, Column.type);
    if (this.#type >= 0 && type !== this.#type) return false;
    if (this.#knownNames !== this.#strings.count) this.#resolveNames();
    for (const condition of this.#conditions) {
      if (!this.#holds(event, type, condition)) return false;
    }
    return true;
  }

  /** The first match from `from` to the last event, 0 for none. */
  next(from: number): number {
    for (let event = Math.max(from, this.#log.firstKept); event <= this.#log.count; event += 1) {
      if (this.matches(event)) return event;
    }
    return 0;
  }

  /** The last match before `before`, or the last of all; 0 for none that is still in the log. */
  previous(before = this.#log.count + 1): number {
    for (let event = before - 1; event >= this.#log.firstKept; event -= 1) {
      if (this.matches(event)) return event;
    }
    return 0;
  }

  #resolveNames(): void {
    this.#knownNames = this.#strings.count;
    for (const condition of this.#conditions) {
      if (condition.nameId < 0) condition.nameId = this.#strings.find(condition.text);
    }
  }

  #holds(event: number, type: number, condition: Condition): boolean {
    const common = (commonFields as readonly string[]).indexOf(condition.field);
    if (common >= 0) {
      const id = this.#log.value(event, Column.node + common);
      return id >= 0 && id === condition.nameId;
    }
    const fields = this.#registry.declaration(type).fields;
    const slot = fields.findIndex((field) => field.name === condition.field);
    if (slot < 0) return false;
    const value = this.#log.value(event, Column.a + slot);
    return value >= 0 && this.#equals(value, fields[slot]!.type, condition);
  }

  #equals(value: number, type: FieldType, condition: Condition): boolean {
    if (type === 'name') return value === condition.nameId;
    if (type === 'text') return new TextDecoder().decode(this.#log.readText(value)) === condition.text;
    if (type === 'flag') return (value === 0 ? 'FALSE' : 'TRUE') === condition.text;
    return value === condition.number;
  }

  get held(): readonly unknown[] {
    return [this.#conditions];
  }

  keep(): () => void {
    const knownNames = this.#knownNames;
    return () => {
      this.#knownNames = knownNames;
    };
  }
}
