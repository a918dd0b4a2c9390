import { readDuration, type Timeline } from '../emulator/index.js';
import type { GivenOptions } from './commandLine.js';
import { UsageError } from './exitStatus.js';

/** Where `--at` wants the screen to begin. */
export type StartAt = { readonly timeUs: number } | { readonly event: number };

const FORM = 'a time, as 1.5s, or an event, as @212';

/** What `--at` says; undefined when it is not given. */
export function startAtOf(options: GivenOptions): StartAt | undefined {
  const text = options.value('at');
  if (text === undefined) return undefined;
  const event = /^@([1-9]\d{0,14})$/.exec(text);
  if (event !== null) return { event: Number(event[1]) };
  const time = readDuration(text);
  if ('problem' in time) throw new UsageError(`--at is ${FORM}, not ${text}`);
  return { timeUs: time.value };
}

/** Runs a drill up to there. An event that the drill does not come to is said, and the screen stays away. */
export function goTo(timeline: Timeline, at: StartAt): void {
  if ('timeUs' in at) {
    timeline.gotoTime(at.timeUs);
    return;
  }
  while (timeline.world.log.count < at.event) {
    if (timeline.move(Number.POSITIVE_INFINITY) === 'quiet') break;
    if (timeline.state !== 'running') break;
  }
  const { count } = timeline.world.log;
  if (count < at.event && timeline.limit !== undefined)
    throw new UsageError(`--at @${at.event}: ${timeline.limit}`);
  if (count < at.event) throw new UsageError(`--at @${at.event}: the drill ends with event @${count}`);
}
