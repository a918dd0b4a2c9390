import { composeLanguage } from '../../emulator/index.js';
import { behaviours, rmcExtensions, settingDeclarations, spanText } from '../../nodes/index.js';
import { statuses } from '../../rmc-core/index.js';
import { commands } from '../commandTable.js';
import { exitStatuses } from '../exitStatus.js';
import { commandHelp } from '../helpText.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)];
}

const statusSection = (): readonly string[] => [
  '',
  '## Statuses',
  '',
  'Definite: the thing did not happen. A status that is not definite says nothing about whether it did: a message',
  'that timed out may have arrived.',
  '',
  ...table(
    ['status', 'meaning', 'definite'],
    statuses.map(({ name, meaning, definite }) => [`\`${name}\``, meaning, definite ? 'yes' : 'no']),
  ),
];

const timerSection = (): readonly string[] => [
  '',
  '## Timers and limits of a node',
  '',
  'Set by `set <node> <name> <value>`.',
  '',
  ...table(
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
  ...table(
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
  ...table(
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
  const language = composeLanguage(rmcExtensions).reference().trimEnd();
  const lines = [
    '<!-- made by npm run docs; edit the declarations in the code, not this page -->',
    '',
    language,
    ...statusSection(),
    ...timerSection(),
    ...behaviourSection(),
    ...exitSection(),
    ...commandLineSection(),
  ];
  return `${lines.join('\n')}\n`;
}
