import { fileName, integer, newName, text } from '../monitor/argTypes.js';
import { type CommandDeclaration, defineCommand, required } from '../monitor/command.js';

/** Rounds that one `repeat` may ask for, and lines that a whole drill may run. */
export const MOST_LINES_RUN = 1_000_000;

// These four work on the text of a drill; its reader does what they say, so that nothing is left for `run`.

export const include: CommandDeclaration = defineCommand({
  name: 'include',
  group: 'Drill text',
  effect: 'text',
  help: 'puts the lines of another file here',
  examples: ['include two-nodes.drill'],
  words: { file: required(fileName, 'the file, from the folder of this one') },
  run: () => undefined,
});

export const repeat: CommandDeclaration = defineCommand({
  name: 'repeat',
  group: 'Drill text',
  effect: 'text',
  help: `runs the lines up to its end n times; \${i} counts the rounds from 1`,
  examples: ['repeat 3', 'end'],
  words: { n: required(integer('n', 1, MOST_LINES_RUN), 'how often') },
  run: () => undefined,
});

export const end: CommandDeclaration = defineCommand({
  name: 'end',
  group: 'Drill text',
  effect: 'text',
  help: 'ends a repeat',
  examples: ['end'],
  run: () => undefined,
});

export const defaultValue: CommandDeclaration = defineCommand({
  name: 'default',
  group: 'Drill text',
  effect: 'text',
  help: `gives \${name} its value; --define name=value of the command line wins, and so does an earlier default`,
  examples: ['default kind eee'],
  words: {
    name: required(newName('default', 'again'), 'the name'),
    value: required(text, 'its value'),
  },
  run: () => undefined,
});
