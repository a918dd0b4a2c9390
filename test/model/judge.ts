import { apply } from './apply.js';
import { type Opinion, ruleBook } from './opinion.js';
import { Picture, type ProcessSeen } from './picture.js';
import { rules } from './rules/all.js';
import { lineOf, type Seen } from './seen.js';

/** Something that has to come. It waits for as long as one of `processes` hangs, or is inside a slow callback. */
export interface Debt {
  readonly rule: string;
  /** What has to come, as a person would say it. */
  readonly what: string;
  readonly dueUs: number | (() => number);
  readonly processes?: readonly ProcessSeen[] | (() => readonly ProcessSeen[]);
  /** What comes back on an EEE takes this longer after its process can go on. */
  readonly slackUs?: number | (() => number);
  /** Asked after each event, once it is in the picture. */
  readonly isMet: (event: Seen) => boolean;
  /** It need not come any more. */
  readonly isVoid?: () => boolean;
}

/** What a rule sees: the picture as it was before the event, and the event. */
export interface Look {
  readonly picture: Picture;
  readonly event: Seen;
  readonly opinion: Opinion;
  owe(debt: Debt): void;
}

/** A rule on some kinds of event. */
export interface Rule {
  readonly rule: string;
  readonly of: readonly string[];
  /** It goes by what the blocks hold: after damage that nobody saw it cannot say (D29). */
  readonly trusts?: 'memory';
  /** What the model expects instead; undefined when the event is allowed. */
  readonly allow?: (look: Look) => string | undefined;
  /** What must follow, once the event is in the picture. */
  readonly after?: (look: Look) => void;
  /** At the end of the drill. */
  readonly end?: (look: Look) => string | undefined;
}

/** Where model and emulator part. */
export interface Disagreement {
  readonly rule: string;
  /** The number of the first event at which they part. */
  readonly event: number;
  readonly model: string;
  readonly emulator: string;
}

interface Owed extends Debt {
  readonly since: Seen;
}

/** Reads a log event by event and says whether the rules allow it. */
export class Judge {
  readonly picture: Picture;
  readonly #opinion: Opinion;
  #debts: Owed[] = [];
  #checkedUs = -1;
  #byKind = new Map<string, Rule[]>();
  /** What was not judged, and why: how often. */
  readonly excused = new Map<string, number>();
  disagreement: Disagreement | undefined;

  constructor(opinion: Opinion = ruleBook) {
    this.#opinion = opinion;
    this.picture = new Picture(opinion);
    for (const rule of rules) {
      for (const kind of rule.of) this.#byKind.set(kind, [...(this.#byKind.get(kind) ?? []), rule]);
    }
  }

  /** The next event; false once the two have parted. */
  take(event: Seen): boolean {
    if (this.disagreement !== undefined) return false;
    this.#overdue(event.timeUs, event);
    if (this.disagreement !== undefined) return false;
    const look = this.#look(event);
    this.picture.nowUs = event.timeUs;
    const able = this.#able(event);
    for (const rule of able) {
      const expected = rule.allow?.(look);
      if (expected !== undefined) return this.#part(rule.rule, event.number, expected, lineOf(event));
    }
    apply(this.picture, event);
    this.#debts = this.#debts.filter((debt) => !debt.isMet(event));
    for (const rule of able) rule.after?.(look);
    return true;
  }

  /** The rules that can judge this event. */
  #able(event: Seen): readonly Rule[] {
    const all = this.#byKind.get(event.event) ?? [];
    const damage = this.picture.damageOf(event);
    if (damage === undefined) return all;
    for (const rule of all) {
      if (rule.trusts !== 'memory') continue;
      const what = `${rule.rule} on ${event.event}: ${damage}`;
      this.excused.set(what, (this.excused.get(what) ?? 0) + 1);
    }
    return all.filter((rule) => rule.trusts !== 'memory');
  }

  /** The drill is over at this time: what was due before has to be there. */
  end(nowUs: number): Disagreement | undefined {
    if (this.disagreement !== undefined) return this.disagreement;
    this.#overdue(nowUs, undefined);
    this.picture.ended = true;
    const last = this.picture.events.at(-1);
    for (const rule of rules) {
      if (rule.end === undefined || last === undefined || this.disagreement !== undefined) continue;
      const expected = rule.end({ ...this.#look(last), event: last });
      if (expected !== undefined) this.#part(rule.rule, last.number, expected, 'the drill ended');
    }
    return this.disagreement;
  }

  #look(event: Seen): Look {
    const { picture } = this;
    return {
      picture,
      event,
      opinion: this.#opinion,
      owe: (debt) => this.#debts.push({ ...debt, since: event }),
    };
  }

  #overdue(nowUs: number, event: Seen | undefined): void {
    if (this.#debts.length === 0) return;
    const kept: Owed[] = [];
    // What is not overdue at an instant is not overdue at the next event of the same instant.
    const isLater = nowUs > this.#checkedUs;
    this.#checkedUs = nowUs;
    for (const debt of this.#debts) {
      if (debt.isVoid?.()) continue;
      const due = isLater ? dueUs(debt) : nowUs;
      if (due < nowUs) {
        const number = event?.number ?? this.picture.events.length + 1;
        const model = `${debt.what}, at the latest at ${due} us (since ${lineOf(debt.since)})`;
        this.#part(debt.rule, number, model, event === undefined ? 'nothing more came' : lineOf(event));
        return;
      }
      kept.push(debt);
    }
    this.#debts = kept;
  }

  #part(rule: string, event: number, model: string, emulator: string): false {
    this.disagreement ??= { rule, event, model, emulator };
    return false;
  }
}

const processesOf = ({ processes = [] }: Debt): readonly ProcessSeen[] =>
  typeof processes === 'function' ? processes() : processes;

/** A time that a change of `ipc` may still put off. */
const nowOf = (us: number | (() => number)): number => (typeof us === 'number' ? us : us());

function dueUs(debt: Debt): number {
  let due = nowOf(debt.dueUs);
  const slack = nowOf(debt.slackUs ?? 0);
  for (const { hung, busyUntilUs, freeSinceUs } of processesOf(debt)) {
    if (hung) return Number.POSITIVE_INFINITY;
    due = Math.max(due, busyUntilUs + slack, freeSinceUs + slack);
  }
  return due;
}

/** Judges a log as a whole. */
export function judgeLog(
  events: readonly Seen[],
  endUs: number,
  opinion: Opinion = ruleBook,
): Disagreement | undefined {
  const judge = new Judge(opinion);
  for (const event of events) {
    if (!judge.take(event)) break;
  }
  return judge.end(endUs);
}
