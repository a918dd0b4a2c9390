/** One measured figure of a bench program. */
export interface BenchResult {
  /** What was measured: `reliable 64-byte messages, two nodes, window 32, log counted`. */
  readonly name: string;
  readonly value: number;
  /** What the value counts: `messages/CPU s`, `ms`, `ns/event`. */
  readonly unit: string;
  /** What it has to reach, if a figure is set: at least for a rate, at most for a time. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
}

/** What the command line asks of a program. */
export interface BenchOptions {
  /** How long a program measures that measures for a while; left out: as long as it thinks right. */
  readonly seconds?: number;
}

/** A program of this folder exports a function of this type as `run`. */
export type BenchProgram = (
  options: BenchOptions,
) => readonly BenchResult[] | Promise<readonly BenchResult[]>;
