import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repository } from '../support/drillBook.js';

describe('docs:check', () => {
  let copy = '';
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'rmc-emu-docs-'));
    for (const name of ['dist', 'docs', 'drills', 'scripts', 'package.json', 'test']) {
      cpSync(join(repository, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
    run();
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, ['scripts/docs.js', ...words], { cwd: copy, encoding: 'utf8' });

  it('passes on pages that are current', () => {
    expect(run('--check')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('fails on a page that is not', () => {
    writeFileSync(join(copy, 'docs', 'rules.md'), 'old\n');
    const { status, stderr } = run('--check');
    expect(stderr).toBe('docs: docs/rules.md is not what the code says; npm run docs\n');
    expect(status).toBe(1);
  });

  it('fails on a rule whose tests are gone', () => {
    for (const path of readdirSync(join(copy, 'test'), { recursive: true })) {
      const file = join(copy, 'test', String(path));
      if (!file.endsWith('.test.ts')) continue;
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/\bD4 /g, ''));
    }
    const { status, stderr } = run('--check');
    expect(stderr).toMatch(/^docs: D4 has no test: let the title of one start with D4$/m);
    expect(status).toBe(1);
  });

  it('fails on a title that names a rule that there is not', () => {
    writeFileSync(
      join(copy, 'test', 'planted.test.ts'),
      "it('starts so', () => {});\nit('D99 is none', () => {});\n",
    );
    const { status, stderr } = run('--check');
    expect(stderr).toMatch(/^docs: test\/planted\.test\.ts: "D99 is none" names D99, /m);
    expect(status).toBe(1);
  });
});
