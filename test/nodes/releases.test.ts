import { describe, expect, it } from 'vitest';
import { kinds, lab, learned, pair } from './lab.js';

describe('the two releases', () => {
  it('S19 abort_session is an argument of R1.1: R1.0.x does not have it', () => {
    const emulator = lab('node old ssc --release R1.0.x\nnode far ssc\napp a --on old');
    expect(() => emulator.command('rmc_open a far:9 --abort_session notify')).toThrow(/S19/);
    expect(() => emulator.command('rmc_open a far:9')).not.toThrow();
  });

  it('S19 after an upgrade the argument is there, after a downgrade it is not', () => {
    const emulator = lab(`
      node one ssc --release R1.0.x
      node far ssc
      app a --on one
      power off one
      power on one --release R1.1
      run 1s
      launch a
      rmc_open a far:9 --abort_session notify
      power off one
      power on one --release R1.0.x
      run 1s
      launch a
    `);
    expect(() => emulator.command('rmc_open a far:9 --abort_session notify')).toThrow(/S19/);
  });

  describe.each(kinds)('with a server on an %s', (kind) => {
    it('S17 R1.0.x: an idle client learns nothing, however long it waits', () => {
      const emulator = pair(kind, { far: 'R1.0.x', near: 'R1.0.x' });
      emulator.command('power off far\nrun 60m');
      expect(learned(emulator)).toEqual([]);
      expect(emulator.events('frame_sent').every((event) => event.timeUs < 100_000)).toBe(true);
    });

    it.each([
      ['R1.0.x', 'R1.1'],
      ['R1.1', 'R1.0.x'],
    ])('D18 a server of %s and a client of %s: neither HEARTBEAT nor ABORT', (far, near) => {
      const emulator = pair(kind, { far, near });
      emulator.command(
        'rmc_send c hello\nrun 1s\nrmc_shutdown s --then-free\nrun 1s\nrmc_send c hello\nrun 3s',
      );
      const frames = emulator.events('frame_sent').map((event) => event.fields.get('frame'));
      expect(frames).not.toContain('HEARTBEAT');
      expect(frames).not.toContain('ABORT');
      expect(learned(emulator)).toHaveLength(1);
    });

    it('S20 R1.1: told at once, idle or busy; S21 without abort_session only the next IO says so', () => {
      const withIt = pair(kind, { open: '--abort_session close' });
      withIt.command('kill server\nrun 500ms');
      expect(withIt.events('abort_session')).toHaveLength(1);
      const without = pair(kind);
      without.command('kill server\nrun 500ms');
      expect(learned(without)).toEqual([]);
      without.command('rmc_send c hello');
      expect(learned(without)).toEqual(['client about far: send S21 after 500000']);
    });
  });
});
