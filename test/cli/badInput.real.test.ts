import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newPlace, passing } from './command.js';

const { folder, write, run, shell } = newPlace();

/** The message for a drill that is not as it should be: exit status 2, nothing on standard output. */
function refusal(...args: string[]): string {
  const { status, out, err } = run(['drill', ...args]);
  expect([status, out]).toEqual([2, '']);
  expect(err).not.toMatch(/\n\s+at /); // no stack trace
  return err;
}

describe('a drill that', () => {
  it('is not there', () => {
    expect(refusal('x.drill')).toMatch(/there is no file or folder x\.drill/);
    expect(refusal('drils')).toMatch(/there is no file or folder drils/);
  });

  it('is a named pipe, which has no end', () => {
    expect(shell('mkfifo a.drill p && mkdir d && mkfifo d/x.drill').status).toBe(0);
    for (const command of ['drill p', 'ui p', 'monitor p']) {
      const { status, err } = shell(`timeout 20 node "$MAIN" ${command} < /dev/null`);
      expect([command, status, err]).toEqual([command, 2, expect.stringMatching(/p is no regular file/)]);
    }
    expect(refusal('d')).toMatch(/the folder d holds no \*\.drill file/);
    write('b.drill', 'include a.drill\n');
    expect(refusal('b.drill')).toMatch(/b\.drill:1:1: .*a\.drill is no regular file/);
  });

  it('is empty', () => {
    write('a.drill', '');
    expect(refusal('a.drill')).toMatch(/a\.drill:1:1: there is no command in this drill/);
  });

  it('has nothing but comments', () => {
    write('a.drill', '# nothing\n\n');
    expect(refusal('a.drill')).toMatch(/no command/);
  });

  it('is binary', () => {
    write(
      'a.drill',
      Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256),
    );
    expect(refusal('a.drill')).toMatch(/a\.drill:.*no text/);
  });

  it('holds a NUL byte', () => {
    write('a.drill', 'node x ssc\nno\0de\n');
    expect(refusal('a.drill')).toMatch(/a\.drill:2:3: .*NUL/);
  });

  it('has 10 MB', () => {
    write('a.drill', 'node x ssc\n'.repeat(950_000));
    expect(refusal('a.drill')).toMatch(/a\.drill:1:1: the file is too large/);
  });

  it('has 2 MB', () => {
    write('a.drill', '# a comment\n'.repeat(180_000));
    expect(refusal('a.drill')).toMatch(/a\.drill:1:1: the text is too long/);
  });

  it('may not be read', () => {
    write('a.drill', passing);
    const { status, err } = shell(
      'chmod 755 . && chmod 000 a.drill && if [ $(id -u) = 0 ]; then setpriv --reuid=65534 --clear-groups node "$MAIN" drill a.drill; else node "$MAIN" drill a.drill; fi',
    );
    expect([status, err]).toEqual([2, expect.stringMatching(/a\.drill.*no permission/)]);
  });

  it('includes itself', () => {
    write('a.drill', 'include a.drill\n');
    expect(refusal('a.drill')).toMatch(/a\.drill:1:1: a\.drill includes itself/);
  });

  it('includes itself by way of another', () => {
    write('a.drill', 'include sub/b.drill\n');
    write('sub/b.drill', 'include ../a.drill\n');
    expect(refusal('a.drill')).toMatch(/sub\/b\.drill:1:1: .*includes itself.*included at a\.drill:1/);
  });

  it('includes what is not there', () => {
    write('a.drill', 'include b.drill\n');
    expect(refusal('a.drill')).toMatch(/a\.drill:1:.*there is no b\.drill/);
  });

  it('repeats without end', () => {
    write('a.drill', 'repeat 1000000\nrepeat 1000000\nnodes\nend\nend\n');
    expect(refusal('a.drill')).toMatch(/a\.drill:1:1: .*more than/);
    write('b.drill', 'repeat 3\nnodes\n');
    expect(refusal('b.drill')).toMatch(/b\.drill:1:1: this repeat has no end/);
  });
});

describe('a word that nobody knows is shown with its place, what was expected and the nearest right word', () => {
  it.each([
    ['command', 'nodee y ssc', /:1: .*did you mean "node"/],
    ['option', 'node y ssc --relaese R1.1', /:12: .*did you mean "--release"/],
    ['node', 'power off sssc0', /:11: .*did you mean "ssc0"/],
    ['application', 'kill cliient', /:6: .*did you mean "client"/],
    ['session', 'rmc_close cliemt.1', /:11: .*did you mean "client/],
    ['event', 'expect abort_sesion', /:8: .*did you mean "abort_session"/],
    ['field', 'expect learned --abuot eee0', /:16: .*did you mean "--about"/],
    ['duration', 'run 10mss', /:5: .*expected a duration.*did you mean "10ms"/],
    ['size', 'node z ssc --memory 64kb', /:21: .*did you mean "64KiB"/],
    ['probability', 'link loss 5', /:11: .*did you mean "5%"/],
    ['option of a neighbour', 'expect no message --within 1s', /:19: .*it takes --for.*"--for"/],
    ['behaviour', 'rmc_listen client 7 --close_session free-if-tru', /:37: .*did you mean "free-if-true"/],
  ])('%s', (_what, line, message) => {
    write('a.drill', `${passing.split('\n').slice(1, 7).join('\n')}\n${line}\n`);
    const err = refusal('a.drill');
    expect(err).toMatch(message);
    expect(err).toMatch(/^a\.drill:7:/);
  });
});

describe('a command line that', () => {
  it('names a folder without drills', () => {
    mkdirSync(join(folder(), 'e'));
    expect(refusal('e')).toMatch(/the folder e holds no \*\.drill file/);
  });

  it.each([
    [['drll', 'a'], /no command drll.*did you mean drill\?/],
    [['drill', 'a', '--sede', '1'], /no option --sede; did you mean --seed\?/],
    [['compare', 'a.drill'], /compare .*comes later/],
    [['drill', 'a.drill', '--reporter', 'tap'], /tap comes later/],
    [['drill'], /drill needs a file or folder/],
    [['ui', 'nowhere.drill'], /there is no nowhere\.drill/],
    [['monitor', 'nowhere.drill'], /there is no nowhere\.drill/],
  ])('is %j', (args, message) => {
    const { status, out, err } = run(args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/Try: rmc-emu .*--help|nothing has run/);
  });
});

describe('the program', () => {
  it.each([
    [['--help']],
    [['-h']],
    [['drill', '--help']],
    [['ui', '--help']],
    [['monitor', '-h']],
    [['help']],
    [['help', 'drill']],
  ])('helps with %j, and shows nothing that comes later', (args) => {
    const { status, out, err } = run(args);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: rmc-emu/);
    expect(out).not.toMatch(/later|shard|isolate|junit|wireshark/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(120);
  });

  it('says its version', () => {
    expect(run(['--version'])).toMatchObject({ status: 0, out: '0.1.0\n' });
    expect(run(['drill', '--version'])).toMatchObject({ status: 0, out: '0.1.0\n' });
  });

  it('lives with a reader that goes away', () => {
    write('a.drill', passing);
    const { err } = shell('node "$MAIN" drill a.drill --seeds 300 | head -1');
    expect(err).toBe('');
    expect(shell('node "$MAIN" --help | head -1')).toMatchObject({
      err: '',
      out: 'Usage: rmc-emu [ui] [<drill>]\n',
    });
  });
});
