import { type ArgType, fault, listed, type Parsed, withArticle } from './argType.js';
import { nearestWord } from './nearest.js';
import type { Scope } from './scope.js';
import * as values from './values.js';

/** How long a name may be, and what it is made of: free of the marks that the language reads in words. */
const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

/** Microseconds. */
export const duration: ArgType<number> = {
  name: 'duration',
  describe: values.DURATION_FORM,
  parse: values.readDuration,
};

/** Bytes. */
export const size: ArgType<number> = { name: 'size', describe: values.SIZE_FORM, parse: values.readSize };

/** A share of 1. */
export const probability: ArgType<number> = {
  name: 'probability',
  describe: values.PROBABILITY_FORM,
  parse: values.readProbability,
};

/** Bits a second. */
export const bandwidth: ArgType<number> = {
  name: 'bandwidth',
  describe: values.BANDWIDTH_FORM,
  parse: values.readBandwidth,
};

export const hexBytes: ArgType<Uint8Array> = {
  name: 'hex bytes',
  describe: 'an even number of hex digits, as 00ff12',
  parse: values.readHexBytes,
};

/** A whole number from `least` to `most`, decimal or as 0x1f. */
export const integer = (
  name: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): ArgType<number> => ({
  name,
  describe:
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number from ${least}`
      : `a whole number from ${least} to ${most}`,
  parse: (text) => values.readInteger(text, least, most),
});

/** How many: a whole number from 1. */
export const count: ArgType<number> = integer('n', 1);

/** Any word, quoted where it holds spaces. */
export const text: ArgType<string> = {
  name: 'text',
  describe: 'a word, or several in quotes',
  parse: (word) => ({ value: word }),
};

/** A word of what `help` explains: completed word by word where a command has several. */
export const helpTopic: ArgType<string> = {
  name: 'topic',
  describe:
    'a command, an event or another topic that help lists, or a session, an application, a node, an event as @212',
  parse: (word) => ({ value: word }),
  complete: (_prefix, scope, earlier) => {
    const first = earlier.get('topic');
    const begun = typeof first === 'string' ? `${first} ` : '';
    const rests = scope.helpNames
      .filter((name) => name.startsWith(begun))
      .map((name) => name.slice(begun.length));
    const there = begun === '' ? ['session', 'app', 'node'].flatMap((kind) => scope.names(kind)) : [];
    return [...new Set([...rests.map((name) => name.split(' ')[0]!), ...there])];
  },
};

/** The path of a file. */
export const fileName: ArgType<string> = {
  name: 'file',
  describe: 'the path of a file',
  parse: (word) => (word === '' ? fault('the path is empty', 'the path of a file') : { value: word }),
};

/** One of some words. */
export function choice<const T extends string>(name: string, words: readonly T[]): ArgType<T> {
  return {
    name,
    describe: listed(words, words.length),
    words,
    parse: (word) => {
      const value = words.find((each) => each === word);
      if (value !== undefined) return { value };
      return fault(`"${word}" is no ${name}`, listed(words), word, words);
    },
    complete: () => words,
  };
}

/** A name that must be there already, of one of some kinds of the scope. */
export function nameOf(name: string, kinds: readonly string[], what: string = name): ArgType<string> {
  const right = (scope: Scope): readonly string[] => kinds.flatMap((kind) => scope.names(kind));
  return {
    name,
    describe: `the name of ${withArticle(what)}`,
    parse: (word, scope) => {
      if (kinds.some((kind) => scope.has(kind, word))) return { value: word };
      return fault(`there is no ${what} "${word}"`, listed(right(scope)), word, right(scope));
    },
    complete: (_prefix, scope) => right(scope),
  };
}

export const nodeName: ArgType<string> = nameOf('node', ['node']);
export const appName: ArgType<string> = nameOf('app', ['app'], 'application');

/**
 * A name that is made here; `what` is its kind for people. With `again` it may be there already (a session's name, once
 * its session is over).
 */
export function newName(kind: string, again: 'again' | 'new' = 'new', what: string = kind): ArgType<string> {
  const form = 'letters, digits, _ and -, beginning with a letter, 64 at most';
  return {
    name: 'name',
    makes: kind,
    describe: `a new name of ${form}`,
    parse: (word, scope): Parsed<string> => {
      if (!NAME.test(word)) return fault(`"${word}" cannot be a name`, form);
      if (again === 'new' && scope.has(kind, word))
        return fault(`there is ${withArticle(what)} "${word}" already`, 'another name');
      return { value: word };
    },
  };
}

/** What the name of a session may begin with. */
const firsts = (scope: Scope): readonly string[] => [...scope.names('session'), ...scope.names('app')];

/**
 * A session that a line may name. Of `<listen>/<n>` and `<name>.<n>` only the first part can be known before anything
 * runs: it is a session, or the application that the name is made from.
 */
export const sessionName: ArgType<string> = {
  name: 'session',
  describe: 'the name of a session, as client.1 or server/1',
  parse: (word, scope) => {
    const parts = /^([^./]+)((?:\.[1-9]\d*)?(?:\/[1-9]\d*)?)$/.exec(word);
    const made = [...scope.names('session'), ...scope.names('app').map((app) => `${app}.1`)];
    if (parts === null || word.length > 96) {
      return fault(`"${word}" cannot be the name of a session`, 'a name, as client.1 or server/1');
    }
    const [, first, tail] = parts;
    const known = scope.has('session', first!) || (tail !== '' && scope.has('app', first!));
    if (known || scope.has('session', word)) return { value: word };
    const nearest = nearestWord(first!, tail === '' ? scope.names('session') : firsts(scope));
    return {
      ...fault(`there is no session "${word}"`, listed(made)),
      ...(nearest === undefined ? {} : { nearest: nearest + tail }),
    };
  },
  complete: (_prefix, scope) => [...scope.names('session'), ...scope.names('app').map((app) => `${app}.1`)],
};
