/** One option of a command line, as it is parsed and as its help shows it. */
export interface OptionEntry {
  readonly name: string;
  /** `flag`: `--bail`. `value`: once, with a value. `repeat`: with a value, as often as wanted. */
  readonly kind: 'flag' | 'value' | 'repeat';
  /** How the value is written: `<n>`, `<name>[=<file>]`. */
  readonly value?: string;
  readonly help: string;
  /** A flag that is on: its help shows `--no-<name>`. */
  readonly on?: true;
  /** The name is taken, what it stands for is not there yet. */
  readonly later?: true;
}

/** A command of the program. The table of these gives the parsing and the help. */
export interface CommandEntry {
  readonly name: string;
  /** What stands after the program's name. */
  readonly usage: readonly string[];
  readonly summary: string;
  /** Paragraphs, of one line each. */
  readonly about: readonly string[];
  /** How many files or folders it takes. */
  readonly operands: { readonly least: number; readonly most: number; readonly what: string };
  readonly options: readonly OptionEntry[];
  readonly examples: readonly (readonly [line: string, what: string])[];
}

/** A command that has its name and nothing else yet. */
export interface LaterCommand {
  readonly name: string;
  readonly summary: string;
}
