import type { EventDeclaration, FieldDeclaration } from '../events.js';
import { type ArgType, fault, listed, type Parsed } from './argType.js';
import { appName, nameOf, nodeName, sessionName } from './argTypes.js';
import type { AnyOption } from './command.js';
import type { Scope } from './scope.js';
import { DURATION_FORM, readDuration, readInteger } from './values.js';

export const eventName: ArgType<string> = {
  name: 'event',
  describe: 'the name of an event, as abort_session',
  parse: (word, scope) => {
    if (scope.events.has(word)) return { value: word };
    return fault(`there is no event "${word}"`, 'the name of an event', word, scope.events.keys());
  },
  complete: (_prefix, scope) => [...scope.events.keys()],
};

/** Two event names or more, with commas between. */
export const eventNames: ArgType<readonly string[]> = {
  name: 'event,event…',
  describe: 'two events or more, as open_done,close_done',
  parse: (word, scope, earlier): Parsed<readonly string[]> => {
    const names = word.split(',');
    if (names.length < 2) return fault('an order takes two events or more', 'as open_done,close_done');
    for (const name of names) {
      const parsed = eventName.parse(name, scope, earlier);
      if ('problem' in parsed) return parsed;
    }
    return { value: names };
  },
  complete: (prefix, scope) => {
    const done = prefix.slice(0, prefix.lastIndexOf(',') + 1);
    return [...scope.events.keys()].map((name) => done + name);
  },
};

/** `@212`: the number of an event. */
export const eventNumber: ArgType<number> = {
  name: '@event',
  describe: 'the number of an event, as @212',
  parse: (word) => {
    const parts = /^@([1-9]\d{0,14})$/.exec(word);
    return parts === null
      ? fault(`"${word}" is no number of an event`, 'as @212')
      : { value: Number(parts[1]) };
  },
};

/** The names that an event's fields go by. */
export function fieldNames(event: EventDeclaration): readonly string[] {
  return [...event.common, ...event.fields.map((field) => field.name)];
}

/**
 * How the value of a field is read: a text as the log's filter compares it. Names of nodes, applications, sessions
 * and frame types must be known.
 */
export function fieldType(event: EventDeclaration, name: string): ArgType<string> | undefined {
  if (name === 'node' || name === 'app' || name === 'session' || name === 'peer') {
    return event.common.includes(name) ? commonType(name) : undefined;
  }
  const field = event.fields.find((each) => each.name === name);
  return field === undefined ? undefined : declaredType(field);
}

function commonType(name: 'node' | 'app' | 'session' | 'peer'): ArgType<string> {
  if (name === 'node') return nodeName;
  if (name === 'session') return sessionName;
  return name === 'app' ? orProcess(appName) : peer;
}

/** A name, or the process of a node: `eee0.rmc`. */
const orProcess = (type: ArgType<string>): ArgType<string> => ({
  ...type,
  parse: (word, scope, earlier) => {
    const node = /^([^.]+)\.[a-z]+$/.exec(word)?.[1];
    if (node !== undefined && scope.has('node', node)) return { value: word };
    return type.parse(word, scope, earlier);
  },
});

const peer: ArgType<string> = {
  name: 'peer',
  describe: 'the other side: <node>:<port> or <node>',
  parse: (word, scope, earlier): Parsed<string> => {
    const [node, port, ...more] = word.split(':');
    const parsed = nodeName.parse(node!, scope, earlier);
    if ('problem' in parsed) return parsed;
    const right = port === undefined || (more.length === 0 && /^\d{1,5}$/.test(port));
    return right ? { value: word } : fault(`"${word}" is no peer`, '<node>:<port> or <node>');
  },
  complete: (_prefix, scope) => scope.names('node'),
};

/** Fields that hold a node, or a process of one. */
const NODE_FIELDS: readonly string[] = ['from', 'to', 'about'];

function declaredType(field: FieldDeclaration): ArgType<string> {
  if (field.values !== undefined) return oneOfValues(field.name, field.values);
  if (field.type === 'flag') return oneOfValues(field.name, ['TRUE', 'FALSE']);
  if (field.type === 'us') return microseconds;
  if (field.type === 'int' || field.type === 'address') return wholeNumber;
  if (field.type === 'name' && field.name === 'frame') return frameType;
  if (field.type === 'name' && field.name === 'process') return orProcess(appName);
  if (field.type === 'name' && NODE_FIELDS.includes(field.name)) return orProcess(nodeName);
  return { name: field.name, describe: field.help, parse: (word) => ({ value: word }) };
}

/** The type of a frame, as the extensions declare them. */
export const frameType: ArgType<string> = nameOf('frame', ['frame'], 'frame type');

const oneOfValues = (name: string, words: readonly string[]): ArgType<string> => ({
  name,
  describe: listed(words, words.length),
  parse: (word) => {
    if (words.includes(word)) return { value: word };
    return fault(`"${word}" is no value of ${name}`, listed(words), word, words);
  },
  complete: () => words,
});

const wholeNumber: ArgType<string> = {
  name: 'number',
  describe: 'a whole number, as 64 or 0x1000',
  parse: (word) => {
    const read = readInteger(word, 0, Number.MAX_SAFE_INTEGER);
    return 'problem' in read ? read : { value: String(read.value) };
  },
};

const microseconds: ArgType<string> = {
  name: 'duration',
  describe: `${DURATION_FORM}, or a number of microseconds`,
  parse: (word) => {
    const read = /^\d{1,15}$/.test(word) ? { value: Number(word) } : readDuration(word);
    return 'problem' in read ? read : { value: String(read.value) };
  },
};

function declarationsOf(scope: Scope, earlier: ReadonlyMap<string, unknown>): readonly EventDeclaration[] {
  const named = earlier.get('event') ?? earlier.get('events');
  if (named === undefined) return [...scope.events.values()];
  const names = Array.isArray(named) ? named : [named];
  return names.flatMap((name) => (typeof name === 'string' ? (scope.events.get(name) ?? []) : []));
}

/**
 * `--<field> <value>` of the event, or events, that the words `event` or `events` of the same line name. With several
 * events a field has to belong to one of them at least; the others are not held to it. With none named any event's
 * field will do.
 */
export const eventFields: AnyOption<string> = {
  name: 'field',
  help: 'a field of the event that has to have this value; may be given for several fields',
  names: (scope, earlier) => [...new Set(declarationsOf(scope, earlier).flatMap(fieldNames))],
  resolve: (name, scope, earlier) => {
    const events = declarationsOf(scope, earlier);
    for (const event of events) {
      const type = fieldType(event, name);
      if (type !== undefined) return type;
    }
    const right = [...new Set(events.flatMap(fieldNames))];
    const which = earlier.get('event') ?? earlier.get('events') ?? 'no event';
    return fault(
      `${String(which)} has no field "${name}"`,
      listed(right.map((each) => `--${each}`)),
      name,
      right,
    );
  },
};
