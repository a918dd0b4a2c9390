// The one place that lists the keys of plain objects.

/**
 * The properties of an object that was written out in a declaration, in the order written. A key that looks like an
 * integer would change places, so it is refused.
 */
export function declaredEntries<T>(declared: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  const entries = Object.entries(declared);
  const number = entries.find(([name]) => /^\d+$/.test(name));
  if (number !== undefined) throw new Error(`a declared name must not be a number: ${number[0]}`);
  return entries;
}

/** The properties of a plain object by name, in order of their names. */
export function sortedEntries(record: object): readonly (readonly [string, unknown])[] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}
