import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rulesIn } from '../../cli/documents/drillTable.js';
import { coverageOf, coverageProblems, rulesHeld } from '../../cli/documents/ruleCoverage.js';
import { rulesPage } from '../../cli/documents/rulesPage.js';
import { language } from '../../index.js';
import { rules } from '../../nodes/index.js';
import { testTitles, titlesIn } from '../../scripts/testTitles.js';
import { drills as drillPaths, repository } from '../support/drillBook.js';

const tests = testTitles(repository);
const drills = drillPaths.map((path) => ({
  file: path.replace(/^drills\//, ''),
  text: readFileSync(join(repository, path), 'utf8'),
}));
const named = (title: string, within: readonly string[] = []) => ({ file: 'test/a.test.ts', title, within });

describe('the rules', () => {
  it('are S1 to S21 and D1 to D30, each in a sentence or more', () => {
    const numbers = (letter: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
    expect(rules.map(({ number }) => number)).toEqual([...numbers('S', 21), ...numbers('D', 30)]);
    expect(rules.filter(({ text }) => !/^\S.{20,}\.$/.test(text))).toEqual([]);
  });

  it('have a test each, and S1 to S21 and D1 to D22 a drill, and nothing names one that there is not', () => {
    expect(coverageProblems(rules, tests, drills)).toEqual([]);
  });

  it('are all that commands and events name', () => {
    const { commands, events } = language();
    const numbers = [...commands, ...events.values()].flatMap((one) => one.rules ?? []);
    const known = new Set(rules.map(({ number }) => number));
    expect(numbers.filter((number) => !known.has(number))).toEqual([]);
  });

  it('are explained by help, D rules as assumptions', () => {
    expect(language().help('S20').join(' ')).toMatch(/^S20: what the source text .* told at once/);
    expect(language().help('d15').join(' ')).toMatch(/^D15: an assumption of this emulator.* heartbeats/);
    const scope = language().newScope();
    const { candidates } = language().complete('help D2', 7, scope);
    expect(candidates.map(({ text }) => text)).toContain('D29');
  });
});

describe('planted: the check finds', () => {
  it('a rule without a test', () => {
    const less = tests.filter((each) => !rulesHeld(each).includes('S10'));
    expect(coverageProblems(rules, less, drills)).toEqual([
      'S10 has no test: let the title of one start with S10',
    ]);
  });

  it('a rule without a drill, up to D22', () => {
    const without = (number: string) => drills.filter(({ text }) => !rulesIn(text).includes(number));
    expect(coverageProblems(rules, tests, without('D4'))).toEqual([
      'D4 has no drill: name it in the line "# Rules:" of one that shows it',
    ]);
    expect(coverageProblems(rules, tests, without('D26'))).toEqual([]);
  });

  it('a title and a drill that name a rule that there is not', () => {
    const wrong = [...tests, named('S22 is no rule')];
    expect(coverageProblems(rules, wrong, [...drills, { file: 'a.drill', text: '# Rules: D31' }])).toEqual([
      'test/a.test.ts: "S22 is no rule" names S22, and there is no such rule',
      'drills/a.drill names D31, and there is no such rule',
    ]);
  });
});

describe('the rules that a test holds', () => {
  it('are those that its title starts with, else those of the nearest describe', () => {
    expect(rulesHeld(named('S7 D8, D9 places (S5)'))).toEqual(['S7', 'D8', 'D9']);
    expect(rulesHeld(named('places', ['S1 all', 'D8 reuse', 'in a pool']))).toEqual(['D8']);
    expect(rulesHeld(named('has S7'))).toEqual([]);
  });

  it('are not taken from tests about the drills or these pages', () => {
    const own = [{ ...named('S1 is shown'), file: 'test/drills.test.ts' }];
    expect(coverageOf(rules, own, [])[0]?.tests).toEqual([]);
  });
});

describe('titles of tests', () => {
  const titles = (text: string) => titlesIn('a.test.ts', text).map(({ title }) => title);

  it('are read from it and test, and from what they can be called with', () => {
    expect(
      titles("it('a', f); test.only(`b`, f); it.skipIf(x)('c', f); bed.it('d'); it.send('e', 'f');"),
    ).toEqual(['a', 'b', 'c']);
  });

  it('are filled in from a table that is written out', () => {
    expect(titles("it.each(['S7', 'S8'] as const)('%s holds', f);")).toEqual(['S7 holds', 'S8 holds']);
    expect(titles("const T = [{ rule: 'D1', n: 2 }]; it.each(T)('$rule of $n', f);")).toEqual(['D1 of 2']);
    expect(titles("it.each([['D1', 2]])('%s of %i', f);")).toEqual(['D1 of 2']);
    expect(titles("it.each(made())('D3 $rule', f);")).toEqual(['D3 $rule']);
  });

  it('know the describes around them', () => {
    const [found] = titlesIn(
      'a.test.ts',
      "describe('D8 x', () => { describe.each(k)('y', () => it('z', f)); });",
    );
    expect(found).toEqual({ file: 'a.test.ts', title: 'z', within: ['D8 x', 'y'] });
  });
});

describe('the page on the rules', () => {
  it('has each rule with its text, its tests and its drills', () => {
    const page = rulesPage(coverageOf(rules, tests, drills));
    for (const { number, text } of rules) {
      expect(page).toContain(`\n### ${number}\n\n${text}\n`);
    }
    expect(page).toContain('[failover](../drills/failover.drill)');
    expect(page).toMatch(
      /- \[test\/rmc-core\/open\.test\.ts\]\(\.\.\/test\/rmc-core\/open\.test\.ts\)\n {2}- D2 is in progress/,
    );
  });
});
