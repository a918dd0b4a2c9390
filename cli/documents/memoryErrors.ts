import { memoryErrorMeanings } from '../../nodes/index.js';
import { markdownTable } from './markdown.js';

/** The kinds of memory error, by the registry that reports are made from. */
export const memoryErrorSection = (): readonly string[] => [
  '',
  '## Memory errors',
  '',
  'The values of `kind` of the event `memory_error`, in the order in which a free is judged. What follows from one is',
  'the node’s policy (`node --policy`, D29): recorded; or its process ends; or, under `hardware`, it is carried out.',
  '',
  ...markdownTable(
    ['kind', 'what is wrong', 'the mistake that people make', 'the right code', 'rules'],
    memoryErrorMeanings.map(({ kind, meaning, mistake, right, rules }) => [
      `\`${kind}\``,
      meaning,
      mistake,
      right,
      rules.join(' '),
    ]),
  ),
];
