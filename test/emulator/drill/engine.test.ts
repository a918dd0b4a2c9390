import { describe, expect, it } from 'vitest';
import { runDrill } from '../../../emulator/index.js';
import { drillOf, toyLanguage, toyWorld } from './toy.js';

const run = (source: string, seed = 1, log: 'off' | 'counted' | 'kept' = 'kept') =>
  runDrill(toyWorld(seed, log), drillOf(source), toyLanguage);

const PAIR = 'toy a\ntoy b\n';

describe('the drill engine', () => {
  it('§3 a drill whose checks hold passes with exit code 0', () => {
    const result = run(`${PAIR}ping a b\nexpect ponged --node a --from b --within 200us\n`);
    expect(result.failures).toEqual([]);
    expect(result).toMatchObject({
      passed: true,
      exitCode: 0,
      drill: 'toy',
      seed: 1,
      timeUs: 200,
      checksPassed: 1,
    });
  });

  it('§3 expect runs the world only to the end of the queue entry that satisfies it', () => {
    expect(run(`${PAIR}ping a b\nexpect pinged\n`).timeUs).toBe(100);
  });

  it('§3 expect looks from just before the last command that changed the world', () => {
    expect(run(`${PAIR}ping a b\nrun 1ms\nexpect pinged\n`).passed).toBe(true);
    expect(run(`${PAIR}ping a b\nrun 1ms\nsay a x\nexpect pinged\n`).passed).toBe(false);
    expect(run(`${PAIR}say a x\nexpect said --text x\n`).passed).toBe(true);
  });

  it('§3 a run, a step, a look and a check do not move since', () => {
    const source = `${PAIR}ping a b\nstep\nevents\nexpect pinged\nrun 1ms\nexpect no ticked\nexpect pinged\n`;
    expect(run(source).failures).toEqual([]);
  });

  it('§3 --within counts from since, not from now', () => {
    expect(run(`${PAIR}ping a b\nrun 150us\nexpect ponged --within 199us\n`).passed).toBe(false);
    expect(run(`${PAIR}ping a b\nrun 150us\nexpect ponged --within 200us\n`).passed).toBe(true);
  });

  it('§3 a check whose window lies in the past looks at the log and runs nothing', () => {
    const passed = run(`${PAIR}ping a b\nrun 1s\nexpect ponged --within 200us\n`);
    expect(passed).toMatchObject({ passed: true, timeUs: 1_000_000 });
    const failed = run(`${PAIR}ping a b\nrun 1s\nexpect ponged --within 199us\n`);
    expect(failed).toMatchObject({ passed: false, timeUs: 1_000_000 });
    expect(failed.failures[0]?.message).toContain('after 0.000 199 s');
  });

  it('§3 --not-before leaves out what comes sooner', () => {
    expect(run(`${PAIR}ping a b\nexpect pinged --not-before 100us\n`).passed).toBe(true);
    expect(run(`${PAIR}ping a b\nexpect pinged --not-before 101us --within 1s\n`).passed).toBe(false);
  });

  it('§3 expect --count needs so many', () => {
    const two = `${PAIR}ping a b\nping a b --value 2\n`;
    expect(run(`${two}expect pinged --count 2\n`).passed).toBe(true);
    expect(run(`${PAIR}ping a b\nexpect pinged --count 2\n`).failures[0]?.message).toContain('1 of 2 came');
  });

  it('§3 expect no: the bounds of its window are included', () => {
    expect(run(`${PAIR}ping a b\nexpect no ponged --for 199us\n`)).toMatchObject({
      passed: true,
      timeUs: 199,
    });
    expect(run(`${PAIR}ping a b\nexpect no ponged --for 200us\n`)).toMatchObject({
      passed: false,
      timeUs: 200,
    });
    expect(run(`${PAIR}say a x\nexpect no said\n`).passed).toBe(false);
  });

  it('§3 expect no looks until now where nothing else is said, and runs nothing', () => {
    expect(run(`${PAIR}ping a b\nrun 150us\nexpect no ponged\n`)).toMatchObject({
      passed: true,
      timeUs: 150,
    });
    expect(run(`${PAIR}ping a b\nrun 150us\nexpect no pinged\n`).passed).toBe(false);
  });

  it('§3 expect no --count fails on the nth match', () => {
    const three = `${PAIR}ping a b\ntick a 1\nsay a x\nping a b\nping a b\n`;
    expect(run(`${three}expect no pinged --count 4 --for 1ms\n`).passed).toBe(true);
    expect(run(`${PAIR}say a x\nping a b\nexpect no pinged --count 1 --for 1ms\n`).passed).toBe(false);
  });

  it('§3 expect no with a window in the past does not count what came later', () => {
    expect(run(`${PAIR}ping a b\nrun 1s\nexpect no ponged --for 199us\n`).passed).toBe(true);
    expect(run(`${PAIR}ping a b\nrun 1s\nexpect no ponged --for 200us\n`).passed).toBe(false);
  });

  it('§3 expect order wants the events in that order', () => {
    expect(run(`${PAIR}ping a b\nexpect order pinged,ponged\n`)).toMatchObject({ passed: true, timeUs: 200 });
    const wrong = run(`${PAIR}ping a b\nexpect order ponged,pinged --within 1s\n`);
    expect(wrong).toMatchObject({ passed: false, timeUs: 1_000_000 });
    expect(wrong.failures[0]?.message).toContain('came: 0.000 200 s');
  });

  it('§3 expect order holds a field only against the events that have it', () => {
    const source = `${PAIR}say a x\nping a b\nexpect order frame_sent,pinged,ponged --value 1\n`;
    expect(run(source).passed).toBe(true);
    expect(run(source.replace('--value 1', '--value 2 --within 1ms')).passed).toBe(false);
  });

  it('§3 run includes its end', () => {
    expect(run(`${PAIR}ping a b\nrun 100us\nexpect no ponged\nexpect pinged --within 0us\n`).passed).toBe(
      false,
    );
    expect(run(`${PAIR}ping a b\nrun 100us\nexpect no ponged\nexpect pinged --within 100us\n`)).toMatchObject(
      {
        passed: true,
        timeUs: 100,
      },
    );
  });

  it('§3 run until counts from now, 10 s where nothing else is said, and fails when nothing came', () => {
    expect(run(`${PAIR}ping a b\nrun until ponged\n`)).toMatchObject({ passed: true, timeUs: 200 });
    const never = run(`${PAIR}ping a b\nrun 1ms\nrun until ponged\n`);
    expect(never).toMatchObject({ passed: false, timeUs: 10_001_000, exitCode: 1 });
    expect(run(`${PAIR}ping a b\nrun 1ms\nrun until ponged --within 1ms\n`).timeUs).toBe(2_000);
  });

  it('§3 step is one entry of the queue', () => {
    expect(run(`${PAIR}ping a b\nstep\n`).timeUs).toBe(100);
    expect(run(`${PAIR}ping a b\nstep 2\n`).timeUs).toBe(200);
    expect(run(`${PAIR}ping a b\nstep 3\n`)).toMatchObject({ passed: true, timeUs: 200 });
  });

  it('§3 the first failed check ends the drill', () => {
    const result = run(`${PAIR}ping a b\nexpect ticked --within 1ms\nexpect said\n`);
    expect(result.failures).toHaveLength(1);
    expect(result.failures[0]).toMatchObject({ file: 'toy.drill', line: 4, column: 1 });
    expect(result.failures[0]?.command).toBe('expect ticked --within 1ms');
  });

  it('§3 a failure says what was expected, what came nearest, the chain of causes and the last events', () => {
    const message = run(`${PAIR}ping a b --value 7\nexpect ponged --node a --value 8 --within 1ms\n`)
      .failures[0]?.message;
    expect(message).toContain('expected ponged --node a --value 8: 0 of 1 came');
    expect(message).toContain('value is 7, not 8');
    const chain = message?.slice(message.indexOf('chain of causes:')) ?? '';
    expect(chain).toMatch(
      /ponged.*\n.*frame_delivered.*\n.*frame_sent.*\n.*frame_delivered.*\n.*frame_sent.*\n.*command/,
    );
    expect(chain).toContain("text='ping a b --value 7'");
    expect(chain).toContain('last events of a:');
  });

  it('§3 what the world refuses fails the drill with its line and exit code 1', () => {
    const result = run(`${PAIR}power off a\nping a b\nrun 1s\n`);
    expect(result).toMatchObject({ passed: false, exitCode: 1, timeUs: 0 });
    expect(result.failures[0]).toMatchObject({ line: 4, column: 1, message: 'a is off' });
  });

  it('§4 a limit of the world ends the drill with exit code 4', () => {
    const result = run(`${PAIR}flood a\nrun 1s\n`);
    expect(result).toMatchObject({ passed: false, exitCode: 4 });
    expect(result.failures[0]?.message).toContain('limit reached');
  });

  it('§2 each command that changes the world is an event, and the cause of what it does', () => {
    const world = toyWorld();
    runDrill(world, drillOf(`${PAIR}  ping   a  b   --value=2 # now\nrun 1ms\n`), toyLanguage);
    const sent = world.log.read(world.filter('frame_sent').next(1));
    const command = world.log.read(sent.cause);
    expect(command.event).toBe('command');
    expect(command.fields.get('text')).toBe('ping a b --value 2');
  });

  it('§2 same drill and seed: same digest, in every log mode', () => {
    const source = `${PAIR}tick a 50\nping a b\nexpect ponged\nrun 10ms\nexpect ticked --count 3\n`;
    const kept = run(source);
    expect(kept.passed).toBe(true);
    expect(run(source).digest).toBe(kept.digest);
    expect(run(source, 1, 'counted')).toEqual(kept);
    expect(run(source, 1, 'off')).toEqual(kept);
    expect(run(source, 2).digest).not.toBe(kept.digest);
  });
});

describe('the end checks of a drill', () => {
  it('§3 a call that failed and that no check named fails the drill', () => {
    const result = run(`${PAIR}call a EBAD\nrun 1ms\n`);
    expect(result).toMatchObject({ passed: false, exitCode: 1 });
    expect(result.failures[0]?.command).toContain('calls');
    expect(result.failures[0]).toMatchObject({ line: 4 });
  });

  it('§3 a check names the calls that it matches, when it says their status', () => {
    expect(run(`${PAIR}call a EBAD\nexpect called --status EBAD\n`).passed).toBe(true);
    expect(run(`${PAIR}call a EBAD\nexpect called --node a\n`).passed).toBe(false);
    expect(run(`${PAIR}call a EBAD\ncall b EBAD\nexpect called --node b --status EBAD\n`).passed).toBe(false);
    expect(run(`${PAIR}call a EBAD\ncall b EBAD\nexpect called --status EBAD\n`).passed).toBe(true);
  });

  it('§3 a leak that no check named fails the drill, and is not in its digest', () => {
    const leaking = run(`${PAIR}leak a\nrun 1ms\n`);
    expect(leaking.passed).toBe(false);
    expect(leaking.failures[0]?.message).toContain('kind=leak');
    expect(leaking.events).toBe(3);
  });

  it('§3 as a last line expect memory_error --kind leak sees the end checks, whenever since was', () => {
    expect(run(`${PAIR}leak a\nrun 60s\nexpect memory_error --kind leak --node a\n`).failures).toEqual([]);
    expect(run(`${PAIR}leak a\nrun 1ms\nexpect memory_error --kind leak\nexpect no ticked\n`).passed).toBe(
      true,
    );
    expect(run(`${PAIR}leak a\nrun 1ms\nexpect no memory_error --kind leak\n`).passed).toBe(false);
    expect(run(`${PAIR}run 1ms\nexpect no memory_error --kind leak\n`).passed).toBe(true);
  });

  it('§3 after the audit the windows of other checks are as they were', () => {
    const source = `${PAIR}leak a\nping a b\nrun 60s\nexpect memory_error --kind leak\n`;
    expect(run(`${source}expect no ponged --for 199us\n`).failures).toEqual([]);
    expect(run(`${source}expect ponged --within 199us\n`).passed).toBe(false);
  });

  it('§3 before the last lines a leak is not there yet', () => {
    expect(run(`${PAIR}leak a\nexpect memory_error --kind leak --within 1ms\nrun 1ms\n`).passed).toBe(false);
  });

  it('§3 an inject that never took effect can be seen by an end check', () => {
    const world = toyWorld();
    runDrill(world, drillOf(`${PAIR}inject loss --frame PONG --count 1\nping a b\nrun 1ms\n`), toyLanguage);
    expect(world.injections.unused()).toEqual([]);
    const idle = toyWorld();
    runDrill(idle, drillOf(`${PAIR}inject loss --frame PONG --count 1\nrun 1ms\n`), toyLanguage);
    expect(idle.injections.unused()).toEqual(['inject.1']);
  });
});

describe('the commands of the bus and its faults', () => {
  it('§3 cut, partition and heal', () => {
    expect(run(`${PAIR}cut a b\nping a b\nexpect frame_dropped --reason cut\n`).passed).toBe(true);
    expect(run(`${PAIR}partition a b\nping b a\nexpect frame_dropped --reason cut\n`).passed).toBe(true);
    expect(run(`${PAIR}cut a b --one-way\nping b a\nexpect pinged\n`).passed).toBe(true);
    expect(run(`${PAIR}cut a b\nheal a b\nping a b\nexpect ponged\n`).passed).toBe(true);
    expect(
      run(`${PAIR}isolate a\nping b a\nexpect frame_dropped\nheal\nping b a\nexpect ponged\n`).passed,
    ).toBe(true);
  });

  it('§3 link sets what a link does', () => {
    expect(
      run(`${PAIR}link latency 1ms --from a --to b\nping a b\nexpect pinged --not-before 1ms\n`).passed,
    ).toBe(true);
    expect(run(`${PAIR}link loss 100%\nping a b\nexpect frame_dropped --reason loss\n`).passed).toBe(true);
  });

  it('§3 inject and clear', () => {
    const twice = 'ping a b\nexpect frame_dropped --reason inject\nping a b\nexpect ponged\n';
    expect(run(`${PAIR}inject loss --count 1\n${twice}`).passed).toBe(true);
    const cleared = 'ping a b\nexpect frame_dropped\nclear x\nping a b\nexpect ponged\n';
    expect(run(`${PAIR}inject loss --frame PING --as x\n${cleared}`).passed).toBe(true);
    const delay = run(`${PAIR}inject delay --delay 5ms --to b\nping a b\nexpect pinged --not-before 5ms\n`);
    expect(delay.failures).toEqual([]);
  });
});
