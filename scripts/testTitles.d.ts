/** A test, as its source names it. */
export interface TestTitle {
  /** From the repository's folder. */
  readonly file: string;
  readonly title: string;
  /** The titles of the describes around it, outermost first. */
  readonly within: readonly string[];
}

export function titlesIn(file: string, text: string): readonly TestTitle[];
export function testTitles(root: string): readonly TestTitle[];
