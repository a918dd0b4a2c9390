import type { World } from '../world.js';

/** Something that a part of a world has to show, under a name that is the same in another world. */
export interface StateRow {
  readonly key: string;
  readonly text: string;
}

/** What a part of a world shows of its state: sessions, memory, the ledger. */
export interface StateSection {
  readonly title: string;
  readonly rows: readonly StateRow[];
}

/** What two worlds show differently under one title. */
export interface SectionDifference {
  readonly title: string;
  readonly rows: readonly { readonly key: string; readonly one: string; readonly other: string }[];
}

const NOT_THERE = '-';

const sectionsOf = (world: World): readonly StateSection[] =>
  world.extensions.flatMap((extension) => extension.sections?.(world) ?? []);

/** What differs between the states of two worlds with the same extensions, section by section. */
export function stateDifferences(one: World, other: World): readonly SectionDifference[] {
  const others = sectionsOf(other);
  return sectionsOf(one).flatMap(({ title, rows }) => {
    const theirs = others.find((section) => section.title === title)?.rows ?? [];
    const differing = rowDifferences(rows, theirs);
    return differing.length === 0 ? [] : [{ title, rows: differing }];
  });
}

function rowDifferences(rows: readonly StateRow[], others: readonly StateRow[]): SectionDifference['rows'] {
  const theirs = new Map(others.map(({ key, text }) => [key, text]));
  const ours = new Map(rows.map(({ key, text }) => [key, text]));
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
  return keys
    .map((key) => ({ key, one: ours.get(key) ?? NOT_THERE, other: theirs.get(key) ?? NOT_THERE }))
    .filter((row) => row.one !== row.other);
}

/** The differences as lines: each row with both texts below it. */
export function differenceLines(
  differences: readonly SectionDifference[],
  names: readonly [string, string],
): readonly string[] {
  const width = Math.max(...names.map((name) => name.length));
  return differences.flatMap(({ title, rows }) => [
    title,
    ...rows.flatMap(({ key, one, other }) => [
      `  ${key}`,
      `    ${names[0].padEnd(width)}  ${one}`,
      `    ${names[1].padEnd(width)}  ${other}`,
    ]),
  ]);
}
