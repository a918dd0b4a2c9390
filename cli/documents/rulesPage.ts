import { language } from '../../index.js';
import { isAssumption, originOf, type Rule } from '../../nodes/index.js';
import { code, page } from './markdown.js';
import type { RuleCoverage, TestFacts } from './ruleCoverage.js';

const INTRODUCTION = [
  '# The rules',
  '',
  'What RMC, the nodes and the bus do rests on these rules. **S** rules are what the one surviving source text on the',
  'real system says; **D** rules are assumptions of this emulator, made where that text is silent. Where they disagree',
  'the S rule wins. The texts are short forms, and `help S20` shows them at the prompt.',
  '',
  'Below each rule stand the commands and events that name it, the tests whose titles start with its number, and the',
  'drills that show it. `npm run docs:check` fails on a rule without a test, and on an S rule or one of D1 to D22',
  'without a drill.',
];

/** docs/rules.md */
export function rulesPage(coverage: readonly RuleCoverage[]): string {
  const sections = (isWanted: (rule: Rule) => boolean): readonly string[] =>
    coverage.filter(({ rule }) => isWanted(rule)).flatMap(ruleSection);
  return page(
    ...INTRODUCTION,
    '',
    '## What the source text says',
    ...sections((rule) => !isAssumption(rule)),
    '',
    '## Assumptions of the emulator',
    ...sections(isAssumption),
  );
}

function ruleSection({ rule, tests, drills }: RuleCoverage): readonly string[] {
  const { number, text } = rule;
  const named = namedBy(number);
  return [
    '',
    `### ${number}`,
    '',
    text,
    '',
    `*${originOf(rule).replace(/^./, (letter) => letter.toUpperCase())}.*`,
    ...(named.length === 0 ? [] : ['', `Named by ${named.map(code).join(', ')}.`]),
    ...(tests.length === 0 ? [] : ['', 'Tests:', '', ...testLines(tests)]),
    ...(drills.length === 0 ? [] : ['', `Drills: ${drills.map(drillLink).join(', ')}.`]),
  ];
}

/** The commands and events whose declarations name a rule. */
function namedBy(number: string): readonly string[] {
  const { commands, events } = language();
  const named = [...commands, ...events.values()].filter(({ rules }) => rules?.includes(number));
  return [...new Set(named.map(({ name }) => name))];
}

/** A line a file, its titles below it. */
function testLines(tests: readonly TestFacts[]): readonly string[] {
  const files = [...new Set(tests.map(({ file }) => file))];
  return files.flatMap((file) => {
    const titles = new Set(tests.filter((test) => test.file === file).map(({ title }) => title));
    return [`- [${file}](../${file})`, ...[...titles].map((title) => `  - ${plain(title)}`)];
  });
}

/** A title without what Markdown would take for a mark. */
const plain = (title: string): string => title.replace(/[<>*[\]]/g, (mark) => `\\${mark}`);

const drillLink = (file: string): string => `[${file.replace(/\.drill$/, '')}](../drills/${file})`;
