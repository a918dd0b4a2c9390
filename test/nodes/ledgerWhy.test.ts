import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../index.js';
import { kinds, lab, pair } from './lab.js';

const ABORT = { open: '--abort_session close' };
const SENT = 'rmc_send c x\nrun 1ms';

/** What the ledger says of an application about the last failure that it saw: `told D15 S20: 3 heartbeats missed`. */
function why(emulator: Emulator, app: string): string {
  const rows = emulator.learned().flatMap((entry) => entry.rows.filter((row) => row.app === app));
  const row = rows.at(-1);
  return row === undefined ? '' : `${row.told ? 'told' : 'not told'} ${row.rule}: ${row.why}`;
}

/** Far application and client on R1.1, or one of them older, then these lines. */
function whyAfter(kind: string, lines: string, options: Parameters<typeof pair>[1] = {}): string {
  const emulator = pair(kind, options);
  emulator.command(lines);
  return why(emulator, 'client');
}

describe.each(kinds)('how a client of an %s was told', (kind) => {
  it('D30 of silence, by as many heartbeats as its node misses', () => {
    expect(whyAfter(kind, 'power off far\nrun 1s', ABORT)).toBe('told D15 S20: 3 heartbeats missed');
    expect(whyAfter(kind, 'set near heartbeat_misses 7\npower off far\nrun 1s', ABORT)).toBe(
      'told D15 S20: 7 heartbeats missed',
    );
  });

  it('D30 of a new instance', () => {
    const lines = `
      set near heartbeat_misses 1000
      set far boot 1ms
      set far rmc_restart 1ms
      power off far
      power on far
      run 5ms
      app second --on far
      rmc_listen second 9
      rmc_open second near:1
      run 1ms`;
    // On an SSC the new process has a place of its own: it is not the one that died.
    const isSame = kind === 'eee';
    expect(whyAfter(kind, lines, ABORT)).toBe(
      isSame ? 'told D15 S20: a newer incarnation was seen' : 'not told D15: heartbeats are being missed',
    );
  });

  it('D30 of an IO, of a refused send, of an open', () => {
    const old = { near: 'R1.0.x' };
    expect(whyAfter(kind, 'power off far\nrmc_send c x\nrun 3s', old)).toBe(
      'told S17: an IO was not acknowledged in time',
    );
    expect(whyAfter(kind, 'power off far\nrun 1s\nrmc_send c x')).toBe(
      'told S21: a new IO was refused at once',
    );
    const emulator = pair(kind);
    emulator.command('power off far\nrmc_open client far:9 --as d\nrun 3s');
    const rows = emulator.learned().at(-1)!.rows;
    expect(rows.find(({ session }) => session === 'd')).toMatchObject({
      ...{ told: true, how: 'open', rule: 'D2', why: 'rmc_open ended in RMC_ETIMEDOUT' },
    });
  });
});

describe.each(kinds)('why a client of an %s was not told', (kind) => {
  it('D20 D30 it died itself', () => {
    expect(whyAfter(kind, 'hang server\nkill client')).toBe('not told D20: it died itself');
  });

  it('D21 D30 it hangs itself', () => {
    expect(whyAfter(kind, 'power off far\nhang client\nrun 1s', ABORT)).toBe(
      'not told D21: it hangs itself: what comes for it waits',
    );
  });

  it('D14 D30 its session is closed', () => {
    expect(whyAfter(kind, 'power off far\nrun 1s\nrmc_close c --then-free\nrun 1s')).toBe(
      'not told D14: its session is closed',
    );
  });

  it.each([
    ['R1.1', 'R1.1', ABORT.open, 'power off far', 'D15: heartbeats are being missed'],
    ['R1.1', 'R1.1', '', 'power off far', 'S21: no abort_session: its next IO fails at once'],
    ['R1.1', 'R1.1', '', `${SENT}\npower off far`, 'S21: no abort_session: its next IO fails at once'],
    ['R1.1', 'R1.1', '', 'power off far\nrmc_send c x', 'D17: no abort_session: its pending IO will fail'],
    ['R1.1', 'R1.0.x', ABORT.open, 'power off far', 'S17: idle: no IO that could fail'],
    ['R1.0.x', 'R1.1', '', 'power off far', 'S17: idle: no IO that could fail'],
    ['R1.0.x', 'R1.1', '', `${SENT}\npower off far`, 'S17: idle: no IO that could fail'],
    ['R1.0.x', 'R1.1', '', 'power off far\nrmc_send c x', 'S17: its pending IO will time out'],
  ])('S17 S21 D30 near %s, far %s, rmc_open %s, then %j: %s', (near, far, open, lines, wanted) => {
    expect(whyAfter(kind, lines, { near, far, open })).toBe(`not told ${wanted}`);
  });
});

describe('why a server was not told of its client', () => {
  const server = (kind: string, near: string, close: string) => {
    const emulator = lab(`
      node far ${kind}
      node near ssc --release ${near}
      app server --on far
      app client --on near
      rmc_listen server 9 ${close}
      rmc_open client far:9
      run 100ms
      power off near`);
    return why(emulator, 'server');
  };

  it.each(kinds)('S11 D16 D30 on an %s', (kind) => {
    expect(server(kind, 'R1.1', '')).toBe('not told S11: no close_session to tell it');
    expect(server(kind, 'R1.1', '--close_session notify')).toBe('not told D16: heartbeats are being missed');
    expect(server(kind, 'R1.0.x', '--close_session notify')).toBe('not told D16: only its own IO could fail');
  });
});

describe('an EEE, whose RMC lives on', () => {
  it('D20 D30 says so itself: the client waits for its ABORT', () => {
    expect(whyAfter('eee', 'kill server', ABORT)).toBe(
      'not told D20: RMC there lives: its ABORT is on the way',
    );
    expect(whyAfter('eee', 'kill server\nrun 1ms', ABORT)).toBe('told D15 S20: the far RMC said so (ABORT)');
    expect(whyAfter('eee', 'kill server')).toBe('not told S21: no abort_session: its next IO fails at once');
    expect(whyAfter('eee', 'kill server', { ...ABORT, far: 'R1.0.x' })).toBe(
      'not told S17: idle: no IO that could fail',
    );
    expect(whyAfter('ssc', 'kill server', ABORT)).toBe('not told D15: heartbeats are being missed');
  });

  it('D21 D30 answers for a hung application', () => {
    expect(whyAfter('eee', 'hang server', ABORT)).toBe('not told D21: RMC answers for the hung application');
    expect(whyAfter('ssc', 'hang server', ABORT)).toBe('not told D15: heartbeats are being missed');
  });

  it('D19 D20 D30 its own death is told by IPC', () => {
    const emulator = pair('eee');
    emulator.command('kill far.rmc');
    expect(why(emulator, 'server')).toBe('not told D19: on its way by IPC');
    emulator.command('run 1ms');
    expect(why(emulator, 'server')).toBe('told D16: the RMC process of its own node died');
  });
});
