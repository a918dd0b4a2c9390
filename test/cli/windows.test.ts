import { describe, expect, test } from 'vitest';
import { runProgram } from '../../cli/program.js';
import { fakeHost } from './fakeHost.js';

describe('on Windows', () => {
  test.each([[[]], [['ui']], [['ui', '--at', '1s']]])(
    'the terminal UI says where it runs: rmc-emu %j',
    async (args) => {
      const host = { ...fakeHost({}, true), platform: 'win32' };
      expect(await runProgram(args, host)).toBe(2);
      expect(host.told.err).toContain('WSL');
      expect(host.told.err).toContain('rmc-emu monitor');
      expect(host.told.out).toBe('');
    },
  );

  test('what needs no screen runs as anywhere: the story, and help', async () => {
    const host = { ...fakeHost(), platform: 'win32' };
    expect(await runProgram(['ui'], host)).toBe(0);
    expect(host.told.out).toContain('power off eee0');
    expect(await runProgram(['ui', '--help'], host)).toBe(0);
    expect(host.told.err).toBe('');
  });
});
