import { describe, expect, it } from 'vitest';
import { disagreementText, plansOf } from './harness/compare.js';
import { runText } from './harness/play.js';
import { play } from './harness/worlds.js';
import { judgeLog } from './judge.js';
import { type Opinion, ruleBook } from './opinion.js';

/** Small changes to the model, each of one sentence of the rules. */
const changes: readonly (readonly [string, Partial<Opinion>])[] = [
  ['D9 a block that the application placed is kept at every end', { placedEnds: 'FALSE' }],
  ['D8 a block is released at reuse', { reuseEnds: 'TRUE' }],
  ['S16 RMC_FREE_SESSION is TRUE for blocks of RMC’s own', { ownBlockEnds: 'TRUE' }],
  ['D13 rmc_send in OPENING is RMC_EAGAIN', { sendWhileOpening: 'RMC_EAGAIN' }],
  ['D13 rmc_send in FAILED is RMC_EINVAL', { sendWhenFailed: 'RMC_EINVAL' }],
  ['D13 closing twice is as closing once', { closeTwice: 'RMC_INPROGRESS' }],
  ['D1 rmc_close closes a LISTEN session too', { wrongCloser: 'RMC_INPROGRESS' }],
  ['D1 rmc_close on an ACCEPT session is RMC_EINVAL', { closeOfAccept: 'RMC_EINVAL' }],
  ['D11 two may listen on one port', { portTaken: 'RMC_OK' }],
  ['D20 calls go on without an EEE’s RMC', { noRmc: 'RMC_INPROGRESS' }],
  ['D10 calls on an ACCEPT session that is over are RMC_ECONNABORTED', { callWhenOver: 'RMC_ECONNABORTED' }],
  ['D15 one heartbeat more of patience', { graceOfHeartbeats: 1.5 }],
  ['D15 one heartbeat less of patience', { graceOfHeartbeats: -0.5 }],
  ['D11 port 0 is no port', { portZero: 'RMC_EINVAL' }],
  ['D29 a wrong free is carried out nowhere', { carriesOut: false }],
  ['D28 nobody says what was never closed', { saysNeverClosed: false }],
  ['D28 a crash leaks its memory', { crashLeaks: true }],
  ['S20 abort_session never runs', { abortSessions: 0 }],
  ['D17 abort_session runs twice', { abortSessions: 2 }],
  ['D7 close_session runs twice', { closeSessions: 2 }],
  ['D7 close_session never runs', { closeSessions: 0 }],
  ['D17 an IO that timed out is RMC_ECONNABORTED', { ioTimedOut: 'RMC_ECONNABORTED' }],
  ['D17 an IO that was given up is RMC_ETIMEDOUT', { ioGivenUp: 'RMC_ETIMEDOUT' }],
  ['D2 an open waits twice as long', { openTimeouts: 2 }],
  ['D14 a close waits twice as long', { closeTimeouts: 2 }],
  ['D19 what comes back on an EEE takes no time', { ipcBack: 0 }],
  ['D24 a message may come twice, and has to', { copies: 2 }],
  ['D25 a hole is given up after half the gap_timeout', { gapTimeouts: 0.5 }],
  ['D25 a hole is given up after twice the gap_timeout', { gapTimeouts: 2 }],
  ['D25 one message more may wait behind a hole', { gapTolerance: 1 }],
  ['D25 one message less may wait behind a hole', { gapTolerance: -1 }],
  ['D25 an IO that was given up fails its session', { missingIo: 'RMC_ECONNABORTED' }],
  ['D25 what waits is lost at the end', { flushes: false }],
  ['D25 what comes late is handed up', { dropsLate: false }],
];

describe('a model that is a little wrong disagrees with the emulator', () => {
  const logs = plansOf(4_711, 150).map((plan) => play(plan));

  it('and the right one does not', () => {
    expect(logs.filter(({ disagreement }) => disagreement !== undefined)).toEqual([]);
  });

  it.each(changes)('%s', (_name, change) => {
    const wrong: Opinion = { ...ruleBook, ...change };
    expect(logs.some(({ events, endUs }) => judgeLog(events, endUs, wrong) !== undefined)).toBe(true);
  });
});

it('D25: a model that counts one message too many as late disagrees with what a drill is told', () => {
  const wrong: Opinion = { ...ruleBook, lateBefore: 1 };
  const parted = plansOf(4_711, 20).map((plan) => play(plan, wrong).disagreement);
  expect(parted.find((each) => each?.model.startsWith('expect delivered'))).toMatchObject({
    rule: 'D25',
    model: expect.stringContaining('--late 1 '),
    emulator: expect.stringContaining('0 came late'),
  });
});

describe('a disagreement', () => {
  const wrong: Opinion = { ...ruleBook, ownBlockEnds: 'TRUE' };
  const text = (): string => {
    for (const plan of plansOf(4_711, 150)) {
      const played = play(plan, wrong);
      if (played.disagreement !== undefined) return disagreementText(plan, played, wrong);
    }
    return '';
  };

  it('shows both views, the first event at which they part, and a drill that runs as it stands', () => {
    const shown = text();
    expect(shown).toMatch(
      /^the model and the emulator part at event @\d+\n {2}the model: {4}close_session rmc_free/,
    );
    expect(shown).toMatch(/\n {2}the emulator: \d+ us @\d+ close_session .*rmc_free_session=FALSE/);
    const [, seed] = /--seed (\d+)\)/.exec(shown) ?? [];
    const lines = shown.slice(shown.indexOf('the drill')).split('\n').slice(1);
    expect(lines.length).toBeLessThan(12);
    const { events, endUs } = runText(lines.map((line) => line.trim()).join('\n'), Number(seed));
    const [, event] = /at event @(\d+)/.exec(shown) ?? [];
    expect(judgeLog(events, endUs, wrong)).toMatchObject({ rule: 'D9', event: Number(event) });
    expect(judgeLog(events, endUs)).toBeUndefined();
  });
});
