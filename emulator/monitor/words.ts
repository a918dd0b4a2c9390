/** One word of a line. */
export interface Word {
  /** Without quotes and escapes, `${…}` replaced. */
  readonly text: string;
  /** From 1, in Unicode characters. */
  readonly column: number;
  /** As written, in Unicode characters. */
  readonly length: number;
  /** Began with a quote or an escape: so it is no option, whatever it looks like. */
  readonly quoted: boolean;
}

/** What is wrong in the splitting of a line. */
export interface WordFault {
  readonly column: number;
  readonly length: number;
  readonly problem: string;
  readonly expected?: string;
  readonly nearest?: string;
}

/** What a `${name}` stands for, or why it has no place here. */
export type Substitute = (
  name: string,
) => string | { readonly problem: string; readonly expected?: string; readonly nearest?: string };

export interface SplitLine {
  readonly words: readonly Word[];
  readonly faults: readonly WordFault[];
  /** Where the comment begins (UTF-16 index), or the end of the line. */
  readonly end: number;
}

const BLANK = /\s/;
/** What a word may hold without quotes and stay the same word. */
const BARE = /^[A-Za-z0-9_.,:;/%@+=<>^~!?*()[\]{}|&-]+$/;

const noSubstitute: Substitute = (name) => ({ problem: `\${${name}} has no meaning here` });

/**
 * Splits a line into words as a shell does: blanks between words, '…' as it stands, "…" with \" \\ \$ and ${name},
 * a backslash before any other character, `#` at the beginning of a word starts a comment.
 */
export function splitLine(line: string, substitute: Substitute = noSubstitute): SplitLine {
  return new Splitter(line, substitute).split();
}

class Splitter {
  readonly #line: string;
  readonly #substitute: Substitute;
  readonly #words: Word[] = [];
  readonly #faults: WordFault[] = [];
  #at = 0;
  /** The column of #counted, counted in characters, so that a long line is walked through once. */
  #column = 1;
  #counted = 0;

  constructor(line: string, substitute: Substitute) {
    this.#line = line;
    this.#substitute = substitute;
  }

  split(): SplitLine {
    for (;;) {
      while (this.#at < this.#line.length && BLANK.test(this.#line[this.#at]!)) this.#at += 1;
      if (this.#at >= this.#line.length || this.#line[this.#at] === '#') break;
      this.#word();
    }
    return { words: this.#words, faults: this.#faults, end: this.#at };
  }

  #word(): void {
    const start = this.#at;
    const column = this.#columnOf(start);
    const quoted = /['"\\]/.test(this.#line[start]!);
    let text = '';
    while (this.#at < this.#line.length && !BLANK.test(this.#line[this.#at]!)) text += this.#piece();
    const length = this.#columnOf(this.#at) - column;
    this.#words.push({ text, column, length, quoted });
  }

  /** One quoted part, escape, `${name}` or plain character. */
  #piece(): string {
    const mark = this.#line[this.#at]!;
    if (mark === "'") return this.#single();
    if (mark === '"') return this.#double();
    if (mark === '$' && this.#line[this.#at + 1] === '{') return this.#name();
    this.#at += 1;
    if (mark !== '\\') return mark;
    const next = this.#line[this.#at];
    if (next === undefined) {
      this.#fault(this.#at - 1, 'a backslash at the end of the line', 'a character after it');
      return '';
    }
    this.#at += 1;
    return next;
  }

  #single(): string {
    const open = this.#at;
    const close = this.#line.indexOf("'", open + 1);
    this.#at = close < 0 ? this.#line.length : close + 1;
    if (close < 0) this.#fault(open, 'a quote that is not closed', "another '");
    return this.#line.slice(open + 1, close < 0 ? this.#line.length : close);
  }

  #double(): string {
    const open = this.#at;
    let text = '';
    this.#at += 1;
    while (this.#at < this.#line.length) {
      const mark = this.#line[this.#at]!;
      if (mark === '"') {
        this.#at += 1;
        return text;
      }
      const next = this.#line[this.#at + 1];
      if (mark === '\\' && next !== undefined && '"\\$'.includes(next)) {
        text += next;
        this.#at += 2;
      } else if (mark === '$' && next === '{') {
        text += this.#name();
      } else {
        text += mark;
        this.#at += 1;
      }
    }
    this.#fault(open, 'a quote that is not closed', 'another "');
    return text;
  }

  #name(): string {
    const open = this.#at;
    const close = this.#line.indexOf('}', open);
    if (close < 0) {
      this.#at = this.#line.length;
      this.#fault(open, 'a name that is not closed', 'a } after it');
      return '';
    }
    this.#at = close + 1;
    const value = this.#substitute(this.#line.slice(open + 2, close));
    if (typeof value === 'string') return value;
    const column = this.#columnOf(open);
    this.#faults.push({ ...value, column, length: this.#columnOf(close + 1) - column });
    return '';
  }

  #fault(at: number, problem: string, expected: string): void {
    const column = this.#columnOf(at);
    this.#faults.push({ column, length: Math.max(1, this.#columnOf(this.#at) - column), problem, expected });
  }

  #columnOf(index: number): number {
    if (index < this.#counted) return columnOf(this.#line, index);
    this.#column += charactersOf(this.#line, this.#counted, index);
    this.#counted = index;
    return this.#column;
  }
}

/** Unicode characters between two UTF-16 positions. */
function charactersOf(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    const isSecondHalf = unit >= 0xdc00 && unit <= 0xdfff && at > 0 && isFirstHalf(text.charCodeAt(at - 1));
    if (!isSecondHalf) count += 1;
  }
  return count;
}

const isFirstHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** The column, from 1 in Unicode characters, of a UTF-16 position. */
export function columnOf(line: string, index: number): number {
  return 1 + charactersOf(line, 0, index);
}

/** A word as it can be written in a line, so that it is read as the same word. */
export function quoteWord(text: string): string {
  if (BARE.test(text) && !text.startsWith('--')) return text;
  if (!text.includes("'")) return `'${text}'`;
  return `"${text.replace(/["\\$]/g, '\\$&')}"`;
}
