// The fields of plain objects one by one. Their order never matters here: each is looked at by itself.

export type Fields = Readonly<Record<string, unknown>>;

export const fieldCount = (fields: Fields): number => Object.keys(fields).length;

export function isSameFields(one: Fields, other: Fields): boolean {
  let more = 0;
  for (const key in other) {
    if (one[key] !== other[key] || !(key in one)) return false;
    more += 1;
  }
  for (const _key in one) more -= 1;
  return more === 0;
}

/** Makes the fields of `target` those of `fields`, no more and no fewer. */
export function restoreFields(target: Record<string, unknown>, fields: Fields): void {
  for (const key in target) if (!(key in fields)) delete target[key];
  for (const key in fields) {
    // A field may be there with nothing in it.
    if (target[key] !== fields[key] || !(key in target)) target[key] = fields[key];
  }
}

/** Calls `see` for each field that is an object. */
export function eachObject(fields: Fields, see: (value: object) => void): void {
  for (const key in fields) {
    const value = fields[key];
    if (typeof value === 'object' && value !== null) see(value);
  }
}
