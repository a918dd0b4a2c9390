import { describe, expect, it } from 'vitest';
import { parseDrill, problemText } from '../../emulator/index.js';
import { createEmulator, language } from '../../index.js';
import { fabricOf, nodeKinds, scopeOf } from '../../nodes/index.js';
import { lab } from './lab.js';

const words = language();

const SETUP = 'node s ssc\nnode e eee\nnode old ssc --release R1.0.x\napp a --on s\napp b --on e\n';

/** The problems of a line after the set-up, without their place. */
function problems(line: string): readonly string[] {
  const parsed = parseDrill(SETUP + line, 'a.drill', words);
  if (!('problems' in parsed)) return [];
  return parsed.problems.map((problem) => problemText(problem).replace(/^a\.drill:\d+:\d+: /, ''));
}

/** Lines that a drill's text cannot have, and what is said of them. */
const wrongTexts: readonly (readonly [line: string, problem: string])[] = [
  ['node a ssc', 'there is an application "a" already; expected another name'],
  ['app s --on e', 'there is a node "s" already; expected another name'],
  ['node n ssc --memory 4095', 'a node cannot have 4095 bytes; expected from 4KiB to 64MiB'],
  ['node n ssc --memory 65MiB', 'a node cannot have 68157440 bytes; expected from 4KiB to 64MiB'],
  ['app n --on s --heap 127', 'a heap of 127 bytes holds no session block; expected 128 or more'],
  ['set s ipc 10us', 's has no ipc: its RMC is a library (D19)'],
  ['rmc_open a e', '"e" is no address of a server; expected <node>:<port>, as eee0:9'],
  ['rmc_open a e:0', '0 is no port; expected a port from 1 to 65535'],
  ['rmc_open a e:65536', '65536 is no port; expected a port from 1 to 65535'],
  ['rmc_open a e:9x', '"e:9x" is no address of a server; expected <node>:<port>, as eee0:9'],
  ['rmc_open a :e:9', '":e:9" is no address of a server; expected <node>:<port>, as eee0:9'],
  ['rmc_open a f:9', 'there is no node "f"; expected s, e or old'],
  ['set s boot 0s', '0s is out of bounds for boot; expected from 1 to 3600000000 us'],
  ['set s boot 61m', '61m is out of bounds for boot; expected from 1 to 3600000000 us'],
  ['set s window 257', '257 is out of bounds; expected a whole number from 1 to 256'],
  ['power on t --release R1.1', 'there is no node "t"; expected s, e or old'],
  [
    'kill s.rmc',
    'RMC on s is a library in each process, not a process (D19); expected an application, or <node>.rmc',
  ],
  ['kill s.rcm', 'there is no application "s.rcm"; expected a, b or e.rmc'],
  ['hang c', 'there is no application or node "c"; expected a, b, s, e, old or e.rmc'],
  ['inject alloc-failure --count 1', 'it needs --in <app>|<node>.rmc'],
  ['expect delivered a.1', 'it needs --count <n>'],
  ['expect memory a', 'it needs --live <n> or --leaked <n>'],
  ['inspect a', 'inspect a needs an address'],
  ['inspect s', 'inspect s needs an address'],
  ['inspect x.1', 'there is no session, node or application "x.1"'],
  ['inspect /1', 'there is no session, node or application "/1"'],
  ['inspect /a', 'there is no session, node or application "/a"'],
  ['inspect a a.1+0x10z', '"a.1+0x10z" is no address; expected a number, as 0x1000, or client.1+12'],
  ['inspect a 0xg', '"0xg" is no address; expected a number, as 0x1000, or client.1+12'],
  ['memory c', 'there is no node or application "c"; expected s, e, old, a or b'],
  ['rmc_open a e:9 --abort_session shut', '"shut" is no behaviour of abort_session; expected NULL, notify'],
  ['rmc_open a e:9 --abort_session close:1', 'close takes nothing after a colon; expected close'],
  ['rmc_open a e:9 --abort_session reopen', 'reopen takes its targets; expected as reopen:ssc1:9'],
  ['rmc_open a e:9 --abort_session reopen:e', '"e" is no target; expected <node>:<port>, as ssc1:9'],
  ['rmc_open a e:9 --abort_session reopen:e:0', '"e:0" is no target; expected <node>:<port>, as ssc1:9'],
  ['rmc_open a e:9 --abort_session reopen:e:9,s:65536', '"s:65536" is no target'],
  ['rmc_open a e:9 --abort_session reopen:e:9x', '"e:9x" is no target; expected <node>:<port>, as ssc1:9'],
  ['rmc_open a e:9 --abort_session reopen::e:9', '":e:9" is no target; expected <node>:<port>, as ssc1:9'],
  ['rmc_open a e:9 --abort_session :close', '"" is no behaviour of abort_session; expected NULL, notify'],
  ['rmc_open a e:9 --abort_session reopen:f:9', 'there is no node "f"; expected s, e or old'],
  ['rmc_listen a 9 --new_session pool', 'pool takes the number of its blocks; expected as pool:4'],
  ['rmc_listen a 9 --new_session pool:0', 'pool takes the number of its blocks; expected as pool:4'],
  ['rmc_listen a 9 --new_session pool:x4', 'pool takes the number of its blocks; expected as pool:4'],
  ['rmc_listen a 9 --new_session pool:4x', 'pool takes the number of its blocks; expected as pool:4'],
  ['rmc_listen a 9 --new_session slow:,heap', '"" is no duration'],
  ['rmc_listen a 9 --new_session slow', 'slow takes a duration; expected as slow:10ms'],
  ['rmc_listen a 9 --new_session slow:soon', '"soon" is no duration'],
  ['rmc_listen a 9 --new_session slow:5sec', 'did you mean "slow:5s"?'],
  ['rmc_listen a 9 --new_session slow:5ms,pool:x', 'pool takes the number of its blocks; expected as pool:4'],
];

describe('the text of a drill', () => {
  it.each(wrongTexts)('§3 %s: %s', (line, problem) => {
    expect(problems(line)).toHaveLength(1);
    expect(problems(line)[0]).toContain(problem);
  });

  it.each([
    'set e ipc 10us',
    'set e boot 60m',
    'set e boot 1us',
    'rmc_open a e:65535',
    'app client --on e\ninspect client.1',
    'node n ssc --memory 4KiB\nnode m ssc --memory 64MiB\napp n1 --on n --heap 128',
    // A node that comes up again is of the kind and release that it was.
    'power off e\npower on e --release R1.1\nkill e.rmc',
    'rmc_open a e:9 --abort_session reopen:e:1,e:10,e:65535',
    'rmc_listen a 9 --new_session pool:120',
    'rmc_listen a 9 --new_session slow:5ms,slow:1ms,pool:4',
    'rmc_open a e:9 --abort_session slow:1s,reopen:e:9,s:9',
    'hang e',
    'memory e',
    'inspect a.1',
    'inspect b 16',
  ])('§3 %s: nothing is wrong', (line) => {
    expect(problems(line)).toEqual([]);
  });
});

it.each([
  ['power off old\npower on old', 'c', 'rmc_open has no abort_session in R1.0.x; it came with R1.1 (S19)'],
  ['power off s\npower on s --release R1.0.x', 'a', 'rmc_open has no abort_session in R1.0.x'],
])('S19 after %s an application there has the arguments of that release', (lines, app, problem) => {
  const [said, ...more] = problems(`app c --on old\n${lines}\nrmc_open ${app} e:9 --abort_session notify`);
  expect(said).toContain(problem);
  expect(more).toEqual([]);
});

it('§3 a duration that nothing is near to has no nearest word', () => {
  expect(problems('rmc_listen a 9 --new_session slow:soon')[0]).not.toContain('did you mean');
});

it('§3 a session that was given no name adds none', () => {
  const [said] = problems('rmc_open a e:9\nrmc_listen b 9\nrmc_open a e:9 --as c\nrmc_close d');
  expect(said).toBe('there is no session "d"; expected c, a.1 or b.1');
});

it('§3 what follows from a line that is wrong is not told of again', () => {
  const text =
    'node s ssc\napp a --on t\nrmc_listen a 9 --new_session heap\nrmc_open a s:9 --abort_session close';
  const parsed = parseDrill(text, 'a.drill', words);
  expect('problems' in parsed && parsed.problems.map(({ line }) => line)).toEqual([2]);
});

describe('completion', () => {
  it.each([
    ['rmc_open a ', ['s:', 'e:', 'old:']],
    ['memory ', ['s', 'e', 'old', 'a', 'b']],
    ['inspect b c', ['c']],
    ['inspect ', ['c', 's', 'e', 'old', 'a', 'b']],
    ['kill ', ['a', 'b', 'e.rmc']],
    ['hang ', ['a', 'b', 's', 'e', 'old', 'e.rmc']],
    ['rmc_listen b 9 --close_session n', ['notify', 'never-free']],
  ])('§3 "%s": %j', (line, texts) => {
    const emulator = lab(`${SETUP}rmc_open a e:9 --as c`);
    const scope = scopeOf(fabricOf(emulator.world), words);
    expect(words.complete(line, line.length, scope).candidates.map(({ text }) => text)).toEqual(texts);
  });
});

const RUNNING = `${SETUP}rmc_listen b 9 --as l\nrmc_open a e:9 --as c\nrun 1ms`;

describe('what the world refuses', () => {
  it.each([
    ['power off s\napp n --on s', 's is not on'],
    ['inspect c\npower off s\ninspect c', 'the memory of c is gone with its process'],
    ['inspect e 0x7fffffff', '0x7fffffff is outside of the memory'],
    ['inspect a 0', '0x0000 is outside of the memory'],
    ['poke e 0x7fffffff 00', '0x7fffffff is outside of the memory of e'],
    ['kill a\npoke a 0x1000 00', 'a is not running: its memory is gone'],
    ['poke s 0x1000 00', 's has no memory of its own: name an application (D19)'],
    ['expect session c OPEN --same-block c.9', 'there is no session c.9 to compare blocks with'],
    ['expect delivered l/9 --count 1 --within 1ms', 'on l/9, but there is no such session'],
    [
      'expect delivered l/9 --count 0 --given-up 1 --within 1ms',
      'expected 1 given up on l/9, but 0 were given up and 0 came late',
    ],
    [
      'expect delivered l/9 --count 0 --late 1 --within 1ms',
      'expected 1 late on l/9, but 0 were given up and 0 came late',
    ],
  ])('§3 %s: %s', (lines, message) => {
    const emulator = lab(RUNNING);
    expect(() => emulator.command(lines)).toThrow(message);
  });

  it('§5 an application of one’s own takes no commands of the monitor', () => {
    const emulator = createEmulator();
    emulator.addNode('s', nodeKinds[0]!).addApp('own', {});
    expect(() => emulator.command('rmc_open own s:9')).toThrow(
      'own is a program of its own: it takes no commands',
    );
  });

  it('§2 what ends the run is not kept back by the application that met it', () => {
    const emulator = lab(`${RUNNING}\nrun 1s`);
    const late = 'rmc_send c x --count 2 --every 9007199254s';
    expect(() => emulator.command(late)).toThrow('limit reached: the end of virtual time');
  });
});
