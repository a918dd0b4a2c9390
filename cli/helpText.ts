import type { CommandEntry, OptionEntry } from './commandEntry.js';
import { commands, commonOptions } from './commandTable.js';
import { exitStatuses } from './exitStatus.js';

const indent = '  ';

/** Rows of two columns; a row whose first cell is too long puts its second on a line of its own. */
function columns(rows: readonly (readonly [string, string])[], most: number): readonly string[] {
  const width = Math.min(most, Math.max(...rows.map(([left]) => left.length)));
  return rows.flatMap(([left, right]) =>
    left.length <= width
      ? [`${indent}${left.padEnd(width)}  ${right}`]
      : [`${indent}${left}`, `${indent}${' '.repeat(width)}  ${right}`],
  );
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
    ...command.about.flatMap((paragraph) => [paragraph, '']),
    'Options:',
    ...optionRows([...command.options, ...commonOptions]),
    '',
    'Examples:',
    ...columns(command.examples, 60),
    '',
    'Exit status (of several the worst):',
    ...statusRows(),
  ];
  return `${lines.join('\n')}\n`;
}

/** The text of `rmc-emu --help`. */
export function programHelp(): string {
  const lines = [
    'Usage: rmc-emu [ui] [<drill>]',
    '       rmc-emu monitor [<drill>]',
    '       rmc-emu drill <file|folder>…',
    '',
    'An emulator of hardware targets (SSC and EEE) that talk through RMC over a virtual bus: watch nodes fail,',
    'see who learns of it and how, and write it down as a drill that a machine can check.',
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
