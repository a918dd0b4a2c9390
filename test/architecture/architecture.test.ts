import { describe, expect, it } from 'vitest';
import { repositoryFiles } from './files.js';
import { determinismPlants } from './plants/determinism.js';
import { importPlants } from './plants/imports.js';
import type { Case, Plant } from './plants/plant.js';
import { stylePlants } from './plants/style.js';
import { message, type Rule } from './rule.js';
import { rules } from './rules.js';
import { readSource } from './source.js';

const plants: readonly Plant[] = [...importPlants, ...determinismPlants, ...stylePlants];

const findingsIn = (rule: Rule, planted: Case) =>
  rule.check(Object.entries(planted).map(([path, text]) => readSource(path, text)));

/** A planted case's name in the report: its first file, shortened. */
function named(planted: Case): string {
  const [path = '', text = ''] = Object.entries(planted)[0] ?? [];
  return `${path}: ${text.length > 90 ? `${text.slice(0, 40).replaceAll('\n', ' ')}…` : text.replaceAll('\n', ' ')}`;
}

describe('the repository keeps its architecture', () => {
  const files = repositoryFiles();

  it('is read as a whole', () => {
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['index.ts', '.ci/run', 'rmc-core/index.ts']),
    );
  });

  it.each(rules)('$name', (rule) => {
    expect(rule.check(files).map((finding) => message(rule, finding))).toEqual([]);
  });
});

describe('each rule has a planted breach and a planted text that keeps it', () => {
  it('and each planted text has its rule', () => {
    expect(plants.map(({ rule }) => rule).sort()).toEqual(rules.map(({ name }) => name).sort());
    expect(plants.filter(({ breaks, keeps }) => breaks.length === 0 || keeps.length === 0)).toEqual([]);
  });
});

describe.each(plants)('planted for $rule', ({ rule: name, breaks, keeps }) => {
  const rule = rules.find((each) => each.name === name) as Rule;

  it.each(breaks.map((planted) => [named(planted), planted] as const))('finds %s', (_name, planted) => {
    const findings = findingsIn(rule, planted);
    expect(findings.map(({ path }) => path)).toContain(Object.keys(planted)[0]);
  });

  it.each(keeps.map((planted) => [named(planted), planted] as const))('passes %s', (_name, planted) => {
    expect(findingsIn(rule, planted)).toEqual([]);
  });
});

describe('a finding', () => {
  it('says where, which rule, what and what to do instead', () => {
    const rule = rules.find(({ name }) => name === 'exact-math') as Rule;
    const [finding] = findingsIn(rule, { 'emulator/a.ts': 'const a = 1;\n\nconst { random } = Math;\n' });
    expect(finding && message(rule, finding)).toMatch(
      /^emulator\/a\.ts:3: \[exact-math\] Math is .*taken apart\. Instead: use integers/,
    );
  });
});
