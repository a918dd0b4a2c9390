import { describe, expect, it } from 'vitest';
import { parseDrill, problemText } from '../../emulator/index.js';
import { createEmulator, language } from '../../index.js';
import { settingDeclarations } from '../../nodes/settings.js';

const words = language();

/** The problems of a drill's text, without their place. */
function problems(text: string): readonly string[] {
  const parsed = parseDrill(text, 'a.drill', words);
  return 'problems' in parsed ? parsed.problems.map((problem) => problemText(problem).slice(8)) : [];
}

const NODE = 'node s ssc\napp a --on s\n';

describe('what the language says to a person', () => {
  it('§3 a name that is taken is told of in right grammar', () => {
    expect(problems(`${NODE}app a --on s`)).toEqual([
      '3:5: there is an application "a" already; expected another name',
    ]);
    expect(problems(`${NODE}node s ssc`)).toEqual([
      '3:6: there is a node "s" already; expected another name',
    ]);
  });

  it('§3 an application without a node is told of once', () => {
    expect(problems('node s ssc\napp a')).toEqual(['2:1: app needs --on <node>: the node that it runs on']);
  });

  it('§3 errors and help of set name every timer', () => {
    const names = settingDeclarations.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(12);
    const [problem] = problems(`${NODE}set s bot 1s`);
    const help = words.help('set').join('\n');
    for (const name of names) {
      expect(problem).toContain(name);
      expect(help).toContain(name);
      expect(words.reference()).toContain(name);
    }
    expect(problem).toContain('did you mean "boot"');
  });

  it('§3 a wrong duration has a nearest right word wherever it stands', () => {
    expect(problems(`${NODE}set s boot 10mss`)[0]).toContain('did you mean "10ms"');
    expect(problems(`${NODE}inject loss --probability 5`)[0]).toContain('did you mean "5%"');
    const slow = `${NODE}rmc_listen a 1 --close_session slow:5sec,notify`;
    expect(problems(slow)[0]).toContain('did you mean "slow:5s,notify"');
  });

  it.each([
    ['expect no message --within 1s', 'expect no has no --within: it takes --for', '--for'],
    ['expect message --for 1s', 'expect has no --for: it takes --within', '--within'],
    ['expect order message,alloc --for 1s', 'expect order has no --for: it takes --within', '--within'],
    ['run until message --for 1s', 'run until has no --for: it takes --within', '--within'],
  ])('§3 %s: %s', (line, message, nearest) => {
    expect(problems(NODE + line)[0]).toContain(`${message}; did you mean "${nearest}"?`);
  });

  it('§3 heal --all: clear has that option, heal needs none', () => {
    const [problem] = problems(`${NODE}heal --all`);
    expect(problem).toMatch(/:6: heal takes no options: alone it heals every link$/);
    expect(problems(`${NODE}heal`)).toEqual([]);
    expect(problems(`${NODE}isolate s --all`)[0]).toMatch(
      /isolate has no option --all: it takes no options$/,
    );
  });

  it('§3 help shows what has to be given, how behaviours are written, and what belongs to the prompt', () => {
    expect(words.help('app')[0]).toBe('app <name> --on <node> [--heap <size>]');
    const listen = words.help('rmc_listen').join('\n');
    expect(listen).toContain('pool:<n>');
    expect(listen).toContain('slow:<duration>[,<B>]');
    expect(words.reference()).toContain('pool:\\<n>'); // no tag, to Markdown
    expect(words.help('save')).toContain('  at the prompt only, not in a drill');
    expect(words.help('run')).not.toContain('  at the prompt only, not in a drill');
  });

  it('§3 help begins with what comes first', () => {
    const groups = words.help().filter((line) => /^[A-Z][a-z ]+$/.test(line));
    expect(groups.slice(0, 10)).toEqual([
      ...['Set up', 'Sessions', 'Failures', 'Bus', 'Faults', 'Running', 'Time travel', 'Looking', 'Checks'],
      'Drill text',
    ]);
  });
});

describe('the memory of a world', () => {
  it('§1 all nodes together have 1 GiB at most, and it shows when it is reached', () => {
    const emulator = createEmulator();
    for (let made = 1; made <= 16; made += 1) emulator.command(`node e${made} eee --memory 64MiB`);
    const more = () => emulator.command('node e17 eee --memory 4KiB');
    expect(more).toThrow('limit reached: more than 1073741824 bytes of memory');
    expect(more).toThrow('e17');
  });
});
