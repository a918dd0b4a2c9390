import type { Language } from '../monitor/language.js';
import type { ParsedCommand } from '../monitor/parseCommand.js';
import type { World } from '../world.js';
import type { Drill } from './drillAst.js';
import type { Executed } from './engine.js';
import type { DrillFailure } from './failure.js';
import type { Position } from './position.js';
import { type Act, DrillRunner, type Moved } from './runner.js';

/** A command of an operator that changed the world, and where the run stood when it was given. */
export interface JournalEntry {
  readonly position: Position;
  /** Events before it. */
  readonly events: number;
  readonly command: ParsedCommand;
}

/** All that a session is made of: from it the run can be made again, up to any position. */
export interface Session {
  readonly makeWorld: () => World;
  readonly drill: Drill | undefined;
  readonly language: Language;
  /** Told what the looks of the drill say; again when the run is made again. */
  readonly said?: (lines: readonly string[]) => void;
}

/** A drill that runs with the commands of a journal put in, each where it was given. */
export class JournalRun {
  readonly runner: DrillRunner;
  readonly acts: Act[] = [];
  readonly #journal: readonly JournalEntry[];
  #next = 0;
  #isQuiet = false;

  /** `ending` runs when the drill's last line has passed; it gives what its end checks found. */
  constructor(session: Session, journal: readonly JournalEntry[], ending: () => readonly DrillFailure[]) {
    this.#journal = journal;
    const { makeWorld, drill, language, said } = session;
    this.runner = new DrillRunner(makeWorld(), drill, language, {
      said: (lines) => {
        if (!this.#isQuiet) said?.(lines);
      },
      ending,
      acted: (act) => {
        this.acts.push(act);
      },
    });
  }

  /** Commands of the journal that have been given. */
  get given(): number {
    return this.#next;
  }

  /** Whether looks of the drill say nothing: it is run again only to find something out. */
  get isQuiet(): boolean {
    return this.#isQuiet;
  }

  quietly<T>(find: () => T): T {
    this.#isQuiet = true;
    try {
      return find();
    } finally {
      this.#isQuiet = false;
    }
  }

  /** One moment of the world, the drill or the journal, no later than `untilUs`. */
  move(untilUs: number): Moved {
    const entry = this.#journal[this.#next];
    if (entry === undefined || entry.position.moment !== this.runner.moment) return this.runner.move(untilUs);
    const { timeUs, isFinished } = entry.position;
    if (isFinished) {
      if (timeUs > untilUs) return this.runner.move(untilUs);
      // There is no moment up to there, so this only brings the time on.
      const moved = this.runner.move(timeUs);
      if (moved !== 'quiet') return moved;
    }
    this.give(entry.command);
    return 'moved';
  }

  /** Gives an operator's command that changes the world. It counts as the journal's next. */
  give(command: ParsedCommand): Executed {
    this.#next += 1;
    return this.runner.command(command);
  }

  /** Moves to a position where a run of the same session once stood. */
  moveTo(position: Position): void {
    while (this.runner.moment < position.moment) {
      if (this.move(Number.POSITIVE_INFINITY) === 'quiet') return;
    }
    if (!position.isFinished) return;
    while (this.runner.move(position.timeUs) === 'ended');
  }

  get held(): readonly unknown[] {
    return [this.runner, this.acts];
  }

  keep(): () => void {
    const next = this.#next;
    return () => {
      this.#next = next;
    };
  }
}
