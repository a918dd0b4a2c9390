import { divergenceLines } from '../../../emulator/index.js';
import { lineOf } from '../seen.js';
import type { Counterexample } from './shrink.js';

/** Both views side by side, the first event at which they part, and the drill. */
export function report({ seed, lines, events, disagreement }: Counterexample): string {
  const { rule, event, model, emulator } = disagreement;
  const before = events.slice(Math.max(0, event - 13), event - 1).map(lineOf);
  const views = [
    { name: 'the model', text: model },
    { name: 'the emulator', text: emulator },
  ] as const;
  return [
    ...divergenceLines({ event, before, views }),
    `  by ${rule}`,
    `  the drill (rmc-emu drill model.drill --seed ${seed}):`,
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
}
