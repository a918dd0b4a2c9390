import { constants } from 'node:os';

const ending = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** What the process does with the terminal when it is ended, stopped, continued or crashes. */
export interface SignalHooks {
  /** Give the terminal back. Called before the process ends or stops; must not throw. */
  release(): void;
  /** Take it again after the process was stopped. */
  resume(): void;
  /** Called once before the process ends by a signal or a crash: keep what has to be kept. */
  ended(): void;
}

/** Exit status of a process that a bug ended. */
const CRASHED = 4;

export interface SignalHandling {
  /** Stops the process as Ctrl-Z does, the terminal given back. */
  suspend(): void;
  /** Ends the process as a signal does. */
  end(signal: (typeof ending)[number]): void;
  /** Takes all handlers away. */
  remove(): void;
}

/**
 * Handles signals and crashes: the terminal is restored, then the process ends with 128 + the signal's number, or with 4
 * and the error on stderr.
 */
export function handleSignals(hooks: SignalHooks): SignalHandling {
  let stopping = false;
  const end = (signal: NodeJS.Signals): void => {
    hooks.release();
    hooks.ended();
    process.exit(128 + constants.signals[signal]);
  };
  const crash = (error: unknown): void => {
    hooks.release();
    hooks.ended();
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(CRASHED);
  };
  const suspend = (): void => {
    if (stopping) return;
    stopping = true;
    hooks.release();
    // The whole job stops, npm and its shell as well, so that the person's shell comes back.
    process.kill(0, 'SIGTSTP');
    process.kill(process.pid, 'SIGSTOP');
  };
  const resume = (): void => {
    stopping = false;
    hooks.resume();
  };
  for (const signal of ending) process.on(signal, end);
  process.on('SIGTSTP', suspend);
  process.on('SIGCONT', resume);
  process.on('uncaughtException', crash);
  return {
    suspend,
    end,
    remove() {
      for (const signal of ending) process.off(signal, end);
      process.off('SIGTSTP', suspend);
      process.off('SIGCONT', resume);
      process.off('uncaughtException', crash);
    },
  };
}
