import { clockText } from '../../emulator/index.js';
import { worldView } from '../../nodes/index.js';
import type { FinishedRun } from '../drill/engine.js';
import { counted, printable } from '../printable.js';
import { ledgerLines } from './ledgerText.js';
import { memoryLines } from './memoryText.js';
import { storyLines } from './story.js';

function endLines(run: FinishedRun): readonly string[] {
  const facts = `${clockText(run.timeUs)} s, ${counted(run.events, 'event')}, digest ${run.digest}`;
  if (run.failures.length === 0) return ['', `passed: ${facts}`];
  return [
    ...run.failures.flatMap(({ file, line, column, command, message }) => [
      '',
      printable(`FAILED at ${file}:${line}:${column} ${command}`),
      ...printable(message).split('\n'),
    ]),
    '',
    `failed: ${facts}`,
  ];
}

/** A whole run for a reader: the timeline, who has learned what, whose memory is whose, and how it ended. */
export function storyText(file: string, run: FinishedRun): string {
  const view = worldView(run.world);
  const lines = [
    printable(`${file}, seed ${run.world.seed}: time in seconds, event, who, what`),
    '',
    ...storyLines((number) => run.world.log.read(number), run.events),
    ...ledgerLines(view.ledger),
    ...memoryLines(view.sessions),
    ...endLines(run),
  ];
  return `${lines.join('\n')}\n`;
}
