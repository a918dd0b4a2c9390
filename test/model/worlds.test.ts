import { beforeAll, describe, expect, it } from 'vitest';
import { type Compared, compare, plansOf } from './harness/compare.js';
import { usesThatCome } from './harness/kinds.js';
import { changingCommands, runText } from './harness/play.js';
import { play } from './harness/worlds.js';

const SEED = 20_261;
const kindsThatCome = [
  ...[
    'rmc_open',
    'rmc_listen',
    'rmc_send',
    'rmc_close',
    'rmc_shutdown',
    'open_done',
    'close_done',
    'io_done',
  ],
  ...['new_session', 'close_session', 'abort_session', 'message', 'learned', 'session_state', 'peer_failed'],
  ...[
    'node_down',
    'node_up',
    'process_start',
    'process_exit',
    'process_hang',
    'process_resume',
    'callback_failed',
  ],
  ...['frame_sent', 'frame_delivered', 'frame_dropped', 'alloc', 'free', 'memory_error', 'command'],
];

describe('a second opinion on random worlds', () => {
  let compared: Compared;

  beforeAll(() => {
    compared = compare(SEED, 300);
  }, 120_000);

  it('S17 S20 D7 D8 D9 D14 D16 D17 D24 D28 D30: 300 random worlds are as the model says', () => {
    expect(compared.events).toBeGreaterThan(30_000);
    expect(kindsThatCome.filter((kind) => !compared.kinds.has(kind))).toEqual([]);
  });

  it('every command, option, behaviour, fault and timer of the monitor language comes in them', () => {
    const all = [...changingCommands(), ...usesThatCome];
    expect(all.filter((use) => !compared.uses.has(use))).toEqual([]);
  });

  it('D29: of all rules, only those that go by the memory are excused, and only where it is damaged', () => {
    expect(compared.excused.length).toBeGreaterThan(0);
    const reason = /^(D28|S7|S9) on \w+: the memory of \S+ is damaged since @\d+ [a-z-]+ \(D29\)$/;
    expect(compared.excused.filter((text) => !reason.test(text))).toEqual([]);
  });

  it('a random world is a drill that can be run as it stands, with the same digest', () => {
    for (const plan of plansOf(SEED + 1, 25)) {
      const played = play(plan);
      expect(runText(played.lines.join('\n'), plan.seed).digest).toBe(played.digest);
    }
  });

  it('a seed gives the same worlds again', () => {
    const digests = () => plansOf(7, 10).map((plan) => play(plan).digest);
    expect(digests()).toEqual(digests());
  });
});
