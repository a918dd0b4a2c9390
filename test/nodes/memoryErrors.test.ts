import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../index.js';
import { memoryErrors, told } from '../support/openers.js';

/** A pair of nodes of one kind, with a session `c` between `client` and `server`, both with their LISTEN session. */
function pair(kind: string, policy = 'report'): Emulator {
  const emulator = createEmulator();
  emulator.command(`
    node left ${kind} --policy ${policy}
    node right ${kind} --policy ${policy}
    app client --on left --heap 256
    app server --on right
    rmc_listen server 9 --close_session notify --as s
    rmc_open client right:9 --as c
    expect session c OPEN --within 1ms`);
  return emulator;
}

const CLOSED = 'rmc_close c --then-free\nexpect close_done --session c --within 1ms';

/** Each kind of memory error of D28, with the least that brings it about, and whose mistake it is. */
const ways = [
  ['double-free', `${CLOSED}\nfree c`, 'client'],
  ['invalid-free', 'free s/1', 'server'],
  ['free-in-use', 'free c', 'client'],
  ['use-after-free', `${CLOSED}\nrmc_send c x`, 'client'],
  ['out-of-bounds', 'poke client c+128 00', 'client'],
  ['corrupted', 'poke client c 00\nrmc_send c x', 'client'],
] as const;

describe.each(['ssc', 'eee'])('on an %s', (kind) => {
  it.each(ways)('D28 %s takes effect, once', (error, lines, app) => {
    const emulator = pair(kind);
    emulator.command(lines);
    expect(told(emulator, 'memory_error', 'app', 'kind')).toEqual([`${app} ${error}`]);
  });

  it.each(ways)('D29 %s under trap ends the process whose mistake it is', (_error, lines, app) => {
    const emulator = pair(kind, 'trap');
    emulator.command(lines);
    expect(told(emulator, 'process_exit', 'app', 'reason')).toEqual([`${app} crash`]);
  });

  it('D28 out-of-memory takes effect, and ends nobody under trap', () => {
    const emulator = pair(kind, 'trap');
    emulator.command('rmc_open client right:9 --as d\nrmc_open client right:9 --as e');
    expect(told(emulator, 'memory_error', 'app', 'kind', 'address')).toEqual(['client out-of-memory 0']);
    expect(told(emulator, 'rmc_open', 'session', 'status')).toContain('e RMC_ENOMEM');
    expect(emulator.events('process_exit')).toEqual([]);
  });

  it('D28 leak is found when the process exits, not when it is killed', () => {
    const left = 'rmc_close c\nexpect close_done --session c --within 1ms';
    const stopped = pair(kind);
    stopped.command(`${left}\nstop client`);
    expect(memoryErrors(stopped)).toEqual(['leak']);
    const killed = pair(kind);
    killed.command(`${left}\nkill client`);
    expect(memoryErrors(killed)).toEqual([]);
  });

  it('D28 what is reported is not carried out', () => {
    const emulator = pair(kind);
    emulator.command('free c\nfree s/1\nfree s\nrmc_send c hello\nexpect message --session s/1 --within 1ms');
    expect(memoryErrors(emulator)).toEqual(['free-in-use', 'invalid-free', 'free-in-use']);
    emulator.command('expect memory client --live 1');
  });

  it('D27 a block is corrupted by each of magic, type and id, and by nothing else', () => {
    for (const [offset, found] of [
      [0, 1],
      [4, 1],
      [12, 1],
      [6, 0],
      [20, 0],
      [60, 0],
      [127, 0],
    ] as const) {
      const emulator = pair(kind);
      emulator.command(`poke client c+${offset} 5a\nrmc_send c x`);
      expect([offset, memoryErrors(emulator).length]).toEqual([offset, found]);
    }
  });

  it('D28 the same run has the same digest', () => {
    const digest = () => {
      const emulator = pair(kind);
      for (const [, lines] of ways.slice(2)) emulator.command(lines);
      return emulator.digest();
    };
    expect(digest()).toBe(digest());
  });
});

describe('what a target does not have is refused before anything runs', () => {
  const refused = (lines: string) => () => createEmulator().command(lines);

  it('S14 new_session on an EEE', () =>
    expect(refused('node e eee\napp a --on e\nrmc_listen a 9 --new_session heap')).toThrow(/S14/));

  it('S19 abort_session in R1.0.x', () =>
    expect(
      refused('node n ssc --release R1.0.x\napp a --on n\nrmc_open a n:9 --abort_session close'),
    ).toThrow(/S19/));

  it('D19 the RMC process of an SSC', () => expect(refused('node n ssc\nkill n.rmc')).toThrow(/D19/));
});
