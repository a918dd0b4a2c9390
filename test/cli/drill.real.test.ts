import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failing, newPlace, passing, refused } from './command.js';

const { folder, write, run, shell } = newPlace();
const json = (text: string) => JSON.parse(text) as { version: number; results: Record<string, unknown>[] };

describe('exit status of drill', () => {
  it('is 0 when all passed', () => {
    write('a.drill', passing);
    const { status, out, err } = run(['drill', 'a.drill']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/ ok {3}a\.drill .*\n\n1 drill: 1 passed, 0 failed/);
  });

  it('is 1 when a check failed', () => {
    write('a.drill', failing);
    expect(run(['drill', 'a.drill']).status).toBe(1);
  });

  it('is 1 when the world refused a command', () => {
    write('a.drill', refused);
    const { status, out } = run(['drill', 'a.drill']);
    expect(status).toBe(1);
    expect(out).toMatch(/a\.drill:2:1: power on ssc0\n.*ssc0/);
  });

  it('is 2 when a text is wrong, and nothing has run: all problems of all files are shown', () => {
    write('d/a.drill', passing);
    write('d/b.drill', 'nod x ssc\npower off y\n');
    write('d/c.drill', 'node x ssc\nexpect learnd\n');
    const { status, out, err } = run(['drill', 'd']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^d\/b\.drill:1:1: .*did you mean "node"\?$/m);
    expect(err).toMatch(/^d\/b\.drill:2:11: /m);
    expect(err).toMatch(/^d\/c\.drill:2:8: .*did you mean "learned"\?$/m);
    expect(err).toMatch(/3 problems in 2 files; nothing has run\n$/);
  });

  it('is 4 when the nodes of a drill want more memory than a world may have', () => {
    write('a.drill', `repeat 17\nnode e\${i} eee --memory 64MiB\nend\n`);
    const { status, out } = run(['drill', 'a.drill']);
    expect(out).toMatch(/a\.drill:2:1.*\n.*more than 1073741824 bytes of memory in all nodes together.*e17/);
    expect(status).toBe(4);
  });

  it('is 4 when a limit stops a run; the others go on', () => {
    write('a.drill', 'node a ssc\nrepeat 10001\ninject loss\nend\n');
    write('b.drill', passing);
    const { status, out } = run(['drill', '.', '--log', 'off']);
    expect(out).toMatch(/limit/);
    expect(out).toMatch(/2 drills: 1 passed, 1 failed/);
    expect(status).toBe(4);
  });
});

describe('a folder’s run', () => {
  it('ends with counts, and for each failure its line, the reasons and the command that runs just that one', () => {
    write('my drills/sub/x.drill', failing);
    write('my drills/a.drill', passing);
    const { status, out } = run(['drill', 'my drills', '--seed', '5']);
    expect(status).toBe(1);
    expect(out).toMatch(/FAILED my drills\/sub\/x\.drill {2}seed 5/);
    expect(out).toMatch(/my drills\/sub\/x\.drill:10:1: expect abort_session --app client --within 10ms/);
    expect(out).toMatch(/2 drills: 1 passed, 1 failed/);
    const again = /run just this one: rmc-emu (.*)/.exec(out)?.[1] ?? '';
    expect(again).toBe("drill 'my drills/sub/x.drill' --seed 5");
    expect(shell(`node "$MAIN" ${again}`)).toMatchObject({ status: 1, err: '' });
  });

  it('goes through the files in the order of their paths', () => {
    for (const name of ['b/1', 'a/2', 'a/10']) write(`${name}.drill`, passing);
    expect(run(['drill', '.', '--list'])).toMatchObject({
      status: 0,
      out: 'a/10.drill\na/2.drill\nb/1.drill\n',
    });
  });

  it('stops at the first failure with --bail', () => {
    write('a.drill', failing);
    write('b.drill', passing);
    const { status, out } = run(['drill', '.', '--bail', '--seeds', '2']);
    expect(status).toBe(1);
    expect(out).toMatch(/2 drills, 1 run: 0 passed, 1 failed, 3 not run/);
  });

  it('takes only what --filter names', () => {
    write('a.drill', failing);
    write('sub/b.drill', passing);
    expect(run(['drill', '.', '--filter', 'sub/']).status).toBe(0);
    const none = run(['drill', '.', '--filter', 'zzz']);
    expect([none.status, none.err]).toEqual([
      2,
      expect.stringMatching(/none of 2 drills has "zzz" in its path/),
    ]);
  });

  it('says only what failed with --quiet', () => {
    write('a.drill', passing);
    expect(run(['drill', '.', '--quiet'])).toMatchObject({ status: 0, out: '', err: '' });
    write('b.drill', failing);
    const { status, out } = run(['drill', '.', '--quiet']);
    expect(status).toBe(1);
    expect(out).toMatch(/FAILED b\.drill/);
    expect(out).not.toMatch(/a\.drill/);
  });
});

describe('reporters', () => {
  it('json has the shape that machines rely on', () => {
    write('d/a.drill', passing);
    write('d/b.drill', failing);
    const { status, out, err } = run(['drill', 'd', '--reporter', 'json']);
    expect([status, err]).toEqual([1, '']);
    const { version, results } = json(out);
    expect(version).toBe(1);
    expect(results.map((result) => Object.keys(result))).toEqual(
      results.map(() => ['drill', 'file', 'seed', 'passed', 'time_us', 'events', 'digest', 'failures']),
    );
    expect(results).toMatchObject([
      { drill: 'a', file: 'd/a.drill', seed: 1, passed: true, failures: [] },
      { drill: 'b', file: 'd/b.drill', seed: 1, passed: false },
    ]);
    expect(results[0]).toMatchObject({
      time_us: expect.any(Number),
      events: expect.any(Number),
      digest: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(results[1]!['failures']).toEqual([
      {
        line: 10,
        column: 1,
        command: 'expect abort_session --app client --within 10ms',
        message: expect.stringMatching(/abort_session/),
      },
    ]);
  });

  it('json tells of a wrong text too', () => {
    write('a.drill', 'nod x ssc\n');
    const { status, out, err } = run(['drill', 'a.drill', '--reporter', 'json']);
    expect(status).toBe(2);
    expect(err).toMatch(/a\.drill:1:1/);
    expect(json(out).results).toMatchObject([
      { file: 'a.drill', passed: false, digest: '', failures: [{ line: 1, column: 1 }] },
    ]);
  });

  it('can be several, with files', () => {
    write('a.drill', passing);
    const { status, out } = run(['drill', 'a.drill', '--reporter', 'pretty', '--reporter', 'json=out.json']);
    expect(status).toBe(0);
    expect(out).toMatch(/1 passed/);
    expect(json(readFileSync(join(folder(), 'out.json'), 'utf8')).results).toHaveLength(1);
  });

  it('are refused a file that cannot be written, before anything runs', () => {
    write('a.drill', passing);
    const { status, out, err } = run(['drill', 'a.drill', '--reporter', 'json=no/where.json']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/--reporter json=no\/where\.json cannot be written: there is no no\/where\.json/);
  });

  it('colour when they are told to', () => {
    write('a.drill', passing);
    const colored = '\u001b[';
    expect(run(['drill', 'a.drill', '--color']).out).toContain(colored);
    expect(run(['drill', 'a.drill'], '', { FORCE_COLOR: '' }).out).not.toContain(colored);
    expect(run(['drill', 'a.drill', '--no-color'], '', { FORCE_COLOR: '1' }).out).not.toContain(colored);
  });
});

describe('seeds and determinism', () => {
  const random = `${passing.split('\n').slice(0, 7).join('\n')}\nlink loss 20%\nrun 500ms\n`;

  it('--seeds runs seeds s to s+n-1', () => {
    write('a.drill', passing);
    const { out } = run(['drill', 'a.drill', '--seed', '4', '--seeds', '3', '--reporter', 'json']);
    expect(json(out).results.map(({ seed }) => seed)).toEqual([4, 5, 6]);
  });

  it('the same drill and seed give the same digest in two processes and in every log mode', () => {
    write('a.drill', random);
    const digests = ['kept', 'counted', 'off', 'kept'].map(
      (log) => json(run(['drill', 'a.drill', '--log', log, '--reporter', 'json']).out).results[0]!['digest'],
    );
    expect(new Set(digests).size).toBe(1);
  });

  it('another seed gives another run where chance has a part', () => {
    write('a.drill', random);
    const { out } = run(['drill', 'a.drill', '--seeds', '8', '--reporter', 'json']);
    expect(new Set(json(out).results.map(({ digest }) => digest)).size).toBeGreaterThan(1);
  });

  it('--check-determinism runs twice', () => {
    write('a.drill', random);
    expect(run(['drill', 'a.drill', '--check-determinism']).status).toBe(0);
    expect(run(['drill', 'a.drill', '--check-determinism', '--log', 'off']).status).toBe(0);
  });
});

describe('other options', () => {
  it('--define of a folder’s run holds for the drills that have that default; none: a mistake', () => {
    write('d/a.drill', `default kind ssc\n${passing.replace('eee0 eee', `eee0 \${kind}`)}`);
    write('d/b.drill', passing);
    write('d/c.drill', `default kind ssc\n${failing.replace('eee0 eee', `eee0 \${kind}`)}`);
    write('d/e.drill', failing);
    const { status, out } = run(['drill', 'd', '--define', 'kind=eee']);
    expect([status, out]).toEqual([1, expect.stringMatching(/4 drills: 2 passed, 2 failed/)]);
    expect(out).toMatch(/drill d\/c\.drill --seed 1 --define kind=eee\n/);
    expect(out).toMatch(/drill d\/e\.drill --seed 1\n/);
    const wrong = run(['drill', 'd', '--define', 'kimd=eee']);
    expect([wrong.status, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toMatch(
      /--define kimd: none of the 4 drills has a "default kimd"; did you mean kind\?/,
    );
  });

  it('--reporter json gives the line of a wrong text', () => {
    write('a.drill', 'node x ssc\n  power off y  # gone\n');
    const { out } = run(['drill', 'a.drill', '--reporter', 'json']);
    expect(json(out).results[0]!['failures']).toEqual([
      { line: 2, column: 13, command: 'power off y  # gone', message: expect.stringMatching(/no node "y"/) },
    ]);
  });

  it('--out writes the events of each run; with --log counted only of those that failed', () => {
    write('a.drill', passing);
    write('b.drill', failing);
    run(['drill', 'a.drill', 'b.drill', '--out', 'all']);
    run(['drill', 'a.drill', 'b.drill', '--out', 'some', '--log', 'counted']);
    expect(readdirSync(join(folder(), 'all'))).toEqual(['a.seed1.jsonl', 'b.seed1.jsonl', 'results.json']);
    expect(readdirSync(join(folder(), 'some'))).toEqual(['b.seed1.jsonl', 'results.json']);
    expect(run(['drill', '--help']).out.replace(/\s+/g, ' ')).toMatch(
      /the events of each run \(with --log off or counted: of those that failed\)/,
    );
  });

  it('--define gives a variable its value', () => {
    write('a.drill', `default kind ssc\nnode n \${kind}\nnodes\n`);
    expect(run(['drill', 'a.drill', '--define', 'kind=eee']).status).toBe(0);
    const wrong = run(['drill', 'a.drill', '--define', 'kind=abc']);
    expect([wrong.status, wrong.err]).toEqual([2, expect.stringMatching(/a\.drill:2:/)]);
    const unknown = run(['drill', 'a.drill', '--define', 'kimd=eee']);
    expect([unknown.status, unknown.err]).toEqual([2, expect.stringMatching(/kimd.*did you mean "kind"/)]);
  });

  it('--check reads the texts and runs nothing', () => {
    write('a.drill', failing);
    expect(run(['drill', 'a.drill', '--check'])).toMatchObject({
      status: 0,
      out: '1 drill: nothing wrong in the text; nothing has run\n',
    });
    write('b.drill', 'nod\n');
    expect(run(['drill', '.', '--check']).status).toBe(2);
  });

  it('--out leaves the results and the events', () => {
    write('a.drill', passing);
    write('b.drill', failing);
    expect(run(['drill', '.', '--out', 'o/p']).status).toBe(1);
    const out = join(folder(), 'o/p');
    expect(readdirSync(out).sort()).toEqual(['a.seed1.jsonl', 'b.seed1.jsonl', 'results.json']);
    const results = json(readFileSync(join(out, 'results.json'), 'utf8')).results;
    const events = readFileSync(join(out, 'a.seed1.jsonl'), 'utf8').trimEnd().split('\n');
    expect(events).toHaveLength(Number(results[0]!['events']));
    expect(JSON.parse(events[0]!)).toMatchObject({ number: 1, time_us: 0, cause: 0, event: 'command' });
  });

  it('--out keeps the events of failed runs only where the log is not kept', () => {
    write('a.drill', passing);
    write('b.drill', failing);
    run(['drill', '.', '--out', 'o', '--log', 'counted']);
    expect(readdirSync(join(folder(), 'o')).sort()).toEqual(['b.seed1.jsonl', 'results.json']);
  });

  it('--out that cannot be written is said before anything runs', () => {
    write('a.drill', passing);
    const { status, out, err } = run(['drill', 'a.drill', '--out', 'a.drill']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/--out cannot be written/);
  });
});
