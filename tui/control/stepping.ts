import type { LoggedEvent } from '../../emulator/index.js';
import type { LogIndex } from '../reading/logIndex.js';
import type { Given } from '../run/play.js';
import type { UiSource } from '../run/source.js';

/** What one step goes to: the next thing that happens, or the next of a kind. */
export const stepUnits = ['event', 'frame', 'callback', 'match'] as const;
export type StepUnit = (typeof stepUnits)[number];

/** Callbacks and completions: what an application is told. */
const callbacks: ReadonlySet<string> = new Set([
  ...['new_session', 'close_session', 'abort_session', 'message'],
  ...['open_done', 'close_done', 'io_done', 'writable'],
]);

/** Most steps that the way to the next of a kind may have. */
const MOST_STEPS = 10_000;

/** The next unit; a match needs a filter of the log. */
export function nextUnit(unit: StepUnit, log: LogIndex): StepUnit {
  const next = stepUnits[(stepUnits.indexOf(unit) + 1) % stepUnits.length] ?? 'event';
  return next === 'match' && log.filter === '' ? 'event' : next;
}

const unitNames: Readonly<Record<StepUnit, string>> = {
  event: 'event',
  frame: 'frame',
  callback: 'callback or completion',
  match: 'match of the filter',
};

/** What `.` and `,` do now, for a person. */
export const unitText = (unit: StepUnit): string =>
  `. and , go to the next and the previous ${unitNames[unit]}`;

function accepts(unit: StepUnit, log: LogIndex): (event: LoggedEvent) => boolean {
  switch (unit) {
    case 'event':
      return () => true;
    case 'frame':
      return (event) => event.event.startsWith('frame_');
    case 'callback':
      return (event) => callbacks.has(event.event);
    case 'match':
      return (event) => log.matches(event);
  }
}

/** Steps on to the next of its kind: `step`, or `step 14`. */
export function stepOn(source: UiSource, unit: StepUnit, log: LogIndex): Given {
  if (unit === 'event') return { text: 'step', result: source.command('step') };
  return stepTo(source, accepts(unit, log), unit);
}

/** Steps on to the next event that is wanted; `what` names it, should none come. */
function stepTo(source: UiSource, wanted: (event: LoggedEvent) => boolean, what: string): Given {
  let steps = 0;
  for (let from = source.eventCount(); steps < MOST_STEPS; from = source.eventCount()) {
    const result = source.command('step');
    if (result.problem !== undefined || source.eventCount() === from)
      return { text: `step ${steps}`, result };
    steps += 1;
    for (let number = from + 1; number <= source.eventCount(); number++) {
      if (wanted(source.event(number))) return { text: `step ${steps}`, result };
    }
  }
  return { text: `step ${steps}`, result: { lines: [`no ${what} in ${MOST_STEPS} steps`] } };
}

/** Goes back to the end of the step in which the last of its kind came before this one. */
export function stepBack(source: UiSource, unit: StepUnit, log: LogIndex): Given {
  if (unit === 'event') return { text: 'back', result: source.command('back') };
  const wanted = accepts(unit, log);
  const from = source.eventCount();
  for (let number = from - 1; number >= source.firstEvent(); number--) {
    if (!wanted(source.event(number))) continue;
    const text = `goto @${number}`;
    const result = source.command(text);
    // It may have come in the very step at whose end the run stands.
    if (result.problem !== undefined || source.eventCount() < from) return { text, result };
  }
  return { text: 'back', result: { lines: [`no ${unit} before this`] } };
}
