/** A command of the monitor language, read from the text that the log keeps of it. */
export interface CommandSeen {
  /** The first word, or two of them: 'power off'. */
  readonly name: string;
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

/** What a callback of a monitor's application does. */
export interface BehaviourSeen {
  /** 'heap', 'free-if-true', 'reopen'… after a `slow:` its second part; '' for NULL. */
  readonly does: string;
  readonly slowUs: number;
}

const TWO_WORDS = ['power', 'inject', 'link'];
const FLAGS = ['--then-free', '--one-way', '--all'];
const UNITS = new Map([
  ['us', 1],
  ['ms', 1_000],
  ['s', 1_000_000],
  ['m', 60_000_000],
]);

function split(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((part) => part[1] ?? part[2] ?? part[3] ?? '');
}

export function readCommand(text: string): CommandSeen {
  const parts = split(text);
  const [first = '', second = ''] = parts;
  const isTwo = TWO_WORDS.includes(first);
  const options = new Map<string, string>();
  const words: string[] = [];
  const rest = parts.slice(isTwo ? 2 : 1);
  for (let at = 0; at < rest.length; at += 1) {
    const part = rest[at] ?? '';
    if (!part.startsWith('--')) {
      words.push(part);
    } else if (FLAGS.includes(part)) {
      options.set(part, 'yes');
    } else {
      at += 1;
      options.set(part, rest[at] ?? '');
    }
  }
  const name = isTwo ? `${first} ${second}` : first;
  return { name: name === 'partition' ? 'cut' : name, words, options };
}

export function durationUs(text: string): number {
  const read = /^([\d.]+)(us|ms|s|m)$/.exec(text);
  return read === null ? Number(text) : Number(read[1]) * (UNITS.get(read[2] ?? '') ?? 1);
}

/** A probability: `3%` or `0.03`. */
export const chance = (text: string): number =>
  text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);

export function readBehaviour(text: string | undefined, otherwise: string): BehaviourSeen {
  if (text === undefined || text === 'NULL') return { does: '', slowUs: 0 };
  if (!text.startsWith('slow:')) return { does: text, slowUs: 0 };
  const [duration = '', ...then] = text.slice('slow:'.length).split(',');
  const does = then.join(',');
  return { does: does === '' ? otherwise : does, slowUs: durationUs(duration) };
}
