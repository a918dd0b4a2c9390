/** One failure of a drill, as the reporters give it. */
export interface FailureReport {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly command: string;
  /** What was expected, what came nearest, the chain of causes, the last events: several lines. */
  readonly message: string;
}

/** 0 passed; 1 a check failed or the world refused a command; 2 the text is wrong; 3 not deterministic; 4 a limit. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** What became of one drill with one seed. */
export interface DrillResult {
  readonly drill: string;
  readonly file: string;
  readonly seed: number;
  readonly passed: boolean;
  readonly timeUs: number;
  /** Events and digest are those of the run itself: what the audit at its end logs is not in them. */
  readonly events: number;
  readonly digest: string;
  readonly checksPassed: number;
  readonly failures: readonly FailureReport[];
  readonly exitCode: ExitCode;
}
