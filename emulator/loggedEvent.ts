import { Column, type EventStore } from './eventStore.js';
import { commonFields, type EventRegistry, type FieldType } from './events.js';
import type { StringTable } from './strings.js';

/** An event as people and JSON see it. Absent fields are left out of `fields`; flags are 'TRUE' or 'FALSE'. */
export interface LoggedEvent {
  /** From 1. */
  readonly number: number;
  readonly timeUs: number;
  /** Number of the event that it came from, 0 for none. */
  readonly cause: number;
  /** The name of its kind, as 'frame_sent'. */
  readonly event: string;
  /** Common fields first, then its own, in order of declaration. */
  readonly fields: ReadonlyMap<string, string | number>;
}

/** Reads one kept event. */
export function readEvent(
  event: number,
  store: EventStore,
  registry: EventRegistry,
  strings: StringTable,
): LoggedEvent {
  const declaration = registry.declaration(store.value(event, Column.type));
  const fields = new Map<string, string | number>();
  commonFields.forEach((name, index) => {
    const id = store.value(event, Column.node + index);
    if (id >= 0) fields.set(name, strings.text(id));
  });
  declaration.fields.forEach((field, slot) => {
    const value = store.value(event, Column.a + slot);
    if (value >= 0) fields.set(field.name, shown(value, field.type, store, strings));
  });
  return {
    number: event,
    timeUs: store.value(event, Column.time),
    cause: store.value(event, Column.cause),
    event: declaration.name,
    fields,
  };
}

function shown(value: number, type: FieldType, store: EventStore, strings: StringTable): string | number {
  if (type === 'name') return strings.text(value);
  if (type === 'text') return new TextDecoder().decode(store.texts.read(value));
  if (type === 'flag') return value === 0 ? 'FALSE' : 'TRUE';
  return value;
}
