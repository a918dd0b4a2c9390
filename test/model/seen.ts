/** An event of the log as the model reads it: the names and fields that the product documents, and nothing else. */
export interface Seen {
  readonly number: number;
  readonly timeUs: number;
  /** Number of the event that it came from, 0 for none. */
  readonly cause: number;
  readonly event: string;
  readonly fields: ReadonlyMap<string, string | number>;
}

/** A field as text; '' when the event has none of that name. */
export const field = (event: Seen, name: string): string => String(event.fields.get(name) ?? '');

export const amount = (event: Seen, name: string): number => Number(event.fields.get(name) ?? 0);

/** An event on one line, as people read it. */
export function lineOf(event: Seen): string {
  const fields = [...event.fields].map(([name, value]) => {
    const shown = name === 'address' ? `0x${Number(value).toString(16)}` : String(value);
    return `${name}=${/[\s']/.test(shown) ? `'${shown}'` : shown}`;
  });
  return `${event.timeUs} us @${event.number} ${event.event} ${fields.join(' ')} (from @${event.cause})`;
}
