/** Source texts for one rule: each of `breaks` has to be found, each of `keeps` has to pass. */
export interface Plant {
  readonly rule: string;
  readonly breaks: readonly Case[];
  readonly keeps: readonly Case[];
}

/** Files by path; the finding is expected in the first of them. */
export type Case = Readonly<Record<string, string>>;

/** Several texts, each as the same file. */
export const at = (path: string, ...texts: readonly string[]): readonly Case[] =>
  texts.map((text) => ({ [path]: text }));
