import { describe, expect, it } from 'vitest';
import { told } from '../support/openers.js';
import { kinds, lab, pair } from './lab.js';

/** A client of `far`, a node of the kind, and somebody who listens on `near:9`; `open` names its first session. */
const opened = (kind: string, open: string, heap = '64KiB') =>
  lab(`
    node far ${kind}
    node near ssc
    app server --on far
    app client --on near --heap ${heap}
    app standby --on near
    rmc_listen server 9
    rmc_listen standby 9
    rmc_listen standby 10
    rmc_open client far:9 ${open}
    run 1ms`);

describe.each(kinds)('reopen, after a failure of an %s', (kind) => {
  it('S6 goes on to the next target when one does not answer as it should, and keeps one block', () => {
    const emulator = opened(kind, '--abort_session reopen:near:8,near:7,near:9,near:10 --as c');
    emulator.command('power off far\nrun 1s');
    expect(told(emulator, 'rmc_open', 'session', 'peer')).toEqual([
      'c far:9',
      'c.2 near:8',
      'c.3 near:7',
      'c.4 near:9',
    ]);
    emulator.command('expect session c.4 OPEN\nexpect memory client --live 1');
    // Once more: the targets that were tried are not tried again.
    emulator.command('kill standby\nrun 1s');
    expect(told(emulator, 'rmc_open', 'session', 'peer').slice(4)).toEqual(['c.5 near:10']);
  });

  it('S6 D28 tries every target once where there is no memory for a block', () => {
    const emulator = opened(kind, '--abort_session reopen:near:9,near:10 --as c', '128');
    emulator.command('power off far\nrun 1s');
    expect(told(emulator, 'rmc_open', 'session', 'peer', 'status').slice(1)).toEqual([
      'c.2 near:9 RMC_ENOMEM',
      'c.2 near:10 RMC_ENOMEM',
    ]);
  });

  it('S17 may stand at on_io_failure, where abort_session only notes it', () => {
    const emulator = opened(kind, '--abort_session notify --on_io_failure reopen:near:9 --as c');
    emulator.command('power off far\nrun 1ms\nrmc_send c lost\nrun 3s');
    expect(told(emulator, 'rmc_open', 'session', 'peer')).toEqual(['c far:9', 'c.2 near:9']);
  });

  it('§3 names the session after the one that failed', () => {
    const emulator = opened(kind, '--abort_session reopen:near:9 --as c');
    for (let opens = 1; opens <= 9; opens += 1) emulator.command('rmc_open client far:9');
    emulator.command('rmc_open client far:9 --abort_session reopen:near:10\nrun 1ms\npower off far\nrun 1s');
    expect(told(emulator, 'rmc_open', 'session').slice(10)).toEqual(['client.10', 'c.2', 'client.11']);
  });
});

describe.each(kinds)('what is done about a failure, with an %s', (kind) => {
  it('S6 is done after a call that was refused as well', () => {
    const emulator = pair(kind, { open: '--abort_session close' });
    emulator.command('rmc_shutdown c --then-free');
    expect(told(emulator, 'rmc_shutdown', 'status')).toEqual(['RMC_EINVAL']);
    emulator.command('power off far\nrun 1s\nexpect session c CLOSED\nexpect memory client --live 0');
  });

  it('S6 D28 a block stays where the application only notes it, and no refused call frees it later', () => {
    const emulator = pair(kind);
    emulator.command('rmc_shutdown c --then-free\nrmc_close c\nrun 10ms');
    emulator.command('expect session c CLOSED\nexpect memory client --live 1');
  });

  it('D10 slow without more only notes it afterwards', () => {
    const emulator = pair(kind, { open: '--abort_session slow:1ms' });
    emulator.command('power off far\nrun 1s\nexpect session c FAILED');
    expect(told(emulator, 'rmc_close')).toEqual([]);
  });

  it('D14 an IO that ends with the close of its session is no failure', () => {
    const emulator = pair(kind, { open: '--on_io_failure throw' });
    emulator.command('cut near far\nrmc_send c lost\nrmc_close c\nrun 5s');
    expect(told(emulator, 'io_done', 'status')).not.toContain('RMC_OK');
    expect(told(emulator, 'io_done')).toHaveLength(1);
    expect(told(emulator, 'callback_failed')).toEqual([]);
  });

  it('D20 a block goes back when the call that was to use it is refused', () => {
    const emulator = lab(`node far ${kind}\nnode near ssc\napp a --on near\napp b --on far`);
    emulator.command('rmc_listen b 9\nrmc_listen b 9\nexpect memory b --live 1 --owner app');
    expect(told(emulator, 'rmc_listen', 'status')).toEqual(['RMC_OK', 'RMC_EADDRINUSE']);
  });
});

describe('RMC as a process', () => {
  it('D20 a block goes back when there is no RMC that takes the call', () => {
    const emulator = lab('node e eee\napp b --on e\nkill e.rmc\nrmc_open b e:9\nexpect memory b --live 0');
    expect(told(emulator, 'rmc_open', 'status')).not.toContain('RMC_INPROGRESS');
  });

  it('S5 D20 an application that is started again stops without a call for what it was before', () => {
    const emulator = lab('node e eee\napp b --on e\nrmc_listen b 9\nrun 1ms\nhang e.rmc\nkill b\nlaunch b');
    emulator.command('stop b\nexpect process_exit --app b --reason stop --within 1ms');
    expect(told(emulator, 'rmc_shutdown')).toEqual([]);
  });
});
