import type { LoggedEvent } from '../../emulator/index.js';
import type { WorldView } from '../../nodes/index.js';
import { field } from '../panes/eventText.js';
import type { UiSource } from '../run/source.js';
import { spanText } from '../text/times.js';
import { WayBack } from './wayBack.js';

/** What is to be said at a moment, the longest first: the first that fits is shown. */
export type Caption = readonly string[];

/** A moment worth a caption; the run stops by itself at those with `stop`, if the person wants that. */
export interface Moment {
  readonly number: number;
  readonly timeUs: number;
  /** The words, for the world as it is when they are read. */
  readonly caption: (view: WorldView) => Caption;
  readonly stop: boolean;
  /** Something failed here. */
  readonly isFailure?: boolean;
  /** A `close_session` with TRUE. */
  readonly frees?: boolean;
}

type Say = (stop: boolean, ...caption: string[]) => Moment;

/** The kinds of events that the story reads; at full load the others are most. */
const told: ReadonlySet<string> = new Set([
  ...['node_down', 'node_up', 'process_hang', 'process_exit', 'learned'],
  ...['new_session', 'close_session', 'memory_error', 'session_state'],
]);

/** What is to be said of an event; undefined for most. `hasFailed`: something has failed before. */
export function momentOf(event: LoggedEvent, hasFailed = false): Moment | undefined {
  const { number, timeUs } = event;
  const say: Say = (stop, ...caption) => ({ number, timeUs, caption: () => caption, stop });
  const node = field(event, 'node');
  const app = field(event, 'app');
  switch (event.event) {
    case 'node_down':
      return { ...say(true), caption: (view) => downCaption(node, view), isFailure: true };
    case 'node_up':
      return timeUs === 0 ? undefined : say(false, `${node} is up again. What it knew before is gone.`);
    case 'process_hang':
      return {
        ...say(true, `${whose(event)} hangs: not dead, but it answers nothing. Who notices?`),
        isFailure: true,
      };
    case 'process_exit':
      return exitMoment(event, say);
    case 'learned':
      return { ...say(true), caption: (view) => learnedCaption(event, view, false) };
    case 'new_session':
      return placedMoment(event, app, hasFailed, say);
    case 'close_session':
      return closeMoment(event, app, say);
    case 'memory_error':
      return say(true, `Memory error on ${node}: ${field(event, 'kind')}${app === '' ? '' : ` by ${app}`}.`);
    default:
      return undefined;
  }
}

/** Which process an event is about, in words: an EEE's RMC is not its node. */
function whose(event: LoggedEvent): string {
  const app = field(event, 'app');
  if (app !== '') return app;
  const node = field(event, 'node');
  return field(event, 'process') === `${node}.rmc` ? `The RMC process of ${node}` : node;
}

function downCaption(node: string, view: WorldView): Caption {
  const held = view.sessions.some(
    (session) => session.node === node && session.owner === 'R' && session.lost,
  );
  if (!held) return [`${node} lost its power and told nobody. Who will learn of it, when and how?`];
  return [
    `${node} lost its power and told nobody; the blocks that RMC placed there went with it. Who will learn?`,
    `${node} lost its power and told nobody; RMC's blocks went with it. Who learns?`,
    `${node} lost its power, RMC's blocks with it. Who learns?`,
  ];
}

function exitMoment(event: LoggedEvent, say: Say): Moment | undefined {
  const reason = field(event, 'reason');
  if (reason === 'power') return undefined;
  const words = reason === 'stop' ? 'has stopped' : reason === 'kill' ? 'was killed' : 'has crashed';
  if (reason === 'stop') return say(false, `${whose(event)} ${words}.`);
  const still = `${field(event, 'node')} is still on`;
  return {
    ...say(true, `${whose(event)} ${words}; ${still}. Who will learn of it, and how?`),
    isFailure: true,
  };
}

const ends: ReadonlyMap<string, string> = new Map([
  ['node_down', 'died'],
  ['process_exit', 'ended'],
  ['process_hang', 'hung'],
  ['cut', 'was cut off'],
]);

/** Who was told, of what, how, after how long; and who was not. */
function learnedCaption(event: LoggedEvent, view: WorldView, frees: boolean): Caption {
  const app = field(event, 'app');
  const node = field(event, 'about');
  const how = field(event, 'how');
  const isOf = (about: string): boolean =>
    about === node || about === `${node}.rmc` || about.endsWith(` on ${node}`);
  const entry = view.ledger.filter((one) => isOf(one.about)).at(-1);
  // Of an application the ledger says more than its node: `server on eee0`.
  const about = entry?.about ?? node;
  const end = ends.get(entry?.what ?? '') ?? 'failed';
  const us = event.fields.get('after_us');
  const after = us === undefined ? '' : spanText(Number(us));
  const late = after === '' ? `that ${about} ${end}` : `${after} after ${about} ${end}`;
  if (frees) {
    return [
      `${app} is told by close_session, ${late}. TRUE: it frees its block, which it placed itself.`,
      `${app} is told by close_session, ${late}. TRUE: it frees its block.`,
      `${app} told by close_session${after === '' ? '' : ` ${after} later`}. TRUE: it frees its block.`,
    ];
  }
  const told = `${app} is told by ${how}, ${late} (${field(event, 'rule')}).`;
  const untold = (entry?.rows ?? []).filter((row) => !row.told && row.app !== app).map((row) => row.app);
  if (untold.length === 0) return [told];
  const names = [...new Set(untold)].join(', ');
  return [
    `${told} Not told: ${names}.`,
    `${app} told by ${how}, ${late}. Not told: ${names}.`,
    `${app} told by ${how}${after === '' ? '' : ` ${after} later`}. Not told: ${names}.`,
  ];
}

function placedMoment(event: LoggedEvent, app: string, hasFailed: boolean, say: Say): Moment {
  if (Number(event.fields.get('address') ?? 0) === 0) {
    return say(false, `new_session: ${app} gave no block, so there is no session.`);
  }
  return say(
    hasFailed,
    `new_session: ${app} placed the new session's block in its own memory, so ${app} must free it (S7).`,
    `new_session: the block is ${app}'s own memory; ${app} must free it (S7).`,
    `${app} placed this block; ${app} must free it (S7).`,
  );
}

const isTrue = (event: LoggedEvent): boolean => field(event, 'rmc_free_session') === 'TRUE';

function closeMoment(event: LoggedEvent, app: string, say: Say): Moment {
  const session = field(event, 'session');
  if (isTrue(event)) {
    const text = `close_session with TRUE: ${app} placed the block of ${session}, and frees it.`;
    return { ...say(true, text), frees: true };
  }
  return say(false, `close_session with FALSE: ${app} must not free the block of ${session}.`);
}

/** Moments kept; of more the older half goes. */
export const MOST_MOMENTS = 20_000;

/** The moments so far, kept up to date with the log, and cut back when the run goes back. */
export class Story {
  private moments: Moment[] = [];
  /** Numbers of the events that changed a session's state, oldest first. */
  private readonly changes = new Map<string, number[]>();
  /** Number of the event with which the first failure began; 0: none. */
  private firstFailure = 0;
  /** Number of the event with which an application first learned of a failure, by both. */
  private readonly learned = new Map<string, number>();
  private scannedTo = 0;
  private readonly way = new WayBack();

  /** Reads what is new; returns the first new moment at which the run should stop. */
  sync(source: UiSource): Moment | undefined {
    const count = source.eventCount();
    const kept = this.way.kept(source, this.scannedTo);
    if (kept < this.scannedTo) this.cutBack(kept);
    let stop: Moment | undefined;
    for (let number = Math.max(this.scannedTo + 1, source.firstEvent()); number <= count; number++) {
      if (!told.has(source.eventName(number))) continue;
      const event = source.event(number);
      if (event.event === 'session_state') this.changed(field(event, 'session'), number);
      if (event.event === 'learned' && !this.isNews(event)) continue;
      const moment = momentOf(event, this.firstFailure > 0);
      if (moment === undefined) continue;
      this.moments.push(this.joined(event, moment));
      if (moment.isFailure === true && this.firstFailure === 0) this.firstFailure = number;
      if (moment.stop) stop ??= moment;
    }
    this.scannedTo = count;
    if (this.moments.length > MOST_MOMENTS) this.forget();
    return stop;
  }

  /** Number of the last event that changed a session's state; 0: none. */
  lastChange(session: string): number {
    return this.changes.get(session)?.at(-1) ?? 0;
  }

  /** An application is told of one failure for each session and way: the first telling is the news. */
  private isNews(event: LoggedEvent): boolean {
    const failedUs = event.timeUs - Number(event.fields.get('after_us') ?? 0);
    const key = `${field(event, 'app')} ${field(event, 'about')} ${failedUs}`;
    if (this.learned.has(key)) return false;
    this.learned.set(key, event.number);
    return true;
  }

  private cutBack(count: number): void {
    this.scannedTo = count;
    this.moments = this.moments.filter((moment) => moment.number <= count);
    if (this.firstFailure > count) this.firstFailure = 0;
    for (const [key, number] of this.learned) if (number > count) this.learned.delete(key);
    for (const numbers of this.changes.values()) {
      while ((numbers.at(-1) ?? 0) > count) numbers.pop();
    }
  }

  /** A run that lasts has more to tell than anybody can go back to. */
  private forget(): void {
    this.moments.splice(0, this.moments.length - MOST_MOMENTS / 2);
    const first = this.moments[0]?.number ?? 0;
    for (const [session, numbers] of this.changes) {
      if ((numbers.at(-1) ?? 0) < first) this.changes.delete(session);
    }
    for (const [key, number] of this.learned) if (number < first) this.learned.delete(key);
  }

  private changed(session: string, number: number): void {
    const numbers = this.changes.get(session);
    if (numbers === undefined) this.changes.set(session, [number]);
    else numbers.push(number);
  }

  /** That a failure was learned from a close_session with TRUE is one thing to say. */
  private joined(event: LoggedEvent, moment: Moment): Moment {
    const before = this.moments[this.moments.length - 1];
    if (event.event !== 'learned' || !before?.frees || before.number !== moment.number - 1) return moment;
    return { ...moment, caption: (view) => learnedCaption(event, view, true) };
  }

  /** The last moment, or undefined before the first. */
  get latest(): Moment | undefined {
    const last = this.moments[this.moments.length - 1];
    if (last === undefined) return undefined;
    // Of moments at one instant the one that stops is the one to read.
    for (let index = this.moments.length - 1; index >= 0; index--) {
      const moment = this.moments[index];
      if (moment === undefined || moment.timeUs !== last.timeUs) break;
      if (moment.stop) return moment;
    }
    return last;
  }
}
