import { chainOfCauses, eventText } from '../drill/eventText.js';
import type { World } from '../world.js';
import { lostFrames } from './lostFrames.js';
import type { History, Subject, SubjectBytes } from './subject.js';

/** Lost frames that are shown. */
const MOST_LOST = 4;

/** Why something is as it is: how it stands, the chain of causes, what else had a part in it. */
export function whySubject(world: World, subject: Subject, history: History | undefined): readonly string[] {
  const { title, event, facts } = subject;
  return [
    title,
    ...facts.map((fact) => `  ${fact}`),
    ...(event === 0 ? [] : whyEvent(world, event)),
    ...changeLines(world, subject, history),
  ];
}

/** The chain of causes of an event, back to the operator's command, and the frames that were lost on the way. */
export function whyEvent(world: World, event: number): readonly string[] {
  const explained = world.extensions.flatMap((extension) => extension.explain?.(world, event) ?? []);
  return [...chainLines(world, event), ...explained.map((line) => `  ${line}`), ...lossLines(world, event)];
}

const DEEPEST_INDENT = 10;

function chainLines(world: World, event: number): readonly string[] {
  return chainOfCauses(world, event).map((line, depth) =>
    depth === 0 ? line : `${'  '.repeat(Math.min(depth, DEEPEST_INDENT))}because ${line}`,
  );
}

function lossLines(world: World, event: number): readonly string[] {
  const read = world.log.read(event);
  const node = String(read.fields.get('node') ?? '');
  // Of a frame that was lost itself, only that one; else those that were lost since what is explained began.
  const isLost = read.event === 'frame_dropped';
  const lost = lostFrames(world, node, isLost ? event : beginningOf(world, event), event, MOST_LOST + 1);
  if (lost.length === 0) return [];
  const lines = lost
    .slice(0, MOST_LOST)
    .flatMap(({ event: frame, because }) => [
      ...(isLost ? [] : [`  ${eventText(frame)}`]),
      ...(because === 0 ? [] : [`    because of ${eventText(world.log.read(because))}`]),
    ]);
  if (lost.length > MOST_LOST) lines.push('  … and more before');
  return isLost
    ? lines
    : [`frames from or to ${node === '' ? 'a node' : node} that were lost meanwhile:`, ...lines];
}

/** The first event of the chain that is no command: where what is explained began. */
function beginningOf(world: World, event: number): number {
  let at = event;
  for (;;) {
    const { cause } = world.log.read(at);
    if (cause < world.log.firstKept || world.log.read(cause).event === 'command') return at;
    at = cause;
  }
}

function changeLines(world: World, { bytes }: Subject, history: History | undefined): readonly string[] {
  if (bytes === undefined) return [];
  const { name, read } = bytes;
  if (read(world) === undefined) return [`${name}: that memory is gone`];
  if (history === undefined)
    return [`who changed ${name} last: ask at the prompt, a drill keeps no way back`];
  const change = history.lastChange(read);
  if (change === undefined) {
    const { firstKept } = world.log;
    return [
      `nobody has changed ${name} since ${firstKept > 1 ? `@${firstKept}, the oldest event that is kept` : 'the start'}`,
    ];
  }
  const event = eventOf(world, bytes, change);
  const what = bytes.changes?.(change.before, change.after) ?? '';
  const told = what === '' ? '' : ` (${what})`;
  return [
    `${name} changed last with @${event}${told}:`,
    ...chainLines(world, event).map((line) => `  ${line}`),
  ];
}

/** Of the events of the step in which the bytes changed: the last one about their session, else the first of all. */
function eventOf(
  world: World,
  { session }: SubjectBytes,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  for (let event = to; event >= from; event -= 1) {
    if (session !== undefined && world.log.read(event).fields.get('session') === session) return event;
  }
  return from;
}
