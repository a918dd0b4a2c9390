import { describe, expect, it } from 'vitest';
import { learned, pair } from './lab.js';

/** Every failure in the ledger, and whether each application was told of it: `far (node_down): client c told`. */
function ledger(emulator: ReturnType<typeof pair>): readonly string[] {
  return emulator.learned().map(({ about, what, rows }) => {
    const seen = rows.map(({ app, session, told }) => `${app} ${session} ${told ? 'told' : 'not told'}`);
    return `${about} (${what}): ${seen.join(', ')}`;
  });
}

describe('one failure after the other', () => {
  it('D30 each has an entry of its own, and is told of there', () => {
    const emulator = pair('ssc', { open: '--abort_session close' });
    emulator.command(`
      power off far
      run 1s
      power on far
      run 1s
      rmc_close c --then-free
      launch server
      rmc_listen server 9 --as t
      rmc_open client far:9 --as d
      run 10ms
      power off far
    `);
    expect(ledger(emulator)).toEqual([
      'far (node_down): client c told',
      'far (node_down): client d not told',
    ]);
    emulator.command('run 3s\nrmc_send d hello');
    expect(ledger(emulator)).toEqual(['far (node_down): client c told', 'far (node_down): client d told']);
  });

  it('D30 only the first news counts, later ways of learning change nothing', () => {
    const emulator = pair('ssc', { open: '--abort_session close' });
    emulator.command('power off far\nrmc_send c one\nrun 1s');
    expect(learned(emulator).length).toBe(2);
    expect(emulator.learned()[0]!.rows).toMatchObject([{ how: 'io', afterUs: 350_000 }]);
  });

  it('D30 a session that nobody had on record joins the entry of the failure that it tells of', () => {
    const emulator = pair('ssc');
    emulator.command('power off far\nrmc_open client far:9 --as d\nrun 3s');
    expect(ledger(emulator)).toEqual(['far (node_down): client c not told, client d told']);
  });

  it('D30 the ledger keeps the last 200', () => {
    const emulator = pair('ssc');
    for (let count = 0; count < 203; count += 1) emulator.command('hang server\nunhang server');
    const entries = emulator.learned();
    const hangs = emulator.events('process_hang').map(({ number }) => number);
    expect(entries.map(({ event }) => event)).toEqual(hangs.slice(3));
  });
});

describe('what the far RMC says itself', () => {
  it('D20 D30 is put down to what it speaks of, not to a cut that came after', () => {
    const emulator = pair('eee', { open: '--abort_session close' });
    emulator.command('kill server\nrun 50us\ncut near far\nrun 1s');
    expect(learned(emulator)).toEqual(['client about far: abort_session S20 after 100']);
    expect(ledger(emulator)).toEqual(['server on far (process_exit): client c told']);
  });

  it('D15 D30 a newer incarnation is put down to the death of the older one, not to a cut that came after', () => {
    const emulator = pair('eee', { open: '--abort_session close' });
    emulator.command(`
      set near heartbeat_misses 100
      set far rmc_restart 1ms
      app other --on far
      kill far.rmc
      run 2ms
      rmc_listen server 9 --as again
      rmc_open other near:1
      run 50us
      cut near far
      run 1ms
    `);
    expect(learned(emulator).filter((line) => line.startsWith('client'))).toEqual([
      'client about far: abort_session S20 after 2105',
    ]);
  });
});

describe('the RMC process of an EEE', () => {
  it('D20 D30 its death has two entries: for the clients of the node, and for its own applications', () => {
    const emulator = pair('eee', { open: '--abort_session close' });
    emulator.command('kill far.rmc\nrun 1s');
    expect(ledger(emulator)).toEqual([
      'far (process_exit): client c told',
      'far.rmc (process_exit): server s/1 told',
    ]);
  });
});

describe('all processes of an EEE that hang at one instant', () => {
  it('D21 D30 are one failure to who talks to it, apart from those before, and from one process at that instant', () => {
    const emulator = pair('eee', { open: '--abort_session close' });
    emulator.command(`
      app other --on far
      rmc_listen other 8 --as o
      rmc_open client far:8 --as d
      run 10ms
      hang server
      run 10ms
      unhang server
      run 10ms
      hang other
      hang far
      rmc_send c x
      run 3s
    `);
    expect(ledger(emulator)).toEqual([
      'server on far (process_hang): client c not told',
      'other on far (process_hang): client d not told',
      'far (process_hang): client c told, client d not told',
    ]);
  });
});

it('D27 D30 a session that failed before its block was overwritten still tells by its send', () => {
  const emulator = pair('ssc', { open: '--abort_session notify' });
  emulator.command('power off far\nrun 1s\npoke client c 00000000\nrmc_send c hello');
  expect(learned(emulator)).toEqual([
    'client about far: abort_session S20 after 350000',
    'client about far: send S21 after 1000000',
  ]);
});
