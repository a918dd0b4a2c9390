import { describe, expect, it } from 'vitest';
import { kinds, lab, lastRow, pair } from './lab.js';

describe.each(kinds)('the ledger, the peer being on an %s', (kind) => {
  it('D30 an idle R1.0.x client is in it, not told, and says why', () => {
    const emulator = pair(kind, { near: 'R1.0.x' });
    emulator.command('power off far\nrun 500ms');
    expect(lastRow(emulator, 'client')).toMatchObject({
      told: false,
      how: '',
      rule: 'S17',
      release: 'R1.0.x',
      afterUs: 500_000,
      why: 'idle: no IO that could fail',
    });
    emulator.command('rmc_send c hello');
    expect(lastRow(emulator, 'client')).toMatchObject({
      told: false,
      rule: 'S17',
      why: 'its pending IO will time out',
    });
    emulator.command('run 2s');
    expect(lastRow(emulator, 'client')).toMatchObject({
      told: true,
      how: 'io',
      rule: 'S17',
      afterUs: 2_500_000,
    });
  });

  it('D30 an R1.1 client with abort_session waits for heartbeats, then is told', () => {
    const emulator = pair(kind, { open: '--abort_session close' });
    emulator.command('power off far\nrun 100ms');
    expect(lastRow(emulator, 'client')).toMatchObject({ told: false, rule: 'D15' });
    emulator.command('run 1s');
    expect(lastRow(emulator, 'client')).toMatchObject({
      told: true,
      how: 'abort_session',
      rule: 'D15 S20',
      why: '3 heartbeats missed',
      afterUs: 350_000,
    });
  });

  it('D30 an R1.1 client without abort_session: its next IO would tell it (S21)', () => {
    const emulator = pair(kind);
    emulator.command('power off far\nrun 1s');
    expect(lastRow(emulator, 'client')).toMatchObject({ told: false, rule: 'S21' });
    emulator.command('rmc_send c hello');
    expect(lastRow(emulator, 'client')).toMatchObject({ told: true, how: 'send', afterUs: 1_000_000 });
  });

  it('D30 a server is told of its dead client by close_session, or not without one', () => {
    const emulator = lab(`
      node far ${kind}
      node near ssc
      app told --on far
      app untold --on far
      app client --on near
      rmc_listen told 1 --close_session notify
      rmc_listen untold 2
      rmc_open client far:1
      rmc_open client far:2
      run 100ms
      power off near
      run 1s
    `);
    expect(lastRow(emulator, 'told')).toMatchObject({ told: true, how: 'close_session', rule: 'D15 D16' });
    expect(lastRow(emulator, 'untold')).toMatchObject({ told: false });
  });

  it('D30 the one that fails is not among those who wait', () => {
    const emulator = pair(kind);
    emulator.command('kill server\nrun 1ms');
    expect(lastRow(emulator, 'server')).toBeUndefined();
    expect(emulator.learned()[0]).toMatchObject({ about: 'server on far', what: 'process_exit' });
  });

  it('D30 a hung application is in the ledger as well', () => {
    const emulator = pair(kind, { open: '--abort_session close' });
    emulator.command('hang server\nrun 1ms');
    expect(emulator.learned()[0]).toMatchObject({ about: 'server on far', what: 'process_hang' });
    expect(lastRow(emulator, 'client')).toMatchObject({ told: false });
  });

  it('D30 an R1.1 client without abort_session whose IO is pending (D17)', () => {
    const emulator = pair(kind);
    emulator.command('rmc_send c hello\npower off far\nrun 1ms');
    expect(lastRow(emulator, 'client')).toMatchObject({
      told: false,
      rule: 'D17',
      why: 'no abort_session: its pending IO will fail',
    });
  });

  it('D30 a client that hangs itself: what comes for it waits (D21)', () => {
    const emulator = pair(kind, { open: '--abort_session close' });
    emulator.command('hang client\npower off far\nrun 1s');
    expect(lastRow(emulator, 'client')).toMatchObject({
      told: false,
      rule: 'D21',
      why: 'it hangs itself: what comes for it waits',
    });
  });

  it('D30 the ledger keeps the latest 200 failures', () => {
    const emulator = pair(kind);
    emulator.command('repeat 205\nhang server\nunhang server\nend');
    const entries = emulator.learned();
    const hangs = emulator.events('process_hang').map(({ number }) => number);
    expect(entries.map(({ event }) => event)).toEqual(hangs.slice(-200));
  });
});
