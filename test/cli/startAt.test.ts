import { describe, expect, it } from 'vitest';
import { runProgram } from '../../cli/program.js';
import { fakeHost } from './fakeHost.js';

describe('--at', () => {
  it('§4 is a time or an event, and needs a screen', async () => {
    for (const [text, said] of [
      ['yesterday', '--at is a time, as 1.5s, or an event, as @212, not yesterday'],
      ['@0', '--at is a time, as 1.5s, or an event, as @212, not @0'],
      ['1.5s', '--at needs a terminal'],
    ] as const) {
      const host = fakeHost();
      expect(await runProgram(['ui', '--at', text], host)).toBe(2);
      expect(host.told.err).toContain(said);
    }
  });
});
