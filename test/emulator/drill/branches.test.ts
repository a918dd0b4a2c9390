import { describe, expect, it } from 'vitest';
import { MOST_BRANCHES } from '../../../emulator/drill/branches.js';
import { eventText, type Timeline } from '../../../emulator/index.js';
import { toyTimeline } from './toy.js';

const PAIR = 'toy a\ntoy b\n';
const DRILL = `${PAIR}tick a 30\nrun 50us\nping a b\nrun 1ms\n`;

function give(timeline: Timeline, ...lines: string[]): readonly string[] {
  return lines.flatMap((line) => {
    const { problem, lines: answer } = timeline.command(line);
    expect(problem, line).toBeUndefined();
    return answer;
  });
}

const digestOf = ({ world }: Timeline): readonly string[] => [world.log.digest(), world.stateDigest()];

const textsOf = ({ world }: Timeline): readonly string[] =>
  Array.from({ length: world.log.count }, (_, at) => eventText(world.log.read(at + 1)));

/** `main` says late at 1 ms; `b2` left it at 100 us and said early. */
function twoBranches(): { readonly timeline: Timeline; readonly main: readonly string[] } {
  const timeline = toyTimeline(DRILL);
  give(timeline, 'run 1ms', 'say a late', 'run 1ms');
  const main = digestOf(timeline);
  give(timeline, 'goto 100us', 'say a early', 'run 3ms');
  return { timeline, main };
}

describe('branches', () => {
  it('§2 a command after going back starts one, and branches lists both with where they part', () => {
    const { timeline } = twoBranches();
    const lines = give(timeline, 'branches');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^ {2}main {2}from the start, to 0\.002 000 s, event @\d+$/);
    expect(lines[1]).toMatch(/^\* b2 {4}from main at 0\.000 100 s, after @\d+: say a early, to 0\.003 100 s/);
  });

  it('§2 one goes to another branch and back: each is as it was, events and state', () => {
    const { timeline, main } = twoBranches();
    const own = digestOf(timeline);
    give(timeline, 'branch main');
    expect(digestOf(timeline)).toEqual(main);
    expect(timeline.mode).not.toBe('REWOUND');
    give(timeline, 'branch b2');
    expect(digestOf(timeline)).toEqual(own);
  });

  it('§2 a branch of a branch: the way between any two of three', () => {
    const { timeline, main } = twoBranches();
    const second = digestOf(timeline);
    give(timeline, 'goto 60us', 'say b third', 'run 2ms');
    const third = digestOf(timeline);
    for (const [name, digests] of [
      ['main', main],
      ['b3', third],
      ['b2', second],
      ['b3', third],
      ['main', main],
    ] as const) {
      give(timeline, `branch ${name}`);
      expect(digestOf(timeline), name).toEqual(digests);
    }
    expect(timeline.branches.map(({ name }) => name).sort()).toEqual(['b2', 'b3']);
  });

  it('§2 a branch knows what it shares with the one that the session was on before, whichever that is', () => {
    const { timeline } = twoBranches();
    give(timeline, 'goto 900us', 'say a third', 'run 2ms');
    const logs = new Map<string, readonly string[]>();
    logs.set('b3', textsOf(timeline));
    for (const to of ['main', 'b3', 'b2', 'main', 'b2', 'b3']) {
      const from = timeline.branchName;
      const before = logs.get(from) ?? [];
      give(timeline, `branch ${to}`);
      const now = textsOf(timeline);
      logs.set(to, now);
      const parting = before.findIndex((text, at) => text !== now[at]);
      expect(timeline.sharedWith(from), to).toBe(parting < 0 ? before.length : parting);
    }
  });

  it('§2 a branch that one went back on stays rewound nowhere else: forward goes on along it', () => {
    const { timeline } = twoBranches();
    const own = digestOf(timeline);
    give(timeline, 'back 3', 'branch main', 'back 5', 'branch b2');
    expect(digestOf(timeline)).toEqual(own);
    give(timeline, 'back 4', 'forward 4');
    give(timeline, 'goto 3.1ms');
    expect(digestOf(timeline)).toEqual(own);
  });

  it('§2 diff names the first event at which two part, with both views', () => {
    const { timeline } = twoBranches();
    const text = give(timeline, 'diff main').join('\n');
    const [, event] = /b2 and main part at event @(\d+)/.exec(text) ?? [];
    expect(timeline.world.log.read(Number(event)).fields.get('text')).toBe('say a early');
    expect(text).toContain("text='say a early'");
    expect(text).toMatch(/main: .*@/);
    expect(digestOf(timeline)).toEqual(digestOf(timeline));
  });

  it('§2 a command that is refused after going back leaves the future as it was', () => {
    const timeline = toyTimeline(DRILL);
    give(timeline, 'run 1ms', 'power off b', 'ping a a', 'run 1ms', 'back 1');
    const [at, horizon] = [digestOf(timeline), timeline.horizon];
    expect(timeline.command('power off b').problem).toContain('is off');
    expect(digestOf(timeline)).toEqual(at);
    expect([timeline.branches.length, timeline.horizon, timeline.mode]).toEqual([0, horizon, 'REWOUND']);
  });

  it('§2 such a command takes no branch away, and its text is nowhere in what comes again', () => {
    const timeline = toyTimeline(`${DRILL}run 1s\n`, { checkpoints: { spacingEvents: 3 } });
    timeline.play({});
    for (let made = 0; made <= MOST_BRANCHES; made += 1) {
      give(timeline, 'back 1', `ping a b --value ${made}`, 'run 1ms');
    }
    const names = timeline.branches.map(({ name }) => name);
    expect(names).toHaveLength(MOST_BRANCHES);
    const before = textsOf(timeline);
    give(timeline, 'goto @5');
    expect(timeline.command('power on b').problem).toContain('is on already');
    expect(timeline.branches.map(({ name }) => name)).toEqual(names);
    timeline.gotoEvent(timeline.lastEvent);
    expect(textsOf(timeline)).toEqual(before);
  });

  it('§3 a branch that is not there, or that one is on: a clear message, and nothing has changed', () => {
    const { timeline } = twoBranches();
    const before = digestOf(timeline);
    expect(timeline.command('branch mian').problem).toBe(
      'there is no branch "mian" (there are b2, main); did you mean "main"?',
    );
    expect(timeline.command('diff b9').problem).toContain('there is no branch "b9"');
    expect(timeline.command('branch b2').problem).toBe('b2 is the branch that this session is on');
    expect(timeline.command('branch 7').problems?.[0]).toMatchObject({ column: 8, length: 1 });
    expect(digestOf(timeline)).toEqual(before);
  });
});
