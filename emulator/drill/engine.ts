import { worldEndChecks } from '../endChecks.js';
import { Claims } from '../monitor/claims.js';
import type { Language } from '../monitor/language.js';
import type { CheckFailure, Engine, Outcome } from '../monitor/outcome.js';
import type { ParsedCommand } from '../monitor/parseCommand.js';
import type { Scope } from '../monitor/scope.js';
import { Refused } from '../refusal.js';
import type { History } from '../why/subject.js';
import type { World } from '../world.js';

/** What became of a command: its outcome, nothing, or why the world refused it. */
export type Executed = Outcome | { readonly refused: string } | undefined;

/** Runs commands on a world, one at a time, and keeps what checks need to know of them. */
export class CommandEngine implements Engine {
  readonly world: World;
  readonly language: Language;
  readonly scope: Scope;
  readonly claims = new Claims();
  /** Set once, by a session that can go back. */
  history: History | undefined;
  #since = { event: 0, timeUs: 0 };
  #auditedUs = -1;

  constructor(world: World, language: Language, scope?: Scope) {
    this.world = world;
    this.language = language;
    this.scope = scope ?? language.newScope();
    world.log.retainFrom(1);
  }

  get since(): { readonly event: number; readonly timeUs: number } {
    return this.#since;
  }

  get auditedUs(): number {
    return this.#auditedUs;
  }

  /**
   * Runs a command. One that changes the world is logged first, as the cause of what it does, and moves *since* to
   * just before itself; unless it is refused before it did anything, then it leaves no trace.
   */
  execute(command: ParsedCommand): Executed {
    const { log } = this.world;
    const isChange = command.declaration.effect === 'change';
    const cause = log.cause;
    const since = this.#since;
    const mark = log.mark();
    try {
      if (isChange) {
        this.#since = { event: log.count, timeUs: this.world.nowUs };
        log.retainFrom(log.count + 1);
        log.cause = this.world.command(command.text);
      }
      const outcome = command.bound.run({ world: this.world, scope: this.scope, engine: this });
      if (isChange) command.bound.declare(this.scope);
      return outcome;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // What was refused has not changed the world: neither is it an event.
      if (isChange && log.takeBack(mark)) this.#since = since;
      return { refused: error.message };
    } finally {
      log.cause = cause;
      this.world.settle();
    }
  }

  /** Logs what only the end of a drill shows (leaks), so that its last checks see it. */
  audit(): void {
    this.#auditedUs = this.world.nowUs;
    for (const extension of this.world.extensions) extension.auditAtEnd?.(this.world);
    this.world.settle();
  }

  /** What must hold at the end of a drill and does not. */
  endChecks(): readonly (CheckFailure & { readonly check: string })[] {
    const checks = [
      ...worldEndChecks,
      ...this.world.extensions.flatMap((extension) => extension.endChecks ?? []),
    ];
    return checks.flatMap((endCheck) =>
      endCheck.check(this.world, this.claims).map((failure) => ({ ...failure, check: endCheck.name })),
    );
  }

  get held(): readonly unknown[] {
    return [this.scope, this.claims];
  }

  keep(): () => void {
    const since = this.#since;
    const auditedUs = this.#auditedUs;
    return () => {
      this.#since = since;
      this.#auditedUs = auditedUs;
    };
  }
}
