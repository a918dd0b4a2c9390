import type { Act } from '../drill/runner.js';
import { Timeline } from '../drill/timeline.js';
import { type GivenOption, withoutOption } from './mend.js';

/** What a command is in the other world, before it is read there. */
export type Rewrite = (text: string) => string;

/** A command that the other world does not take as it is. */
export interface Loss {
  /** As it was given in the first world. */
  readonly text: string;
  readonly timeUs: number;
  /** Why the other world does not take it. */
  readonly problem: string;
  /** The option that counts as not given there; without one the command is left out. */
  readonly option?: GivenOption;
}

/**
 * A second world beside a session's: it is given the same commands at the same virtual times, each as `rewrite` has it,
 * and stands at the same virtual time. An option that it does not take counts as not given (NULL); a command that it
 * does not take at all is left out; each is told as a loss.
 */
export class Beside {
  readonly #primary: Timeline;
  readonly #rewrite: Rewrite;
  #timeline: Timeline;
  /** Commands of the session that it has been given. */
  #given: Act[] = [];
  /** Steps that it had made when it had been given the last of them. */
  #after = 0;
  #losses: Loss[] = [];
  /** Of the session, when it was last compared: only where that changed may it have taken another way. */
  #run = '';
  #restarts = 0;

  constructor(primary: Timeline, rewrite: Rewrite) {
    this.#primary = primary;
    this.#rewrite = rewrite;
    this.#timeline = this.#newTimeline();
    this.follow();
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  /** How often it was made anew, because the session took another way: what was read of it is old then. */
  get restarts(): number {
    return this.#restarts;
  }

  /** What it did not take of what it was given so far. */
  get losses(): readonly Loss[] {
    const { nowUs } = this.#timeline.world;
    return this.#losses.filter((loss) => loss.timeUs <= nowUs);
  }

  /** Goes where the session stands: to the end of the same instant. */
  follow(): void {
    const acts = this.#primary.acts.filter((act) => act.kind === 'change');
    if (!this.#isAsGiven(acts)) this.#startAnew();
    for (const act of acts.slice(this.#given.length)) {
      this.#goBefore(act);
      this.#give(act);
      this.#given.push(act);
      this.#after = this.#timeline.steps;
    }
    this.#goTo(this.#primary.world.nowUs);
  }

  #newTimeline(): Timeline {
    const { makeWorld, language } = this.#primary.session;
    return new Timeline({ language, makeWorld });
  }

  #startAnew(): void {
    this.#restarts += 1;
    this.#timeline = this.#newTimeline();
    this.#given = [];
    this.#after = 0;
    this.#losses = [];
  }

  /** Whether the session has gone on, or back, from what this world was given, and has taken no other way. */
  #isAsGiven(acts: readonly Act[]): boolean {
    const { generation, branchName, world } = this.#primary;
    // The session has gone back: what comes later at the very instant must not have been yet.
    const next = this.#given[acts.length];
    if (next !== undefined && next.before.timeUs <= world.nowUs) return false;
    const run = `${generation} ${branchName}`;
    const isSameRun = run === this.#run;
    this.#run = run;
    const common = Math.min(acts.length, this.#given.length);
    return isSameRun || this.#given.slice(0, common).every((given, at) => isSame(given, acts[at]!));
  }

  /** To the end of the instant in which a command came; not if another one came just before it. */
  #goBefore({ before }: Act): void {
    const follows = !before.isFinished && this.#given.at(-1)?.before.timeUs === before.timeUs;
    if (follows) this.#timeline.back(this.#timeline.steps - this.#after);
    else this.#goTo(before.timeUs);
  }

  #goTo(timeUs: number): void {
    const { world, position } = this.#timeline;
    if (world.nowUs !== timeUs || !position.isFinished) this.#timeline.gotoTime(timeUs);
  }

  #give(act: Act): void {
    const { language } = this.#primary.session;
    const lost = (problem: string, option?: GivenOption): void => {
      const loss = { text: act.text, timeUs: act.before.timeUs, problem };
      this.#losses.push(option === undefined ? loss : { ...loss, option });
    };
    let text = this.#rewrite(act.text);
    for (;;) {
      const parsed = language.parseLine(text, { file: '', line: 1, via: [] }, this.#timeline.scope);
      if ('blank' in parsed) return;
      if ('command' in parsed) {
        const { refused } = this.#timeline.change(parsed.command);
        if (refused !== undefined) lost(refused);
        return;
      }
      const problem = parsed.problems[0]!;
      const rest = withoutOption(text, problem);
      lost(problem.message, rest?.option);
      if (rest === undefined) return;
      text = rest.text;
    }
  }
}

const isSame = (one: Act, other: Act): boolean =>
  one.text === other.text &&
  one.before.moment === other.before.moment &&
  one.before.timeUs === other.before.timeUs;
