import { LimitReached } from '../limits.js';
import type { Language } from '../monitor/language.js';
import type { ParsedCommand } from '../monitor/parseCommand.js';
import type { World } from '../world.js';
import type { Drill } from './drillAst.js';
import type { DrillResult } from './result.js';
import { DrillRunner, type RunState } from './runner.js';

export interface DrillRunOptions {
  /** Told what the looks of a drill (events, nodes…) say. */
  readonly said?: (lines: readonly string[], command: ParsedCommand) => void;
}

/** One run of a drill on a new world, in as many pieces as the caller likes. Nothing here waits or blocks. */
export class DrillRun {
  readonly world: World;
  readonly drill: Drill;
  readonly #runner: DrillRunner | undefined;
  #limit: string | undefined;
  /** As the run stood when its last line had passed, before the audit. */
  #end: { readonly digest: string; readonly events: number } | undefined;

  constructor(world: World, drill: Drill, language: Language, options: DrillRunOptions = {}) {
    this.world = world;
    this.drill = drill;
    this.#runner = this.#guarded(
      () =>
        new DrillRunner(world, drill, language, {
          ...(options.said === undefined ? {} : { said: options.said }),
          ending: (runner) => {
            this.#end = { digest: world.log.digest(), events: world.log.count };
            return runner.endChecks();
          },
        }),
    );
  }

  get state(): RunState {
    return this.#limit === undefined ? (this.#runner?.state ?? 'failed') : 'failed';
  }

  /** Goes on for at most `moments` moments (steps of the world, and commands that change it). */
  advance(moments: number = Number.POSITIVE_INFINITY): RunState {
    const runner = this.#runner;
    if (runner === undefined) return this.state;
    this.#guarded(() => {
      for (let done = 0; done < moments && runner.state === 'running'; done += 1) {
        runner.move(Number.POSITIVE_INFINITY);
      }
    });
    return this.state;
  }

  /** How it stands; final once the state is no longer `running`. */
  result(): DrillResult {
    const { world, drill } = this;
    const failures = (this.#runner?.failures ?? []).map(({ place, command, message }) => ({
      ...{ file: place.file, line: place.line, column: place.column, command },
      message: message + place.via.map((step) => `\nincluded at ${step.file}:${step.line}`).join(''),
    }));
    if (this.#limit !== undefined) {
      const { file, line, column } = this.#runner?.place ?? { file: drill.file, line: 1, column: 1 };
      failures.push({ file, line, column, command: '', message: this.#limit });
    }
    const passed = this.state === 'passed';
    return {
      drill: drill.name,
      file: drill.file,
      seed: world.seed,
      passed,
      timeUs: world.nowUs,
      events: this.#end?.events ?? world.log.count,
      digest: this.#end?.digest ?? world.log.digest(),
      checksPassed: this.#runner?.checksPassed ?? 0,
      failures,
      exitCode: passed ? 0 : this.#limit === undefined ? 1 : 4,
    };
  }

  #guarded<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      this.#limit = error.message;
      return undefined;
    }
  }
}

/** Runs a drill to its end. */
export function runDrill(
  world: World,
  drill: Drill,
  language: Language,
  options: DrillRunOptions = {},
): DrillResult {
  const run = new DrillRun(world, drill, language, options);
  run.advance();
  return run.result();
}
