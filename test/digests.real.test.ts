import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository } from './support/drillBook.js';

const DRILL = 'drills/sessions/callback-throws-new-session.drill';
const own = process.versions.node.split('.')[0]!;
const lines = ['20', '22', '24'];

let folder = '';

/** Runs one of the scripts where only the program, the drills and the scripts are, and no registry answers. */
function run(script: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join('scripts', script), ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retry_mintimeout: '1',
    },
  });
  return { status, out: stdout, err: stderr };
}

/** A binary that says it is another version, and hands what it prints through a filter. */
function nodeOf(major: string, filter: string): string {
  const binary = join(folder, `node${major}`);
  const version = `[ "$1" = --version ] && echo v${major}.0.0 && exit`;
  writeFileSync(binary, `#!/bin/sh\n${version}\n"${process.execPath}" "$@" | ${filter}\n`);
  chmodSync(binary, 0o755);
  return binary;
}

const honest = (): readonly string[] => lines.map((major) => nodeOf(major, 'cat'));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rmc-emu-digests-'));
  cpSync(join(repository, 'scripts'), join(folder, 'scripts'), { recursive: true });
  for (const name of ['dist', 'drills', 'node_modules', 'package.json']) {
    symlinkSync(join(repository, name), join(folder, name));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run digests', () => {
  it('§2 a drill comes to the same in one process and in one of its own, with all its values', () => {
    const { status, out } = run('digests.js', DRILL);
    expect(status, out).toBe(0);
    expect(out).toMatch(/twice, all in one process: 2 runs/);
    expect(out).toMatch(/each in a process of its own: 2 runs in .*, the same digests\n/);
  });

  it('§2 names what cannot be found', () => {
    expect(run('digests.js', 'nothing-of-this-name')).toMatchObject({
      status: 2,
      err: 'digests: there is no drill nothing-of-this-name\n',
    });
  });
});

describe('scripts/nodeVersions.js', () => {
  it('§2 the digests are the same on all versions', () => {
    const { status, out } = run('nodeVersions.js', '--all', `--only=${DRILL}`, ...honest());
    expect(status, out).toBe(0);
    expect(out.match(/v\d+\.0\.0: 2 runs/g)).toEqual(lines.map((major) => `v${major}.0.0: 2 runs`));
    expect(out.match(/the same digests/g)).toHaveLength(lines.length - 1);
  });

  it('§2 a version that comes to another digest is found, with the drill and both', () => {
    const [first, second] = honest();
    const third = nodeOf('24', `sed 's/"digest":"..../"digest":"wrong/'`);
    const { status, out } = run('nodeVersions.js', `--only=${DRILL}`, first!, second!, third);
    expect(status, out).toBe(1);
    expect(out).toMatch(/v24\.0\.0: 2 runs in .*, 2 DIFFER from "v20\.0\.0"/);
    expect(out).toMatch(
      /callback-throws-new-session\.drill\n +v20\.0\.0: [0-9a-f]{16} after .*\n +v24\.0\.0: wrong[0-9a-f]{12} after /,
    );
  });

  it('§2 a version that cannot be had is left out, but not in CI', () => {
    const given = honest().slice(0, 2);
    const words = own === '24' ? given.slice(0, 1) : given;
    const missing = own === '24' ? 'v22' : 'v24';
    const left = run('nodeVersions.js', `--only=${DRILL}`, ...words);
    expect(left.status, left.out).toBe(0);
    expect(left.out).toMatch(new RegExp(`${missing}\\S+ is left out: npm install node-`));
    const wanted = run('nodeVersions.js', '--all', `--only=${DRILL}`, ...words);
    expect(wanted.status, wanted.out).toBe(1);
    expect(wanted.out).toMatch(new RegExp(`${missing}\\S+ IS MISSING: npm install node-`));
  });

  it('§2 what is no Node.js, and what is no option, is refused', () => {
    expect(run('nodeVersions.js', '/bin/cat').err).toContain('/bin/cat is no Node.js');
    expect(run('nodeVersions.js', '--al')).toMatchObject({ status: 2 });
  });
});
