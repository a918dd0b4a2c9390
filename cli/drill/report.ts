import type { Problem } from '../../emulator/index.js';
import type { ExitStatus } from '../exitStatus.js';

/** One thing that failed, at a place in the drill's text. */
export interface Failure {
  /** The drill's, or that of a file that it includes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly command: string;
  /** Several lines: what was expected, what came nearest, the chain of causes, the last events of the node. */
  readonly message: string;
}

/** One run of one drill with one seed. */
export interface RunReport {
  /** The drill's name: its file's without folder and ending. */
  readonly drill: string;
  readonly file: string;
  readonly seed: number;
  readonly passed: boolean;
  readonly timeUs: number;
  readonly events: number;
  /** 16 hexadecimal digits; empty when nothing has run. */
  readonly digest: string;
  readonly failures: readonly Failure[];
  /** What the drill's own looks showed, for people. */
  readonly said: readonly string[];
  readonly status: ExitStatus;
  /** The command line that runs just this one. */
  readonly rerun: string;
  /** The command that shows the moment at which it failed; empty where it never ran. */
  readonly look: string;
}

/** How all of it ended. */
export interface Summary {
  readonly drills: number;
  readonly runs: readonly RunReport[];
  /** Runs that did not take place, for `--bail` ended it. */
  readonly notRun: number;
  /** Wall time, for people. */
  readonly elapsedMs: number;
}

/** Tells somebody of the runs, one after the other. */
export interface Reporter {
  /** The texts are wrong, nothing has run and nothing will. */
  problems(problems: readonly Problem[]): void;
  /** `--check`: the texts are right. */
  checked(drills: number): void;
  run(report: RunReport): void;
  end(summary: Summary): void;
}

export type Write = (text: string) => void;
