import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

function digestOf(drill: string, ...options: readonly string[]): string {
  const file = fileURLToPath(new URL(`../../drills/${drill}`, import.meta.url));
  const args = [main, 'drill', file, '--reporter', 'json', ...options];
  const report = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
    readonly results: readonly { readonly digest: string; readonly passed: boolean }[];
  };
  expect(report.results[0]?.passed).toBe(true);
  return report.results[0]?.digest ?? '';
}

describe('determinism', () => {
  it.each(['failover.drill', 'bus/bad-bus.drill', 'failures/eee-rmc-dies.drill'])(
    '§2 %s has the same digest in two processes and in every log mode',
    (drill) => {
      const digest = digestOf(drill);
      expect(digest).toMatch(/^[0-9a-f]{16}$/);
      expect(digestOf(drill)).toBe(digest);
      expect(digestOf(drill, '--log', 'counted')).toBe(digest);
      expect(digestOf(drill, '--log', 'off')).toBe(digest);
    },
  );

  it('§2 another seed is another run where chance plays a part', () => {
    expect(digestOf('bus/bad-bus.drill', '--seed', '2')).not.toBe(digestOf('bus/bad-bus.drill'));
  });
});
