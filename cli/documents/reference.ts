import { language } from '../../index.js';
import { behaviours, settingDeclarations, spanText } from '../../nodes/index.js';
import { commands } from '../commandTable.js';
import { exitStatuses } from '../exitStatus.js';
import { commandHelp } from '../helpText.js';
import { layoutSections } from './layouts.js';
import { markdownTable, page } from './markdown.js';
import { memoryErrorSection } from './memoryErrors.js';

const elsewhere: readonly string[] = [
  '',
  '## On pages of their own',
  '',
  '- [the events](events.md) and their fields',
  '- [the statuses](statuses.md), with what each call returns in which state',
  '- [the states of a session](states.md): diagrams and tables',
  '- [who owns which block](ownership.md) before and after each call, callback and death',
  '- [the rules](rules.md) (`S7`, `D15`), with their tests and drills',
];

const timerSection = (): readonly string[] => [
  '',
  '## Timers and limits of a node',
  '',
  'Set by `set <node> <name> <value>`.',
  '',
  ...markdownTable(
    ['name', 'at first', 'what it is'],
    settingDeclarations.map(({ name, unit, initial, help }) => [
      `\`${name}\``,
      unit === 'us' ? spanText(initial) : String(initial),
      help,
    ]),
  ),
];

const behaviourSection = (): readonly string[] => [
  '',
  '## Behaviours',
  '',
  'What a callback of an application does: the values of the options of `rmc_listen` and `rmc_open`.',
  '',
  ...markdownTable(
    ['behaviour', 'of', 'what it does'],
    behaviours.map(({ form, of, help }) => [`\`${form}\``, of.map((name) => `\`${name}\``).join(' '), help]),
  ),
];

const exitSection = (): readonly string[] => [
  '',
  '## Exit status of `rmc-emu`',
  '',
  'Of several results the worst counts: 4, 3, 2, 1.',
  '',
  ...markdownTable(
    ['status', 'meaning'],
    exitStatuses.map(({ code, meaning }) => [String(code), meaning]),
  ),
];

const commandLineSection = (): readonly string[] => [
  '',
  '## The command line',
  ...commands.flatMap((command) => [
    '',
    `### rmc-emu ${command.name}`,
    '',
    '```text',
    commandHelp(command).trimEnd(),
    '```',
  ]),
];

/** docs/reference.md: the monitor language and the tables that the code itself is driven by. */
export function referencePage(): string {
  const monitorLanguage = language().reference().trimEnd();
  return page(
    monitorLanguage,
    ...elsewhere,
    ...timerSection(),
    ...behaviourSection(),
    ...memoryErrorSection(),
    ...layoutSections(),
    ...exitSection(),
    ...commandLineSection(),
  );
}
