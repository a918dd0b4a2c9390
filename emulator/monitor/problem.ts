/** Where a piece of text stands: lines and columns from 1, columns in Unicode characters, a tab being one. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The `include` lines that led to the file, outermost first. */
  readonly via: readonly { readonly file: string; readonly line: number }[];
}

/** What is wrong with a text, found before anything runs. */
export interface Problem extends Place {
  readonly message: string;
  /** What could stand there instead: "a duration, as 250us, 10ms, 2s, 1m". */
  readonly expected?: string;
  /** The right word that is nearest to the one written. */
  readonly nearest?: string;
  /** The line that it stands in, as written; absent where no line is at fault. */
  readonly source?: string;
}

/** A problem without its place: what a reader of one word answers. */
export interface Fault {
  readonly problem: string;
  readonly expected?: string;
  readonly nearest?: string;
}

/** "eee0.drill:3:7" or "1:7" where there is no file. */
export function placeText(place: Place): string {
  const position = `${place.line}:${place.column}`;
  return place.file === '' ? position : `${place.file}:${position}`;
}

/** One line: place, message, what was expected, the nearest right word, and the chain of includes. */
export function problemText(problem: Problem): string {
  const expected = problem.expected === undefined ? '' : `; expected ${problem.expected}`;
  const nearest = problem.nearest === undefined ? '' : `; did you mean "${problem.nearest}"?`;
  const via = problem.via.map((step) => ` (included at ${step.file}:${step.line})`).join('');
  return `${placeText(problem)}: ${problem.message}${expected}${nearest}${via}`;
}
