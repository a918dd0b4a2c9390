import type { Topic } from '../../emulator/index.js';
import { assumptions } from './assumptions.js';
import { isAssumption, type Rule } from './rule.js';
import { sourceRules } from './sourceRules.js';

/** Every rule: S rules, then D rules, by their numbers. */
export const rules: readonly Rule[] = Object.freeze([...sourceRules, ...assumptions]);

/** Where a rule comes from, in a few words. */
export const originOf = (rule: Rule): string =>
  isAssumption(rule)
    ? 'an assumption of this emulator, where the source text is silent'
    : 'what the source text on the real system says';

/** The rules whose texts begin with these words: `On an EEE`. */
export const rulesOn = (words: string): readonly string[] =>
  rules.filter(({ text }) => text.startsWith(`${words} `)).map(({ number }) => number);

/** The rules as topics of `help`: `help S20`. */
export const ruleTopics: readonly Topic[] = Object.freeze(
  rules.map((rule) => ({
    name: rule.number,
    group: 'Rules',
    title: originOf(rule),
    text: rule.text,
  })),
);
