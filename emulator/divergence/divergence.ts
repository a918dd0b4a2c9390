import { eventText } from '../drill/eventText.js';
import type { World } from '../world.js';

/** A run as one sees it from outside: what it is called, and its events in words. They are numbered from 1. */
export interface RunView {
  readonly name: string;
  /** Events so far. */
  readonly count: number;
  /** The oldest that can still be read. */
  readonly firstKept: number;
  /** Two events are the same when their texts are. */
  text(event: number): string;
}

/** Where two runs part, and what each of them has there. */
export interface Divergence {
  /** The first event that differs. */
  readonly event: number;
  /** By name of the run; undefined where that run had ended. */
  readonly views: readonly [SideView, SideView];
  /** The last events that both have, oldest first. */
  readonly before: readonly string[];
}

export interface SideView {
  readonly name: string;
  readonly text: string | undefined;
}

/** Events before the first difference that are shown. */
const SHOWN_BEFORE = 5;

/** The log of a world. Of the causes only the numbers count; they are part of what an event is. */
export function viewOfLog(world: World, name: string): RunView {
  const { log } = world;
  return {
    name,
    get count() {
      return log.count;
    },
    get firstKept() {
      return log.firstKept;
    },
    text: (event) => {
      const read = log.read(event);
      return `${eventText(read)}${read.cause === 0 ? '' : `  because @${read.cause}`}`;
    },
  };
}

/** The first event from `from` on in which two runs differ; undefined when there is none so far. */
export function divergenceOf(one: RunView, other: RunView, from = 1): Divergence | undefined {
  const first = Math.max(from, one.firstKept, other.firstKept);
  const last = Math.max(one.count, other.count);
  for (let event = first; event <= last; event += 1) {
    const [text, otherText] = [textAt(one, event), textAt(other, event)];
    if (text === otherText) continue;
    const before: string[] = [];
    for (let at = Math.max(first, event - SHOWN_BEFORE); at < event; at += 1) before.push(one.text(at));
    return {
      event,
      before,
      views: [
        { name: one.name, text },
        { name: other.name, text: otherText },
      ],
    };
  }
  return undefined;
}

const textAt = (run: RunView, event: number): string | undefined =>
  event <= run.count ? run.text(event) : undefined;

/** Both views side by side, for a person. `over`: what is said of a run that has nothing there. */
export function divergenceLines({ event, views, before }: Divergence, over = '(ended)'): readonly string[] {
  const width = Math.max(...views.map(({ name }) => name.length)) + 1;
  return [
    `${views[0].name} and ${views[1].name} part at event @${event}`,
    ...views.map(({ name, text }) => `  ${`${name}:`.padEnd(width)} ${text ?? over}`),
    ...(before.length === 0 ? [] : ['  before it both had:', ...before.map((line) => `    ${line}`)]),
  ];
}
