import { describe, expect, it } from 'vitest';
import { kinds, learned, pair } from './lab.js';

describe.each(kinds)('who has learned, the peer being on an %s', (kind) => {
  it('D30 abort_session: about the peer, by S20, counted from the failure', () => {
    const emulator = pair(kind, { open: '--abort_session close' });
    emulator.command('power off far\nrun 1s');
    expect(learned(emulator)).toEqual(['client about far: abort_session S20 after 350000']);
  });

  it('D30 a failing IO: by S17, in R1.0.x after its timeout', () => {
    const emulator = pair(kind, { near: 'R1.0.x', open: '--on_io_failure close' });
    emulator.command('power off far\nrun 300ms\nrmc_send c hello\nrun 3s');
    expect(learned(emulator)).toEqual(['client about far: io S17 after 2300000']);
  });

  it('D30 a failing IO and abort_session are two ways of learning, in that order', () => {
    const emulator = pair(kind, { open: '--abort_session close' });
    emulator.command('power off far\nrmc_send c one\nrmc_send c two\nrun 1s');
    expect(learned(emulator)).toEqual([
      'client about far: io S17 after 350000',
      'client about far: abort_session S20 after 350000',
    ]);
  });

  it('D30 a refused send: by S21', () => {
    const emulator = pair(kind);
    emulator.command('power off far\nrun 1s');
    expect(learned(emulator)).toEqual([]);
    emulator.command('rmc_send c hello');
    expect(learned(emulator)).toEqual(['client about far: send S21 after 1000000']);
  });

  it('D30 open_done with an error: by D2', () => {
    const emulator = pair(kind);
    emulator.command('power off far\nrun 1s\nrmc_open client far:9 --as d\nrun 2s');
    expect(learned(emulator)).toEqual(['client about far: open D2 after 3000000']);
  });

  it('D30 close_session for a failed client: by D16', () => {
    const emulator = pair(kind);
    emulator.command('power off near\nrun 1s');
    const [line] = learned(emulator);
    expect(line).toMatch(/^server about near: close_session D16 after 3[0-9]{5}$/);
  });

  it('D30 a close by the client, and a shutdown of its own, tell a server of no failure', () => {
    const emulator = pair(kind, { open: '--abort_session close' });
    emulator.command('rmc_close c --then-free\nrun 1s\nrmc_shutdown s --then-free\nrun 1s');
    expect(learned(emulator)).toEqual([]);
  });

  it('D30 when nothing is known to have happened, there is no after_us', () => {
    const emulator = pair(kind, { near: 'R1.0.x', open: '--on_io_failure close' });
    emulator.command('link loss 100%\nrmc_send c hello\nrun 3s');
    expect(learned(emulator)).toEqual(['client about far: io S17 after ?']);
  });

  it('D30 a cut is what a client learns of, counted from the cut', () => {
    const emulator = pair(kind, { open: '--abort_session close' });
    emulator.command('cut far near --one-way\nrun 1s');
    expect(learned(emulator)[0]).toMatch(/^client about far: abort_session S20 after 3[0-9]{5}$/);
  });

  it('D13 D30 an own close in the middle of an open is no news of a failure', () => {
    const emulator = pair(kind);
    emulator.command('rmc_open client far:9 --as d\nrmc_close d --then-free\nrun 1s');
    expect(emulator.events('open_done').map((event) => event.fields.get('status'))).toContain(
      'RMC_ECONNABORTED',
    );
    expect(learned(emulator)).toEqual([]);
  });

  it('D27 D30 an open that ends because its own block was overwritten is no news of the peer', () => {
    const emulator = pair(kind);
    emulator.command('rmc_open client far:9 --as d\npoke client d 00000000\nrmc_send d x\nrun 10ms');
    const ended = emulator.events('open_done').filter(({ fields }) => fields.get('session') === 'd');
    expect(ended.map(({ fields }) => fields.get('status'))).not.toContain('RMC_OK');
    expect(ended).toHaveLength(1);
    expect(learned(emulator).filter((line) => line.startsWith('client'))).toEqual([]);
  });
});
