import type { Rule } from '../../nodes/index.js';
import { type DrillFacts, rulesIn } from './drillTable.js';

/** A test, as its source names it. */
export interface TestFacts {
  /** From the repository's folder. */
  readonly file: string;
  readonly title: string;
  /** The titles of the describes around it, outermost first. */
  readonly within: readonly string[];
}

export interface RuleCoverage {
  readonly rule: Rule;
  readonly tests: readonly TestFacts[];
  readonly drills: readonly string[];
}

/** Tests that look at the drills or at these pages: they name rules, and hold none. */
const aboutRules = /^test\/(drills\.test\.ts$|docs\/)/;

/** The last D rule that a drill has to show; what comes after it is seen in tests, or in every drill. */
const LAST_D_WITH_A_DRILL = 22;

const numbersIn = (text: string): readonly string[] => text.match(/\b[SD]\d{1,2}\b/g) ?? [];

/** The rules that a title starts with: `S7 D8 …`. */
const leading = (title: string): readonly string[] =>
  numbersIn(/^(?:[SD]\d+(?:[\s,:]+|$))+/.exec(title)?.[0] ?? '');

/** The rules that a test holds: its title starts with them, or else the title of a describe around it. */
export function rulesHeld({ title, within }: TestFacts): readonly string[] {
  const titles = [title, ...[...within].reverse()];
  return titles.map(leading).find((found) => found.length > 0) ?? [];
}

/** Which tests and drills each rule has. */
export function coverageOf(
  rules: readonly Rule[],
  tests: readonly TestFacts[],
  drills: readonly DrillFacts[],
): readonly RuleCoverage[] {
  const held = tests
    .filter(({ file }) => !aboutRules.test(file))
    .map((test) => [test, rulesHeld(test)] as const);
  const shown = drills.map((drill) => [drill.file, rulesIn(drill.text)] as const);
  return rules.map((rule) => ({
    rule,
    tests: held.filter(([, numbers]) => numbers.includes(rule.number)).map(([test]) => test),
    drills: shown.filter(([, numbers]) => numbers.includes(rule.number)).map(([file]) => file),
  }));
}

const needsADrill = (number: string): boolean =>
  number.startsWith('S') || Number(number.slice(1)) <= LAST_D_WITH_A_DRILL;

/** What is wrong: a rule without a test or a drill, and whatever names a rule that there is not. */
export function coverageProblems(
  rules: readonly Rule[],
  tests: readonly TestFacts[],
  drills: readonly DrillFacts[],
): readonly string[] {
  const known = new Set(rules.map(({ number }) => number));
  const unknown = (numbers: readonly string[]): readonly string[] =>
    numbers.filter((number) => !known.has(number));
  return [
    ...coverageOf(rules, tests, drills).flatMap(problemsOf),
    ...tests.flatMap(({ file, title }) =>
      unknown(numbersIn(title)).map(
        (number) => `${file}: "${title}" names ${number}, and there is no such rule`,
      ),
    ),
    ...drills.flatMap(({ file, text }) =>
      unknown(rulesIn(text)).map((number) => `drills/${file} names ${number}, and there is no such rule`),
    ),
  ];
}

function problemsOf({ rule: { number }, tests, drills }: RuleCoverage): readonly string[] {
  return [
    ...(tests.length > 0 ? [] : [`${number} has no test: let the title of one start with ${number}`]),
    ...(drills.length > 0 || !needsADrill(number)
      ? []
      : [`${number} has no drill: name it in the line "# Rules:" of one that shows it`]),
  ];
}
