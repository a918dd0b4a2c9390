import type { CommandEntry, OptionEntry } from './commandEntry.js';
import { commands, commonOptions } from './commandTable.js';
import { exitStatuses } from './exitStatus.js';

/** Lines are no longer than a plain terminal is wide. */
const WIDTH = 79;
const indent = '  ';

/** A text in lines of at most `width` characters, broken between words. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Rows of two columns; a row whose first cell is too long puts its second on lines of its own. */
function columns(rows: readonly (readonly [string, string])[], most: number): readonly string[] {
  const fitting = rows.map(([left]) => left.length).filter((length) => length <= most);
  const width = Math.max(0, ...fitting);
  const gap = `${indent}${' '.repeat(width)}  `;
  return rows.flatMap(([left, right]) => {
    const [first = '', ...others] = wrapped(right, WIDTH - gap.length).map((line) => `${gap}${line}`);
    const start = `${indent}${left}`;
    const rest = others.map((line) => line.trimEnd());
    return left.length <= width ? [start + first.slice(start.length), ...rest] : [start, first, ...rest];
  });
}

function optionText({ name, value, on }: OptionEntry): string {
  if (value !== undefined) return `--${name} ${value}`;
  return on === true ? `--no-${name}` : `--${name}`;
}

const optionRows = (options: readonly OptionEntry[]): readonly string[] =>
  columns(
    options
      .filter(({ later }) => later !== true)
      .map((option): readonly [string, string] => [optionText(option), option.help]),
    26,
  );

const statusRows = (): readonly string[] =>
  columns(
    exitStatuses.map(({ code, meaning }): readonly [string, string] => [String(code), meaning]),
    4,
  );

/** The text of `rmc-emu <command> --help`. */
export function commandHelp(command: CommandEntry): string {
  const lines = [
    `Usage: ${command.usage.join('\n       ')}`,
    '',
    ...command.about.flatMap((paragraph) => [...wrapped(paragraph, WIDTH), '']),
    'Options:',
    ...optionRows([...command.options, ...commonOptions]),
    '',
    'Examples:',
    ...columns(command.examples, 46),
    '',
    'Exit status (of several the worst):',
    ...statusRows(),
  ];
  return `${lines.join('\n')}\n`;
}

const purpose =
  'An emulator of hardware targets (SSC and EEE) that talk through RMC over a virtual bus: watch nodes fail, ' +
  'see who learns of it and how, and write it down as a drill that a machine can check.';

/** The text of `rmc-emu --help`. */
export function programHelp(): string {
  const lines = [
    'Usage: rmc-emu [ui] [<drill>]',
    '       rmc-emu monitor [<drill>]',
    '       rmc-emu drill <file|folder>…',
    '',
    ...wrapped(purpose, WIDTH),
    '',
    'Commands:',
    ...columns(
      commands.map(({ name, summary }): readonly [string, string] => [name, summary]),
      12,
    ),
    '',
    'Options of all commands:',
    ...optionRows(commonOptions),
    '',
    'Start here:',
    ...columns(
      [
        ['rmc-emu', 'the built-in scenario: a client loses its server and fails over'],
        ['rmc-emu drill --help', 'the options of a command'],
        ['echo help | rmc-emu monitor', 'the commands of the monitor, which drills are written in'],
      ],
      60,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
