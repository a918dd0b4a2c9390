import { type ArgType, fault } from '../monitor/argType.js';
import { type CommandDeclaration, defineCommand, required } from '../monitor/command.js';

const FORM = /^[A-Za-z][\w-]{0,63}$/;

/** The name of a branch. Which ones there are only the session knows. */
const branchName: ArgType<string> = {
  name: 'branch',
  describe: 'the name of a branch, as main or b2 (branches lists them)',
  parse: (word) =>
    FORM.test(word)
      ? { value: word }
      : fault(`"${word}" cannot be the name of a branch`, 'a name, as main or b2'),
};

export const branches: CommandDeclaration = defineCommand({
  name: 'branches',
  group: 'Time travel',
  effect: 'look',
  where: 'prompt',
  help: 'lists the futures of this session: a command given after going back starts a new one',
  examples: ['branches'],
  run: () => ({ request: { kind: 'branches' } }),
});

export const branch: CommandDeclaration = defineCommand({
  name: 'branch',
  group: 'Time travel',
  effect: 'run',
  where: 'prompt',
  help: 'goes to another branch, as far as it has been',
  examples: ['branch main', 'branch b2'],
  words: { name: required(branchName, 'the branch') },
  run: (_context, { name }) => ({ request: { kind: 'branch', name } }),
});

export const diff: CommandDeclaration = defineCommand({
  name: 'diff',
  group: 'Time travel',
  effect: 'look',
  where: 'prompt',
  help: 'compares this branch with another: the first event at which they part, and what differs after it',
  examples: ['diff main'],
  words: { name: required(branchName, 'the branch to compare with') },
  run: (_context, { name }) => ({ request: { kind: 'diff', name } }),
});
