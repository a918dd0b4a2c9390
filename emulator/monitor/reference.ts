import type { CommandDeclaration } from './command.js';
import type { CommandTable } from './commandTable.js';
import { groupsOf } from './help.js';
import { usageOf } from './parseCommand.js';

const INTRODUCTION: readonly string[] = [
  '# The monitor language: reference',
  '',
  'This page is made from the command table of the program.',
  '',
  "A drill is a text file of commands, one a line. `#` starts a comment. Words split as in a shell: `'…'` stands as",
  `it is written, \`"…"\` knows \`\\"\`, \`\\\\\`, \`\\$\` and \`\${name}\`. \`--name value\` and \`--name=value\` are the same; \`--\` ends`,
  'the options. Durations are `250us`, `10ms`, `2s`, `1m`; sizes `64`, `64KiB`, `1MiB`; probabilities `1%`; `@212` is',
  'event 212.',
];

/** The reference of the commands, as Markdown with a newline at its end. */
export function referenceMarkdown(table: CommandTable): string {
  const lines = [...INTRODUCTION, '', '## Commands'];
  for (const [group, commands] of groupsOf(table)) {
    lines.push('', `### ${group}`);
    for (const command of commands) lines.push(...commandSection(command));
  }
  return `${lines.join('\n')}\n`;
}

/** What would be a column's end, or a tag, to Markdown. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '\\<');

function commandSection(command: CommandDeclaration): readonly string[] {
  const lines = [
    '',
    `#### ${command.name}`,
    '',
    '```',
    usageOf(command),
    '```',
    '',
    `${sentence(command.help)}`,
  ];
  if (command.aliases.length > 0) lines.push('', `Also: ${command.aliases.map(code).join(', ')}.`);
  if (command.where === 'prompt') lines.push('', 'At the prompt only.');
  const rows = [
    ...command.words.map((word) => row(`<${word.name}>`, word.help, word.type.describe)),
    ...(command.anyOption === undefined
      ? []
      : [row(`--<${command.anyOption.name}>`, command.anyOption.help, '')]),
    ...command.options.map((option) =>
      row(
        `--${option.name}`,
        option.kind === 'later' ? `${option.help} (later)` : option.help,
        'type' in option ? option.type.describe : '',
      ),
    ),
  ];
  if (rows.length > 0)
    lines.push('', '| argument | what it is | how it is written |', '|---|---|---|', ...rows);
  if (command.rules.length > 0) lines.push('', `Rules: ${command.rules.join(', ')}.`);
  if (command.examples.length > 0) lines.push('', '```', ...command.examples, '```');
  return lines;
}

const code = (text: string): string => `\`${text}\``;
const row = (name: string, help: string, form: string): string =>
  `| ${code(name)} | ${cell(help)} | ${cell(form)} |`;

function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return first.endsWith('.') ? first : `${first}.`;
}
