import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_SEEN_CHECKS, runDrill, type Timeline, World } from '../../../emulator/index.js';
import { drillOf, toyExtension, toyLanguage, toyTimeline, toyWorld } from './toy.js';

const PAIR = 'toy a\ntoy b\n';

/** Gives lines that must go well. */
function give(timeline: Timeline, ...lines: string[]): void {
  for (const line of lines) expect(timeline.command(line).problem, line).toBeUndefined();
}

const digestOf = (timeline: Timeline) => [timeline.world.log.digest(), timeline.world.stateDigest()];

/** What a session saves as; with `expect`, checks for what came are in it. */
function savedText(timeline: Timeline, expect = false): string {
  const saved = timeline.save({ expect });
  if ('problem' in saved) throw new Error(saved.problem);
  return saved.text;
}

/** The digest of the drill that a session saves as. */
function savedDigest(timeline: Timeline, expecting = false): string {
  const text = savedText(timeline, expecting);
  const result = runDrill(toyWorld(timeline.world.seed), drillOf(`${text}\n`), toyLanguage);
  expect(result.failures.filter(({ command }) => !command.startsWith('(at the end)'))).toEqual([]);
  return result.digest;
}

const DRILL = `${PAIR}tick a 30\nrun 50us\nping a b\nexpect ponged\nping b a --value 2\nrun 1ms\nexpect no said\n`;

describe('a timeline', () => {
  it('§2 back and forward come to the same world, events and state', () => {
    const timeline = toyTimeline(DRILL);
    const seen: string[][] = [digestOf(timeline)];
    while (timeline.step() > 0 && timeline.steps < 40) seen.push(digestOf(timeline));
    expect(timeline.mode).toBe('ENDED');
    const last = seen.length - 1;
    for (const step of [20, 3, 0, 7, last, last - 1]) {
      if (step < timeline.steps) timeline.back(timeline.steps - step);
      else timeline.forward(step - timeline.steps);
      expect(digestOf(timeline)).toEqual(seen[timeline.steps]);
    }
  });

  it('§2 back N and forward N is the same time too, where nothing was to be seen at the end', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'ping a b', 'run 1s');
    const end = [...digestOf(timeline), timeline.world.nowUs];
    const now = () => [...digestOf(timeline), timeline.world.nowUs];
    for (const steps of [1, 2, 4]) {
      give(timeline, `back ${steps}`, `forward ${steps}`);
      expect(now()).toEqual(end);
      expect(timeline.isRewound).toBe(false);
    }
    for (const moment of [`@${timeline.world.log.count}`, '1us']) {
      give(timeline, `goto ${moment}`);
      const there = now();
      give(timeline, 'back 2', 'forward 2');
      expect(now()).toEqual(there);
    }
  });

  it('§2 the pace changes nothing in the run', () => {
    const whole = runDrill(toyWorld(), drillOf(DRILL), toyLanguage);
    const slow = toyTimeline(DRILL);
    for (let us = 0; slow.state === 'running'; us += 7) slow.play({ untilUs: us });
    expect(slow.world.log.digest()).toBe(whole.digest);
    expect(slow.checks).toEqual({ passed: 2, total: 2 });
  });

  it('§3 back goes back a step, forward no further than the world has been', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'ping a b', 'step');
    expect(timeline.steps).toBe(4);
    give(timeline, 'back');
    expect([timeline.steps, timeline.mode, timeline.horizon]).toEqual([3, 'REWOUND', 4]);
    expect(timeline.command('forward 5').problem).toContain('has been 1 step further than this');
    expect(timeline.command('back 100').problem).toContain('the start is 3 steps back');
    expect(timeline.steps).toBe(3);
    give(timeline, 'forward');
    expect([timeline.steps, timeline.mode]).toEqual([4, 'PAUSED']);
    expect(timeline.command('forward').problem).toContain('has not been further than this');
    give(timeline, 'goto 0s');
    expect(timeline.command('back 1').problem).toBeUndefined();
  });

  it('§3 goto goes to a time, to an event, and to the last event of a kind', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'ping a b', 'run 1ms', 'goto 150us');
    expect(timeline.world.nowUs).toBe(150);
    expect(timeline.world.filter('pinged').next(1)).toBeGreaterThan(0);
    give(timeline, 'goto @4');
    expect(timeline.world.log.count).toBe(4);
    give(timeline, 'goto 1ms', 'goto last pinged --node b');
    expect(timeline.world.nowUs).toBe(100);
    expect(timeline.command('goto @999').problem).toContain('has not come');
    expect(timeline.command('goto last said').problem).toContain('no said has come so far');
  });

  it('§3 goto goes only where the world has been', () => {
    const timeline = toyTimeline(DRILL);
    const before = digestOf(timeline);
    expect(timeline.command('goto 2s').problem).toContain('the world has only been to 0.000 000 s');
    expect(digestOf(timeline)).toEqual(before);
    timeline.gotoTime(2_000_000);
    expect([timeline.world.nowUs, timeline.state]).toEqual([2_000_000, 'passed']);
    give(timeline, 'goto 100us', 'goto 2s');
    expect(timeline.world.nowUs).toBe(2_000_000);
  });

  it('§2 commands given after going back start a branch, and the future that was is kept as data', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'ping a b', 'run 1ms', 'say a late', 'goto 150us');
    expect(timeline.mode).toBe('REWOUND');
    give(timeline, 'say a early');
    expect(timeline.mode).toBe('PAUSED');
    expect(timeline.branches).toHaveLength(1);
    expect(timeline.branches[0]?.journal.map(({ command }) => command.text)).toContain('say a late');
    give(timeline, 'run 1ms');
    expect(timeline.world.filter('said', [['text', 'late']]).next(1)).toBe(0);
  });

  it('§2 going forward again takes the commands of the operator along', () => {
    const timeline = toyTimeline(DRILL);
    give(timeline, 'run 120us', 'say a here', 'run 2ms');
    const end = timeline.world.log.digest();
    give(timeline, 'goto 10us', 'run 3ms');
    expect(timeline.world.log.digest()).toBe(end);
  });

  it('§3 a command that the world refuses leaves no trace', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'power off a', 'run 33us');
    const before = digestOf(timeline);
    const generation = timeline.generation;
    expect(timeline.command('ping a b').problem).toBe('refused: a is off');
    expect(digestOf(timeline)).toEqual(before);
    expect(timeline.world.nowUs).toBe(33);
    expect(timeline.generation).toBeGreaterThan(generation);
    expect(savedDigest(timeline)).toBe(before[0]);
  });

  it('§3 the names at the prompt are those made so far', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b');
    expect(timeline.command('ping a c').problems?.[0]).toMatchObject({ column: 8, length: 1 });
    give(timeline, 'back 1');
    expect(timeline.command('ping a b').problem).toContain('there is no node "b"');
    give(timeline, 'toy b', 'ping a b');
  });

  it('§3 a repeat at the prompt runs when its end has come', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a');
    expect(timeline.command('repeat 3')).toEqual({ lines: [], isOpen: true });
    expect(timeline.command(`say a \${i}`).isOpen).toBe(true);
    give(timeline, 'end');
    expect(timeline.world.log.countOf(timeline.world.eventType('said'))).toBe(3);
  });

  it('§3 an open repeat can be dropped: none of its lines is run, and what comes next is no line of it', () => {
    const timeline = toyTimeline();
    const { prompt } = timeline;
    give(timeline, 'toy a');
    expect([prompt.isOpen, prompt.abandon()]).toEqual([false, false]);
    give(timeline, 'repeat 3', 'repeat 2', 'say a no');
    expect(prompt.isOpen).toBe(true);
    expect([prompt.abandon(), prompt.isOpen, prompt.abandon()]).toEqual([true, false, false]);
    give(timeline, 'say a yes', 'repeat 2', 'say a twice', 'end');
    expect(prompt.isOpen).toBe(false);
    expect(timeline.world.log.countOf(timeline.world.eventType('said'))).toBe(3);
  });

  it('§3 expect at the prompt says that it passed, or why not, and ends nothing', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'ping a b');
    expect(timeline.command('expect pinged').lines).toEqual(['passed: expect pinged']);
    expect(timeline.command('expect said --within 1ms').problem).toContain('0 of 1 came');
    give(timeline, 'say b on');
  });

  it('§3 continue goes on to the end of the drill; when the owner sets the pace it only says so', () => {
    const timeline = toyTimeline(DRILL);
    give(timeline, 'continue');
    expect(timeline.mode).toBe('ENDED');
    const paced = toyTimeline(DRILL, { isPaced: true });
    give(paced, 'continue');
    expect([paced.mode, paced.steps]).toEqual(['RUN', 0]);
    paced.play({});
    expect([paced.mode, paced.state]).toEqual(['ENDED', 'passed']);
  });

  it('§3 the end checks of a drill are made, and leave the digest as it is', () => {
    const timeline = toyTimeline(`${PAIR}leak a\nrun 1ms\n`);
    timeline.play({});
    expect(timeline.state).toBe('failed');
    expect(timeline.failures[0]?.message).toContain('kind=leak');
    expect(timeline.world.filter('memory_error').next(1)).toBe(0);
    expect(savedDigest(timeline)).toBe(timeline.world.log.digest());
  });

  it('§4 a limit stops the world, and going back makes it whole again', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'flood a');
    expect(timeline.command('run 1ms').problem).toContain('limit reached');
    give(timeline, 'back 1', 'say a again');
  });
});

describe('save', () => {
  it('§2 a session saves as a drill of the same digest', () => {
    const timeline = toyTimeline(DRILL);
    give(
      timeline,
      'run 120us',
      'say a "two words"',
      'step 2',
      'ping b a',
      'expect ponged --node b',
      'run 5ms',
    );
    expect(savedDigest(timeline)).toBe(timeline.world.log.digest());
  });

  it('§2 also with commands in the middle of an instant', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'ping a b', 'ping a b --value 2', 'ping a b --value 3', 'step');
    expect(timeline.world.nextTimeUs()).toBe(timeline.world.nowUs);
    give(timeline, 'say a middle', 'step', 'say a later', 'run 0us', 'say a end', 'run 1ms');
    expect(savedDigest(timeline)).toBe(timeline.world.log.digest());
  });

  it('§2 also after going back', () => {
    const timeline = toyTimeline(DRILL);
    give(
      timeline,
      'run 120us',
      'say a one',
      'run 1ms',
      'back 5',
      'say b two',
      'step 3',
      'say b three',
      'run 5ms',
    );
    expect(savedDigest(timeline)).toBe(timeline.world.log.digest());
    timeline.back(4);
    expect(savedDigest(timeline)).toBe(timeline.world.log.digest());
  });

  it('§2 whatever an operator does', () => {
    const line = fc.oneof(
      fc.integer({ min: 0, max: 250 }).map((us) => `run ${us}us`),
      fc.integer({ min: 1, max: 5 }).map((n) => `step ${n}`),
      fc.integer({ min: 1, max: 6 }).map((n) => `back ${n}`),
      fc.integer({ min: 1, max: 6 }).map((n) => `forward ${n}`),
      fc.integer({ min: 0, max: 700 }).map((us) => `goto ${us}us`),
      fc.constantFrom(
        'ping a b',
        'ping b a --value 9',
        'say a x',
        'tick b 4',
        'power off b',
        'power on b --boot 40us',
      ),
      fc.constantFrom(
        'expect ponged --within 300us',
        'expect no said --for 400us',
        'run until pinged --within 200us',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), fc.boolean(), (lines, hasDrill) => {
        const timeline = toyTimeline(hasDrill ? DRILL : undefined);
        if (!hasDrill) give(timeline, 'toy a', 'toy b');
        for (const each of lines) timeline.command(each);
        expect(savedDigest(timeline)).toBe(timeline.world.log.digest());
        expect(savedDigest(timeline, true)).toBe(timeline.world.log.digest());
      }),
      { numRuns: 300 },
    );
  });

  it('§3 with --expect: a check for each kind of thing that came after a command, which has nothing to run for', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'ping a b', 'ping a b', 'run 1ms', 'ping b a', 'run 50us');
    give(timeline, 'say a "not worth a check"', 'step', 'back 1', 'forward 1');
    expect(savedText(timeline, true).split('\n').slice(1)).toEqual([
      'toy a',
      'toy b',
      'ping a b',
      'ping a b',
      'run 1ms',
      'expect pinged --node b --from a --count 2 --within 100us',
      'expect ponged --node a --from b --count 2 --within 200us',
      'ping b a',
      'run 50us',
      "say a 'not worth a check'",
      'step 1',
      'expect pinged --node a --from b --within 50us',
      '',
    ]);
  });

  it('§3 --expect writes no check twice: what was saved so, run and saved again is the same', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'ping a b', 'run 1ms', 'ping b a', 'expect ponged --within 1ms');
    const once = savedText(timeline, true);
    const again = toyTimeline(once);
    give(again, 'continue');
    expect(again.state).toBe('passed');
    expect(savedText(again, true)).toBe(once);
  });

  it('§3 --expect says beforehand what makes the drill fail, as it does the session', () => {
    const timeline = toyTimeline(`${PAIR}call a EBAD\nping a b\nrun 1ms\nexpect said --within 1ms\n`);
    timeline.play({});
    expect(timeline.state).toBe('failed');
    const text = savedText(timeline, true);
    expect(text).toContain('\n# failed: expect said --within 1ms\n');
    expect(text).toContain(
      '\n# it fails, as the session does: (at the end) calls: a call failed and no check named it\n',
    );
    expect(savedDigest(timeline, true)).toBe(timeline.world.log.digest());
  });

  it('§3 --expect of a long session: the checks of its end, and how many are left out', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', 'toy b', 'repeat 300', 'ping a b', 'run 300us', 'end');
    const text = savedText(timeline, true);
    const checks = text.split('\n').filter((line) => line.startsWith('expect '));
    expect(checks).toHaveLength(MOST_SEEN_CHECKS);
    expect(text).toContain('\n# 100 checks for what came earlier left out\n');
    expect(text.split('\n').at(-2)).toMatch(/^expect ponged /);
    expect(savedDigest(timeline, true)).toBe(timeline.world.log.digest());
  });

  it('§4 --expect of what is too long for a drill says so', () => {
    const timeline = toyTimeline();
    give(timeline, 'toy a', ...Array.from({ length: 11 }, () => `say a ${'x'.repeat(100_000)}`));
    expect(timeline.command('save x.drill --expect').problem).toBe('nothing can be saved here');
    const saved = timeline.save({ expect: true });
    expect(saved).toMatchObject({
      problem: expect.stringMatching(/^this is no drill: .*the text is too long/),
    });
  });

  it('§4 --expect does not claim what it cannot show: a world that stopped at a limit within an instant', () => {
    const timeline = toyTimeline(undefined, {
      makeWorld: () => new World({ extensions: [toyExtension], limits: { keptEvents: 5 } }),
    });
    give(timeline, 'toy a', 'toy b', 'ping a b');
    expect(timeline.command('run 1ms').problem).toContain('limit reached');
    expect(timeline.save({ expect: true })).toMatchObject({
      problem: expect.stringMatching(/go back a step/),
    });
    give(timeline, 'back 1');
    expect(savedText(timeline, true)).toContain('toy b');
  });

  it('§4 nor is what stands in the middle of a step a drill without checks', () => {
    const timeline = toyTimeline(undefined, {
      makeWorld: () => new World({ extensions: [toyExtension], limits: { entriesAtOneInstant: 50 } }),
    });
    give(timeline, 'toy a', 'flood a');
    expect(timeline.command('run 1ms').problem).toContain('limit reached');
    const before = timeline.world.log.digest();
    expect(timeline.save()).toEqual({
      problem: expect.stringMatching(/^limit reached: .*: go back a step to save$/),
    });
    expect(timeline.world.log.digest()).toBe(before);
    give(timeline, 'back 1');
    expect(savedDigest(timeline)).toBe(timeline.world.log.digest());
  });

  it('§3 save writes the file, or says why it cannot', () => {
    const files = new Map<string, string>();
    const timeline = toyTimeline(undefined, {
      writeFile: (file, text, force) => {
        if (files.has(file) && !force) return `${file} is there already`;
        files.set(file, text);
        return undefined;
      },
    });
    give(timeline, 'toy a', 'say a x', 'run 1ms', 'save x.drill');
    expect(files.get('x.drill')).toMatch(/^# Saved at .*\ntoy a\nsay a x\nrun 1ms\n$/);
    expect(timeline.command('save x.drill').problem).toBe('x.drill is there already');
    give(timeline, 'save x.drill --force');
    expect(toyTimeline().command('save y.drill').problem).toBe('nothing can be saved here');
    give(timeline, 'toy b', 'ping a b', 'run 1ms');
    const before = [digestOf(timeline), timeline.position];
    give(timeline, 'save z.drill --expect');
    expect(files.get('z.drill')).toContain('expect ponged --node a --from b --within 200us');
    expect(timeline.command('save z.drill --expect').problem).toBe('z.drill is there already');
    expect([digestOf(timeline), timeline.position]).toEqual(before);
  });
});
