import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drills, includedBy, kindsOf, type Variant, variantsOf } from './support/drillBook.js';
import { SourceCopy } from './support/sourceCopy.js';

const SLOWEST_MS = 120_000;

/** The drills, with their values, that make no node of the kind. */
const without = (kind: string): readonly Variant[] =>
  drills.flatMap((file) => variantsOf(file)).filter((variant) => !kindsOf(variant).has(kind));

/** Takes one kind of node out of the copy: its folder, its registration, its tests and its drills. */
function takeOut(kind: string, copy: string): void {
  for (const folder of [`nodes/${kind}`, `test/${kind}`]) {
    rmSync(join(copy, folder), { recursive: true, force: true });
  }
  const kinds = join(copy, 'nodes', 'kinds.ts');
  const text = readFileSync(kinds, 'utf8')
    .replace(new RegExp(`^import .*'\\./${kind}/index\\.js';\n`, 'm'), '')
    .replace(new RegExp(`\\b${kind}, |, ${kind}\\b`), '');
  writeFileSync(kinds, text);
  const kept = new Set(without(kind).flatMap(({ file }) => [file, ...includedBy(file)]));
  for (const file of drills) if (!kept.has(file)) rmSync(join(copy, file));
}

/** One run of the command has one set of values. */
function byDefines(variants: readonly Variant[]): readonly (readonly Variant[])[] {
  const groups = new Map<string, Variant[]>();
  for (const variant of variants) {
    const key = JSON.stringify([...variant.defines]);
    groups.set(key, [...(groups.get(key) ?? []), variant]);
  }
  return [...groups.values()];
}

describe.each([
  ['eee', 'ssc'],
  ['ssc', 'eee'],
])('D19 without nodes/%s', (kind, other) => {
  let copy: SourceCopy;
  beforeAll(() => {
    copy = new SourceCopy(`without-${kind}`);
    takeOut(kind, copy.folder);
  });
  afterAll(() => copy.remove());

  it(
    'everything else compiles, tests included',
    () => expect(copy.compile('tsconfig.json')).toEqual({ status: 0, said: '' }),
    SLOWEST_MS,
  );

  it(
    `the drills of an ${other} alone pass`,
    () => {
      expect(copy.compile('tsconfig.build.json')).toEqual({ status: 0, said: '' });
      const groups = byDefines(without(kind));
      expect(groups.length).toBeGreaterThan(1);
      for (const variants of groups) {
        const defines = [...variants[0]!.defines].map(([name, value]) => `--define=${name}=${value}`);
        const files = variants.map(({ file }) => file);
        const { status, said } = copy.run('dist/cli/main.js', 'drill', ...files, ...defines);
        expect(status, said).toBe(0);
      }
    },
    SLOWEST_MS,
  );
});
