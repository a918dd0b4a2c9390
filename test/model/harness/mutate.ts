import type { Seen } from '../seen.js';

/** A log with events moved, left out or repeated: numbered anew, its causes pointing where they pointed. */
function renumbered(events: readonly (Seen & { readonly was: number })[], gone?: Seen): Seen[] {
  const number = new Map<number, number>();
  events.forEach((event, index) => {
    if (!number.has(event.was)) number.set(event.was, index + 1);
  });
  const causeOf = (cause: number): number => {
    const at = gone !== undefined && cause === gone.number ? gone.cause : cause;
    return at === 0 ? 0 : (number.get(at) ?? 0);
  };
  return events.map(({ was: _was, ...event }, index) => ({
    ...event,
    number: index + 1,
    cause: causeOf(event.cause),
  }));
}

const marked = (events: readonly Seen[]) => events.map((event) => ({ ...event, was: event.number }));

export function drop(events: readonly Seen[], at: number): Seen[] {
  return renumbered(
    marked(events).filter((_event, index) => index !== at),
    events[at],
  );
}

export function double(events: readonly Seen[], at: number): Seen[] {
  const list = marked(events);
  const event = list[at];
  return event === undefined ? [] : renumbered([...list.slice(0, at + 1), event, ...list.slice(at + 1)]);
}

/** The next event: of a command the very next, else that of the same session, else of the same application, else of the same node. */
export function neighbour(events: readonly Seen[], at: number): number | undefined {
  const event = events[at];
  if (event?.event === 'command') return events[at + 1]?.event === 'command' ? undefined : at + 1;
  for (const name of ['session', 'app', 'node'] as const) {
    const value = event?.fields.get(name);
    if (value === undefined) continue;
    const other = events.findIndex(
      (each, index) => index > at && each.fields.get(name) === value && each.event !== event?.event,
    );
    if (other >= 0) return other;
  }
  return undefined;
}

/** Two events in each other's place, at each other's time. */
export function swap(events: readonly Seen[], at: number, other: number): Seen[] {
  const list = marked(events);
  const [a, b] = [list[at], list[other]];
  if (a === undefined || b === undefined) return [];
  list[at] = { ...b, timeUs: a.timeUs };
  list[other] = { ...a, timeUs: b.timeUs };
  return renumbered(list);
}

export function changed(events: readonly Seen[], at: number, name: string, value: string | number): Seen[] {
  return events.map((event, index) =>
    index === at ? { ...event, fields: new Map([...event.fields, [name, value]]) } : event,
  );
}
