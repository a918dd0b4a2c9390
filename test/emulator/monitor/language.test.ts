import { describe, expect, it } from 'vitest';
import {
  choice,
  composeLanguage,
  defineCommand,
  duration,
  flag,
  type Language,
  later,
  newName,
  nodeName,
  option,
  optional,
  type Problem,
  repeated,
  required,
  rest,
  type Scope,
  sessionName,
  text,
} from '../../../emulator/index.js';

const seen: unknown[] = [];
const common = { group: 'Test', effect: 'look', help: 'for the tests', examples: [] } as const;

const make = defineCommand({
  ...common,
  name: 'make',
  aliases: ['mk'],
  words: {
    name: required(newName('node'), 'a name'),
    kind: required(choice('kind', ['ssc', 'eee']), 'a kind'),
  },
  options: {
    wait: option(duration, 'a time'),
    tag: repeated(text, 'a tag'),
    fast: flag('at once'),
    program: later('a program'),
  },
  rules: ['S14'],
  check: ({ name, fast }) =>
    name === 'slow' && fast ? [{ at: 'fast', problem: 'slow is not fast (S14)' }] : [],
  declare: ({ name, kind }, scope) => scope.add('node', name, { kind }),
  run: (_context, args) => {
    // The types follow from the declaration.
    const name: string = args.name;
    const kind: 'ssc' | 'eee' = args.kind;
    const wait: number | undefined = args.wait;
    const tags: readonly string[] = args.tag;
    const fast: boolean = args.fast;
    seen.push([name, kind, wait, tags, fast]);
  },
});
const powerOn = defineCommand({
  ...common,
  name: 'power on',
  words: { node: required(nodeName, 'a node'), word: optional(text, 'a text'), more: rest(text, 'more') },
  run: (_context, { node, word, more }) => ({ lines: [node, String(word), ...more] }),
});
const powerOff = defineCommand({ ...common, name: 'power off', run: () => undefined });
const send = defineCommand({
  ...common,
  name: 'send',
  words: { session: required(sessionName, 'a session') },
  run: () => undefined,
});

const language: Language = composeLanguage([
  {
    commands: [make, powerOn, powerOff, send],
    events: [
      {
        name: 'abort_session',
        help: 'told',
        common: ['node', 'app', 'session', 'peer'],
        fields: [
          { name: 'reason', type: 'name', values: ['silence', 'abort'], help: 'why' },
          { name: 'after_us', type: 'us', help: 'how long' },
          { name: 'about', type: 'name', help: 'the node' },
          { name: 'lost', type: 'flag', help: 'whether' },
        ],
      },
      {
        name: 'io_done',
        help: 'done',
        common: ['node'],
        fields: [{ name: 'io', type: 'int', help: 'number' }],
      },
    ],
    frameTypes: ['DATA', 'ACK'],
  },
]);

function scopeWith(): Scope {
  const scope = language.newScope();
  scope.add('node', 'ssc0', { kind: 'ssc' });
  scope.add('node', 'eee0', { kind: 'eee' });
  scope.add('app', 'client');
  scope.add('session', 'server');
  return scope;
}

function problems(line: string): readonly Problem[] {
  const parsed = language.parseLine(line, { file: 'f', line: 1, via: [] }, scopeWith());
  return 'problems' in parsed ? parsed.problems : [];
}

function command(line: string) {
  const parsed = language.parseLine(line, { file: 'f', line: 1, via: [] }, scopeWith());
  if (!('command' in parsed)) throw new Error(`no command: ${problems(line)[0]?.message}`);
  return parsed.command;
}

/** The value that the line's first extra option was read as. */
const extra = (line: string) => command(line).args.get('extra');

describe('a line', () => {
  it('§3 is read into the arguments that the command declares', () => {
    const parsed = command('make n1 eee --tag a --fast --tag="b c" --wait 10ms');
    expect([...parsed.args]).toEqual([
      ['name', 'n1'],
      ['kind', 'eee'],
      ['wait', 10_000],
      ['tag', ['a', 'b c']],
      ['fast', true],
      ['program', undefined],
      ['extra', []],
    ]);
  });

  it('§3 options may stand before words, and -- ends them', () => {
    expect(command('make --fast n1 --wait=1s eee').args.get('kind')).toBe('eee');
    expect(command('power on ssc0 -- --text --more').args.get('more')).toEqual(['--more']);
    expect(command('power on ssc0 "--text"').args.get('word')).toBe('--text');
  });

  it('§3 has one canonical text, which is read as the same line', () => {
    const parsed = command('  mk\tn1   "eee" --wait=10ms --tag "a b" # so');
    expect(parsed.text).toBe("make n1 eee --wait 10ms --tag 'a b'");
    expect(command(parsed.text).text).toBe(parsed.text);
    expect(command(parsed.text).args).toEqual(parsed.args);
    expect(command('power on ssc0 -- --x').text).toBe("power on ssc0 '--x'");
  });

  it('§3 the longest name of several words wins', () => {
    expect(command('power on ssc0').declaration.name).toBe('power on');
    expect(command('run until io_done').declaration.name).toBe('run until');
    expect(command('expect no io_done').declaration.name).toBe('expect no');
    expect(command('goto last io_done').declaration.name).toBe('goto last');
  });

  it('§3 an unknown command names the nearest', () => {
    expect(problems('maek n1 ssc')).toMatchObject([{ column: 1, length: 4, nearest: 'make' }]);
    expect(problems('power of')).toMatchObject([
      { column: 7, nearest: 'off', expected: 'power on or power off' },
    ]);
    expect(problems('power')).toMatchObject([{ column: 1, message: '"power" is not complete' }]);
    expect(problems('poweron ssc0')[0]).toMatchObject({ column: 1, length: 7 });
    expect(problems('"make" n1 ssc')).toHaveLength(1);
  });

  it('§3 what a later version brings says so', () => {
    expect(problems('make n1 ssc --program p.js')).toMatchObject([{ column: 13, length: 9 }]);
  });

  it('§3 an unknown option names the nearest; one without its value says what it is', () => {
    expect(problems('make n1 ssc --wiat 1s')).toMatchObject([{ column: 13, length: 6, nearest: '--wait' }]);
    expect(problems('make n1 ssc --wait')).toMatchObject([
      { column: 13, message: '--wait has no value', expected: duration.describe },
    ]);
    expect(problems('make n1 ssc --wait --fast')[0]?.message).toBe('--wait has no value');
    expect(problems('make n1 ssc --fast=yes')).toMatchObject([
      { column: 20, message: '--fast takes no value' },
    ]);
    expect(problems('make n1 ssc --fast --fast')).toMatchObject([
      { column: 20, message: '--fast is given twice' },
    ]);
    const [none] = problems('power off --x');
    expect(none).toMatchObject({ column: 11, message: 'power off has no option --x: it takes no options' });
    expect(none?.expected).toBeUndefined();
  });

  it('§3 a word too many or too few', () => {
    expect(problems('make n1')).toMatchObject([
      { column: 8, message: '<kind> is missing', expected: 'ssc or eee' },
    ]);
    expect(problems('make n1 ssc eee')).toMatchObject([
      { column: 13, message: '"eee" is one word too many' },
    ]);
  });

  it('§3 a wrong value names its kind, its column, what was expected and the nearest', () => {
    expect(problems('make n1 scs')).toMatchObject([
      { column: 9, length: 3, expected: 'ssc or eee', nearest: 'ssc' },
    ]);
    expect(problems('make n1 ssc --wait 10')).toMatchObject([
      { column: 20, message: '"10" is a duration without its unit' },
    ]);
    expect(problems('power on sc0')).toMatchObject([
      { column: 10, nearest: 'ssc0', expected: 'ssc0 or eee0' },
    ]);
    expect(problems('make 1x ssc')[0]?.message).toBe('"1x" cannot be a name');
    expect(problems('make ssc0 ssc')[0]?.message).toBe('there is a node "ssc0" already');
  });

  it('§3 all problems of a line are reported', () => {
    expect(problems('make 1x scs --wiat 1s --wait 3').map(({ column }) => column)).toEqual([13, 6, 9, 30]);
  });

  it('§3 what the target does not have is refused with its rule, at the argument', () => {
    expect(problems('make slow ssc --fast')).toMatchObject([
      { column: 15, message: 'slow is not fast (S14)' },
    ]);
  });

  it('§3 of <listen>/<n> and <name>.<n> the first part is checked', () => {
    for (const name of ['server', 'server/1', 'client.1', 'client.2/3', 'server.2']) {
      expect(problems(`send ${name}`), name).toEqual([]);
    }
    for (const name of ['client', 'other.1', 'server/0', 'server/x', 'server//1', '/1', '.1', '']) {
      expect(problems(`send "${name}"`), name).toHaveLength(1);
    }
    expect(problems('send sever/1')).toMatchObject([{ nearest: 'server/1' }]);
  });
});

describe('events in a line', () => {
  it('§3 the event and its fields are checked, with the nearest', () => {
    expect(problems('expect abort_sesion')).toMatchObject([{ column: 8, nearest: 'abort_session' }]);
    expect(problems('expect abort_session --raeson silence')).toMatchObject([
      { column: 22, nearest: '--reason' },
    ]);
    expect(problems('expect io_done --reason silence')[0]?.message).toBe('io_done has no field "reason"');
    expect(problems('expect io_done --wihtin 1s')).toMatchObject([{ nearest: '--within' }]);
    expect(problems('expect abort_session --reason silense')).toMatchObject([
      { column: 31, nearest: 'silence' },
    ]);
  });

  it('§3 names in fields are checked: nodes, applications, sessions, peers', () => {
    for (const field of [
      'node ssc0',
      'app client',
      'app eee0.rmc',
      'session client.2',
      'session server/1',
      'peer eee0:5',
      'peer eee0',
      'about eee0.rmc',
      'about eee0',
    ]) {
      expect(problems(`expect abort_session --${field}`), field).toEqual([]);
    }
    for (const field of [
      'node ssc1',
      'app clint',
      'app xxx0.rmc',
      'session other.1',
      'peer eee1:5',
      'peer eee0:x',
      'about eee1',
    ]) {
      expect(problems(`expect abort_session --${field}`), field).toHaveLength(1);
    }
  });

  it('§3 values of fields are read by the field’s type', () => {
    expect(extra('expect abort_session --after_us 1ms')).toEqual([{ name: 'after_us', value: '1000' }]);
    expect(extra('expect abort_session --after_us 1000')).toEqual([{ name: 'after_us', value: '1000' }]);
    expect(extra('expect io_done --io 0x10')).toEqual([{ name: 'io', value: '16' }]);
    expect(problems('expect abort_session --lost yes')[0]?.expected).toBe('TRUE or FALSE');
    expect(problems('expect io_done --io x')).toHaveLength(1);
    expect(problems('expect io_done --io 1 --io 2')[0]?.message).toBe('--io is given twice');
  });

  it('§3 the fields of an order belong to one of its events at least', () => {
    expect(problems('expect order abort_session,io_done --reason silence')).toEqual([]);
    expect(problems('expect order abort_session,io_done --status x')[0]?.message).toContain(
      'has no field "status"',
    );
    expect(problems('expect order io_done')[0]?.message).toContain('two events or more');
    expect(problems('expect order io_done,abort_sesion')).toMatchObject([
      { column: 14, nearest: 'abort_session' },
    ]);
  });

  it('§3 @212 is event 212', () => {
    expect(command('goto @212').args.get('moment')).toEqual({ event: 212 });
    expect(command('goto 1.5s').args.get('moment')).toEqual({ timeUs: 1_500_000 });
    for (const moment of ['212', '@0', '@x', '@', 'now']) expect(problems(`goto ${moment}`)).toHaveLength(1);
  });

  it('§3 frames are filtered by their types, events by any field', () => {
    expect(problems('frames --frame DTAA')).toMatchObject([{ nearest: 'DATA' }]);
    expect(problems('frames --frame DATA --from ssc0 --reason loss')).toEqual([]);
    expect(problems('events --node ssc0 --last 5')).toEqual([]);
    expect(problems('events --nod ssc0')).toMatchObject([{ nearest: '--node' }]);
  });
});

describe('commands of the emulator', () => {
  it('§3 what makes no sense is refused before anything runs', () => {
    for (const line of [
      'cut ssc0 ssc0',
      'heal ssc0',
      'heal ssc0 ssc0',
      'clear',
      'clear x',
      'inject loss --delay 1ms',
      'inject los',
      'inject loss --frame DAT',
      'inject loss --probability 2',
      'link latency 1%',
      'link loss 1ms',
      'link lss 1%',
      'expect io_done --not-before 20s',
      'expect io_done --count 0',
      'run 5',
      'step 0',
      'goto last',
    ]) {
      expect(problems(line), line).toHaveLength(1);
    }
  });

  it('§3 their own examples are right', () => {
    const scope = scopeWith();
    scope.add('app', 'old');
    scope.add('injection', 'slow');
    for (const { examples } of language.commands) {
      for (const example of examples) {
        const parsed = language.parseLine(example, { file: '', line: 1, via: [] }, scope.clone());
        // Examples name events of RMC too, which this language does not have.
        const own =
          'problems' in parsed
            ? parsed.problems.filter(({ message }) => !/event|field|frame type/.test(message))
            : [];
        expect(own, example).toEqual([]);
      }
    }
  });
});

describe('completion', () => {
  const complete = (line: string) => language.complete(line, line.length, scopeWith());
  const words = (line: string) => complete(line).candidates.map((candidate) => candidate.text);

  it('§3 completes names of commands, of several words too', () => {
    expect(words('mak')).toEqual(['make']);
    expect(words('pow')).toEqual(['power']);
    expect(words('power ')).toEqual(['on', 'off']);
    expect(words('run u')).toEqual(['until']);
    expect(words('')).toContain('expect');
  });

  it('§3 completes names, choices, events, options, fields and their values', () => {
    expect(words('power on s')).toEqual(['ssc0']);
    expect(words('make n1 ')).toEqual(['ssc', 'eee']);
    expect(words('make n1 ssc --w')).toEqual(['--wait']);
    expect(words('make n1 ssc --fast --')).not.toContain('--fast');
    expect(words('expect ab')).toEqual(['abort_session']);
    expect(words('expect abort_session --re')).toEqual(['--reason']);
    expect(words('expect abort_session --reason ')).toEqual(['silence', 'abort']);
    expect(words('expect order io_done,ab')).toEqual(['io_done,abort_session']);
    expect(words('frames --frame ')).toEqual(['DATA', 'ACK']);
    expect(complete('make n1 ').usage).toBe(
      'make <name> <kind> [--wait <duration>] [--tag <text>]… [--fast]',
    );
  });

  it('§3 says what the candidate replaces, and counts nothing after the cursor', () => {
    expect(language.complete('power on ss eee0', 11, scopeWith())).toMatchObject({ from: 9, to: 11 });
    expect(words('make x # mak')).toEqual([]);
    expect(words('nonsense x')).toEqual([]);
  });
});

describe('help and the reference', () => {
  it('§3 help lists the commands, and explains one or an event', () => {
    expect(language.help().join('\n')).toContain('power on');
    expect(language.help('make').join('\n')).toContain('--wait  a time: a duration');
    expect(language.help('power').join('\n')).toMatch(/power on .*\npower off/);
    expect(language.help('abort_session').join('\n')).toContain('reason  why: silence | abort');
    expect(language.help('maek')).toEqual(['there is no help on "maek"; did you mean "make"?']);
  });

  it('§3 the reference is made from the command table', () => {
    const reference = language.reference();
    expect(reference.endsWith('\n')).toBe(true);
    expect(reference.split('#### ')).toHaveLength(language.commands.length + 1);
    expect(reference).toContain('| `--wait` | a time | a duration, as 250us, 10ms, 2s or 1m |');
    expect(language.reference()).toBe(reference);
  });
});
