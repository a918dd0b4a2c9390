import type { EventDeclaration } from '../../emulator/index.js';
import { language } from '../../index.js';
import { code, markdownTable, page, sentence } from './markdown.js';

/** docs/events.md */
export function eventsPage(): string {
  const events = [...language().events.values()];
  return page(
    '# The events',
    '',
    'The event log is the run: every call, completion, callback, frame, allocation, fault and power change is an event',
    'with a number, a time, and the number of the event that caused it. This page is made from their declarations; a',
    'drill names events and fields as they stand here (`expect learned --how abort_session`).',
    '',
    ...markdownTable(
      ['event', 'what happened', 'logged by', 'rules'],
      events.map(({ name, help, by, rules }) => [
        `[\`${name}\`](#${name})`,
        help,
        by ?? '',
        ruleLinks(rules ?? []),
      ]),
    ),
    ...events.flatMap(eventSection),
  );
}

const ruleLinks = (rules: readonly string[]): string =>
  rules.map((rule) => `[${rule}](rules.md#${rule.toLowerCase()})`).join(' ');

function eventSection(event: EventDeclaration): readonly string[] {
  const { name, help, by, common, fields, rules = [] } = event;
  return [
    '',
    `### ${name}`,
    '',
    sentence(help),
    '',
    `Common fields: ${common.length === 0 ? 'none' : common.map(code).join(', ')}. Logged by ${by ?? 'a part'}.`,
    ...(rules.length === 0 ? [] : ['', `Rules: ${ruleLinks(rules)}.`]),
    ...(fields.length === 0
      ? []
      : [
          '',
          ...markdownTable(
            ['field', 'type', 'what it holds'],
            fields.map(({ name: field, type, help: holds, values }) => [
              code(field),
              type,
              values === undefined ? holds : `${holds}: ${values.map(code).join(', ')}`,
            ]),
          ),
        ]),
  ];
}
