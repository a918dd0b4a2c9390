import type { LoggedEvent } from '../emulator/index.js';
import { field } from './panes/eventText.js';
import type { UiSource } from './source.js';
import { spanText } from './text/times.js';

/** A moment worth a caption; the run stops by itself at those with `stop`, if the person wants that. */
export interface Moment {
  readonly number: number;
  readonly timeUs: number;
  readonly text: string;
  readonly stop: boolean;
  /** A `close_session` with TRUE. */
  readonly frees?: boolean;
}

/** What is to be said of an event; undefined for most. */
export function momentOf(event: LoggedEvent): Moment | undefined {
  const say = (text: string, stop: boolean): Moment => ({
    number: event.number,
    timeUs: event.timeUs,
    text,
    stop,
  });
  const node = field(event, 'node');
  const app = field(event, 'app');
  const session = field(event, 'session');
  switch (event.event) {
    case 'node_down':
      return say(`The power of ${node} is gone and it told nobody. Who will learn of it, and how?`, true);
    case 'node_up':
      return event.timeUs === 0 ? undefined : say(`${node} is up again. What it knew before is gone.`, false);
    case 'process_hang':
      return say(`${app === '' ? node : app} hangs: not dead, but it answers nothing. Who notices?`, true);
    case 'process_exit':
      return exitMoment(event, app === '' ? node : app, say);
    case 'learned':
      return say(learnedText(event, app), true);
    case 'new_session':
      return say(`new_session: ${app} placed the new session's block itself, and will free it.`, false);
    case 'close_session':
      return { ...say(closeText(event, app, session), isTrue(event)), frees: isTrue(event) };
    case 'memory_error':
      return say(`Memory error on ${node}: ${field(event, 'kind')}${app === '' ? '' : ` by ${app}`}.`, true);
    default:
      return undefined;
  }
}

function exitMoment(
  event: LoggedEvent,
  who: string,
  say: (text: string, stop: boolean) => Moment,
): Moment | undefined {
  const reason = field(event, 'reason');
  if (reason === 'power') return undefined;
  const words = reason === 'stop' ? 'has stopped' : reason === 'kill' ? 'was killed' : 'has crashed';
  return say(`${who} ${words}.`, reason !== 'stop');
}

function learnedText(event: LoggedEvent, app: string): string {
  const how = field(event, 'how');
  const after = spanText(Number(event.fields.get('after_us') ?? 0));
  return `${app} knows now that ${field(event, 'about')} failed: ${how}, ${after} later (${field(event, 'rule')}).`;
}

const isTrue = (event: LoggedEvent): boolean => field(event, 'rmc_free_session') === 'TRUE';

function closeText(event: LoggedEvent, app: string, session: string): string {
  return isTrue(event)
    ? `close_session with TRUE: ${app} placed the block of ${session}, and frees it.`
    : `close_session with FALSE: ${app} must not free the block of ${session}.`;
}

/** The moments so far, kept up to date with the log, and cut back when the run goes back. */
export class Story {
  private moments: Moment[] = [];
  private scannedTo = 0;
  private world = -1;

  /** Reads what is new; returns the first new moment at which the run should stop. */
  sync(source: UiSource): Moment | undefined {
    const count = source.eventCount();
    if (source.worldNumber() !== this.world || count < this.scannedTo) {
      this.world = source.worldNumber();
      this.scannedTo = Math.min(this.scannedTo, count);
      this.moments = this.moments.filter((moment) => moment.number <= count);
    }
    let stop: Moment | undefined;
    for (let number = this.scannedTo + 1; number <= count; number++) {
      const moment = momentOf(source.event(number));
      if (moment === undefined) continue;
      this.moments.push(this.joined(moment));
      if (moment.stop) stop ??= moment;
    }
    this.scannedTo = count;
    return stop;
  }

  /** That a failure was learned from a close_session with TRUE is one thing to say. */
  private joined(moment: Moment): Moment {
    const before = this.moments[this.moments.length - 1];
    if (!before?.frees || before.number !== moment.number - 1) return moment;
    return { ...moment, text: moment.text.replace(/ \(\w+\)\.$/, '. TRUE: it frees its block.') };
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
