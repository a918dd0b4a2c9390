/** What is wrong with a text that should be JSON: where, and what was expected there. */
export interface JsonProblem {
  readonly offset: number;
  readonly expected: string;
}

const blank = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is what may not stand in a string
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const word = /[^\s,:{}[\]"]+/y;

/**
 * The first place where a text is no JSON, or undefined where it is. JSON.parse does not name the place in every
 * version of Node.js, nor what should stand there.
 */
export function jsonProblem(text: string): JsonProblem | undefined {
  const reader = new Reader(text);
  const problem = reader.value();
  return problem ?? reader.end();
}

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads one value. */
  value(): JsonProblem | undefined {
    this.skip();
    if (this.takes('{')) return this.list('}', () => this.member());
    if (this.takes('[')) return this.list(']', () => this.value());
    if (this.match(string)) return undefined;
    const start = this.at;
    if (!this.match(word)) return this.problem('a value');
    const read = this.text.slice(start, this.at);
    if (/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(read)) return undefined;
    this.at = start;
    return this.problem(
      /^(yes|on)$/i.test(read) ? 'true' : /^(no|off)$/i.test(read) ? 'false' : `"${read}" in quotes`,
    );
  }

  end(): JsonProblem | undefined {
    this.skip();
    return this.at === this.text.length ? undefined : this.problem('the end of the file');
  }

  /** What stands between the brackets, the first of which is read. */
  private list(close: string, item: () => JsonProblem | undefined): JsonProblem | undefined {
    this.skip();
    if (this.takes(close)) return undefined;
    for (;;) {
      const problem = item();
      if (problem !== undefined) return problem;
      this.skip();
      if (this.takes(close)) return undefined;
      if (!this.takes(',')) return this.problem(`"," or "${close}"`);
    }
  }

  private member(): JsonProblem | undefined {
    this.skip();
    if (!this.match(string)) return this.problem('a name in quotes');
    this.skip();
    return this.takes(':') ? this.value() : this.problem('":"');
  }

  private skip(): void {
    this.match(blank);
  }

  private takes(character: string): boolean {
    const isThere = this.text[this.at] === character;
    if (isThere) this.at += 1;
    return isThere;
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private problem(expected: string): JsonProblem {
    return { offset: this.at, expected };
  }
}
