import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The files that run the emulator, or print with it; the others have to know nothing of it. */
const harness = ['harness/play.ts', 'harness/report.ts'];

const files = (under: string): string[] =>
  readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = join(under, entry.name);
    return entry.isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : [];
  });

const importsOf = (path: string): string[] =>
  [...readFileSync(join(folder, path), 'utf8').matchAll(/(?:from|import\() ?'([^']+)'/g)].map(
    (found) => found[1] ?? '',
  );

describe('the model is a second opinion', () => {
  const all = files('.');

  it.each(all.filter((path) => !path.endsWith('.test.ts') && !harness.includes(path)))(
    '%s shares no code with rmc-core, nodes or emulator',
    (path) => {
      expect(importsOf(path).filter((name) => /(rmc-core|nodes|emulator)\//.test(name))).toEqual([]);
    },
  );

  it('and its tests reach the emulator through the harness alone', () => {
    const tests = all.filter((path) => path.endsWith('.test.ts'));
    expect(tests.flatMap(importsOf).filter((name) => /(rmc-core|nodes|emulator)\//.test(name))).toEqual([]);
  });
});
