import { describe, expect, it } from 'vitest';
import { lab } from './lab.js';

const ABORT = '--abort_session notify';
const OPEN_ACK_LOST = 'inject loss --frame OPEN_ACK --count 1\nrmc_open client far:9 --as d\nrun 1ms';

/** What the ledger says of the client's sessions in its last entry that has one, and until when, from now. */
function waits(far: string, near: string, open: string, lines: string): readonly string[] {
  const emulator = lab(`
    node far ${far}
    node near ${near}
    app server --on far
    app client --on near
    rmc_listen server 9 --close_session notify --as s
    rmc_open client far:9 ${open} --as c
    run 100ms
    ${lines}
  `);
  const entries = emulator.learned().filter(({ rows }) => rows.some(({ app }) => app === 'client'));
  const rows = entries.at(-1)!.rows.filter(({ app }) => app === 'client');
  return rows.map(({ session, outlook, rule, why, untilUs }) => {
    const until = untilUs < 0 ? '' : `, in ${untilUs - emulator.nowUs} us`;
    return `${session} ${outlook}${until}, ${rule}: ${why}`;
  });
}

const NO_ABORT = 'c never, S21: no abort_session: its next IO fails at once';

describe('what the ledger waits for', () => {
  it.each([
    [
      ...['D14 a session that its application closes', 'ssc', 'ssc', ABORT, 'power off far\nrmc_close c'],
      ['c never, D14: it closes its session: close_done does not say'],
    ],
    [
      ...['D14 unless an IO is pending', 'ssc', 'ssc', ABORT, 'power off far\nrmc_send c x\nrmc_close c'],
      ['c not yet, in 250200 us, D15: heartbeats are being missed'],
    ],
    [
      ...['D2 a session that is opening, from an SSC', 'ssc', 'ssc', '', `${OPEN_ACK_LOST}\nkill server`],
      [NO_ABORT, 'd not yet, in 1999000 us, D2: rmc_open will end in an error'],
    ],
    [
      ...['D2 D19 a session that is opening, from an EEE', 'ssc', 'eee', '', `${OPEN_ACK_LOST}\nkill server`],
      [NO_ABORT, 'd not yet, in 1999005 us, D2: rmc_open will end in an error'],
    ],
    [
      ...['D12 a session that was opening, and that another process has answered', 'ssc', 'ssc', ''],
      `${OPEN_ACK_LOST}\nkill server\nlaunch server\nrmc_listen server 9 --as t\nrun 1s`,
      [NO_ABORT, 'd never, D12: its session is with what came after'],
    ],
    [
      ...['D19 an IO that has failed, on its way', 'ssc', 'eee', ABORT],
      'rmc_send c x\npower off far\nrun until peer_failed\nrun 2us',
      ['c not yet, in 5 us, D19: on its way by IPC'],
    ],
    [
      ...[
        'D19 abort_session on its way',
        'ssc',
        'eee',
        ABORT,
        'power off far\nrun until peer_failed\nrun 2us',
      ],
      ['c not yet, in 5 us, D19: on its way by IPC'],
    ],
    [
      ...['D17 abort_session of a session that another failure ended', 'ssc', 'ssc', ABORT],
      'cut far near\nrun 1s\npower off far',
      ['c never, D30: it was told of something else that failed'],
    ],
    [
      ...['D20 its own RMC died: an IO', 'ssc', 'eee', '', 'power off far\nrmc_send c x\nkill near.rmc'],
      ['c not yet, in 5 us, D19: on its way by IPC'],
    ],
    [
      ...['D20 its own RMC died: a session that closes', 'ssc', 'eee', ABORT, 'rmc_close c\nkill near.rmc'],
      ['c never, D14: it closes its session: close_done does not say'],
    ],
    [
      ...['D20 its own RMC died: one that closes with an IO', 'ssc', 'eee', ''],
      'power off far\nrmc_send c x\nrmc_close c\nkill near.rmc',
      ['c not yet, in 5 us, D19: on its way by IPC'],
    ],
    [
      ...['D21 what hung, was resumed and then lost its power', 'ssc', 'ssc', ABORT],
      'hang server\nrun 50ms\nunhang server\nrun 10ms\npower off far\nrun 1ms',
      ['c not yet, in 339100 us, D15: heartbeats are being missed'],
    ],
    [
      ...['D21 an RMC that hung and goes on', 'eee', 'ssc', ABORT],
      'hang far.rmc\nrun 50ms\nunhang far.rmc\nrun 1ms',
      ['c never, D21: it goes on: what hung was resumed in time'],
    ],
    [
      ...['D21 D26 one that hung and has messages to take', 'eee', 'ssc', ABORT],
      'set far mailbox 1\nhang server\nrmc_send c x --count 3\nrun 10ms\nunhang server',
      ['c not yet, in 350100 us, D15: heartbeats are being missed'],
    ],
    [
      ...['D16 in an R1.0.x pair what hung and goes on', 'ssc', 'ssc --release R1.0.x', ''],
      'hang server\nrun 50ms\nunhang server\nrun 1ms',
      ['c never, D21: it goes on: what hung was resumed in time'],
    ],
    [
      ...['D20 the node of an EEE, which cannot say so', 'eee', 'ssc', ABORT, 'power off far\nrun 1ms'],
      ['c not yet, in 249200 us, D15: heartbeats are being missed'],
    ],
    [
      ...['D20 an EEE’s RMC, though another runs', 'eee', 'ssc', ABORT],
      'set far rmc_restart 1ms\nkill far.rmc\nrun 3ms',
      ['c not yet, in 247200 us, D15: heartbeats are being missed'],
    ],
    [
      ...['D21 behind a hung RMC of its own', 'ssc', 'eee', ABORT, 'power off far\nhang near.rmc\nrun 1ms'],
      ['c not yet, D21: it hangs itself: what comes for it waits'],
    ],
    [
      ...['D20 a session of a process that died, of an application that runs again', 'ssc', 'ssc', ABORT],
      'hang server\nkill client\nlaunch client',
      ['c never, D20: it died itself'],
    ],
  ] as const)('D30 %s', (_what, far, near, open, lines, wanted) => {
    expect(waits(far, near, open, lines)).toEqual(wanted);
  });
});
