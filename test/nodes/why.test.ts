import { describe, expect, it } from 'vitest';
import { parseDrill, Timeline, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { rmcExtensions } from '../../nodes/index.js';
import { lab } from './lab.js';

const words = language();

/** A prompt that has run these lines. */
function session(lines: string): Timeline {
  const timeline = new Timeline({
    language: words,
    makeWorld: () => new World({ extensions: rmcExtensions }),
  });
  for (const line of lines.trim().split('\n'))
    expect(timeline.command(line.trim()).problem, line).toBeUndefined();
  return timeline;
}

const why = (timeline: Timeline, of: string): readonly string[] => {
  const { lines, problem } = timeline.command(`why ${of}`);
  expect(problem, of).toBeUndefined();
  return lines;
};

const numberIn = (line: string | undefined): number => Number(/@(\d+)/.exec(line ?? '')?.[1]);

const PAIR = `
  node far ssc
  node near ssc
  app server --on far
  app client --on near
  rmc_listen server 9 --close_session notify --as s
  rmc_open client far:9 --abort_session notify --as c
  run 100ms
`;

describe('why', () => {
  it('D15 D30: of a session that was aborted: back to the power that went, each link with a number to go to', () => {
    const timeline = session(`${PAIR}\npower off far\nrun 1s`);
    const lines = why(timeline, 'c');
    expect(lines[0]).toBe('c: OPEN session of client, FAILED');
    const chain = lines.filter((line) => /^ *(because )?\d\.\d/.test(line));
    expect(chain[0]).toContain('session_state');
    expect(chain.at(0)).toContain('state=FAILED');
    expect(lines.join('\n')).toMatch(
      /because .*peer_failed[\s\S]*because .*node_down[\s\S]*because .*'power off far'/,
    );
    const down = numberIn(lines.find((line) => line.includes('because') && line.includes('node_down')));
    expect(timeline.command(`goto @${down}`).problem).toBeUndefined();
    expect(timeline.world.nodes.isOn(timeline.world.nodes.find('far'))).toBe(false);
    expect(timeline.world.log.read(down).event).toBe('node_down');
  });

  it('S3: who changed a block last is found also when the drill ended before', () => {
    const text = `${PAIR}`;
    const parsed = parseDrill(text, 'test.drill', words);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const timeline = new Timeline({
      language: words,
      makeWorld: () => new World({ extensions: rmcExtensions }),
      drill: parsed.drill,
    });
    timeline.play({});
    expect(timeline.state).toBe('passed');
    for (const line of ['rmc_send c hello', 'run 5ms']) timeline.command(line);
    const ofDrill = why(timeline, 'c');
    expect(ofDrill).toEqual(why(session(`${text.trim()}\nrmc_send c hello\nrun 5ms`), 'c'));
    expect(ofDrill.join('\n')).toMatch(/the block of c changed last with [^$]*'rmc_send c hello'/);
  });

  it('S3: a drill may ask again and again: on the way that is run again nobody asks', () => {
    const asked = 'why c\nrun 1ms\n'.repeat(24);
    const parsed = parseDrill(`${PAIR}\nrmc_send c hello\n${asked}`, 'test.drill', words);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const said: string[] = [];
    const timeline = new Timeline({
      language: words,
      makeWorld: () => new World({ extensions: rmcExtensions }),
      drill: parsed.drill,
      said: (lines) => said.push(lines.join('\n')),
    });
    timeline.play({});
    expect(said).toHaveLength(24);
    expect(said.at(-1)).toContain('the block of c changed last');
  });

  it('S17 D14: of an IO that failed: the frames that an injection took, and the injection’s command', () => {
    const timeline = session(`${PAIR}\ninject loss --frame DATA --as gone\nrmc_send c hello\nrun 5s`);
    const { world } = timeline;
    const filter = world.filter('io_done', [['status', 'RMC_ETIMEDOUT']]);
    const failed = filter.next(1);
    expect(failed).toBeGreaterThan(0);
    const text = why(timeline, `@${failed}`).join('\n');
    expect(text).toContain("text='rmc_send c hello'");
    expect(text).toContain('frames from or to near that were lost meanwhile:');
    expect(text).toMatch(/because of .*text='inject loss --frame DATA --as gone'/);
    const dropped = world.filter('frame_dropped', [['reason', 'inject']]).next(1);
    expect(why(timeline, `@${dropped}`).join('\n')).toMatch(/because of .*inject loss/);
  });

  it.each([
    ['cut near far', 'cut', /because of .*'cut near far'/],
    ['link loss 100%', 'loss', /because of .*'link loss 100%'/],
  ])('D17 of a frame lost after `%s`: the command', (command, reason, expected) => {
    const timeline = session(`${PAIR}\n${command}\nrmc_send c hello\nrun 10ms`);
    const dropped = timeline.world.filter('frame_dropped', [['reason', reason]]).next(1);
    expect(why(timeline, `@${dropped}`).join('\n')).toMatch(expected);
  });

  it('D27 of a field of a block: who changed it last, RMC or somebody’s poke', () => {
    const timeline = session(`${PAIR}\nrmc_send c hello\nrun 10ms`);
    expect(why(timeline, 'c+send_accepted').join('\n')).toMatch(
      /field send_accepted of c changed last with @\d+ \(0 → 1\):[\s\S]*'rmc_send c hello'/,
    );
    expect(why(timeline, 'c+port').join('\n')).toMatch(
      /field port of c changed last with @\d+[^:]*:[\s\S]*rmc_open/,
    );
    expect(timeline.command('poke client c+120 ff').problem).toBeUndefined();
    expect(why(timeline, 'c+120').join('\n')).toMatch(
      /byte 120 of c changed last with @\d+ \(0 → 255\):\n.*text='poke client c\+120 ff'/,
    );
  });

  it('D27 of a byte that nobody wrote to: the step in which its memory came to be', () => {
    const timeline = session(PAIR);
    expect(why(timeline, 'c+124').join('\n')).toMatch(/byte 124 of c changed last with @\d+:\n/);
  });

  it('§2 asking changes nothing: neither world nor what comes after', () => {
    const plain = session(`${PAIR}\nrmc_send c hello\nrun 10ms\npower off far\nrun 1s`);
    const asked = session(
      `${PAIR}\nrmc_send c hello\nwhy c+8\nrun 10ms\nwhy c\npower off far\nwhy far\nrun 1s\nwhy client`,
    );
    expect(asked.world.log.digest()).toBe(plain.world.log.digest());
    expect(asked.world.stateDigest()).toBe(plain.world.stateDigest());
  });

  it('S7 D28: of a block at an address: made, freed, and by what', () => {
    const timeline = session(`${PAIR}\nrmc_close c --then-free\nrun 100ms`);
    const freed = timeline.world.filter('free', [['app', 'client']]).next(1);
    const address = String(timeline.world.log.read(freed).fields.get('address'));
    const text = why(timeline, `client ${address}`).join('\n');
    expect(text).toContain('a freed block of client');
    expect(text).toMatch(/made at @\d+ .*freed at @\d+/);
    expect(text).toMatch(/because .*close_done/);
  });

  it('§3 in a drill it tells the chain, and says that only a prompt knows the way back', () => {
    const said = lab(PAIR).command('why c').join('\n');
    expect(said).toContain('c: OPEN session of client, OPEN');
    expect(said).toContain('ask at the prompt');
  });

  it('§3 what is not there is refused with what would be right, and changes nothing', () => {
    const timeline = session(PAIR);
    const digest = timeline.world.log.digest();
    const problem = (line: string) => timeline.command(line).problem;
    expect(problem('why @9999')).toContain('event @9999 has not come; the last is @');
    expect(problem('why nobody')).toContain('there is no session, application or node "nobody"');
    expect(problem('why clinet')).toContain('did you mean "client"?');
    expect(problem('why c+nofield')).toContain('a session block has no field nofield: it has magic,');
    expect(problem('why c+4096')).toContain('has no field 4096');
    expect(problem('why client 0xffffffff')).toContain('is outside of the memory of client');
    expect(problem('why client zzz')).toContain('"zzz" is no address');
    expect(timeline.world.log.digest()).toBe(digest);
    expect(parseDrill('why x', 'x.drill', words)).toHaveProperty('problems');
  });
});
