// Asks the unit tests whether they catch a planted bug, in a copy of the repository.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withBug } from './bugs.js';

const LEFT_OUT = /^(\.git|node_modules|dist|dist\..*|coverage|\.test-results)$/;
/** Thousands of random worlds: minutes for each bug, and on a busy machine longer than a test may take. */
const SLOW = ['anything', 'busFaults', 'comeAndGo', 'determinism', 'longRun', 'orderedChaos'];
const OF_NODES = ['test/nodes', 'test/ssc', 'test/eee'];

/** The tests nearest to a file first. */
const rounds = (file) => (file.startsWith('rmc-core/') ? [['test/rmc-core'], OF_NODES] : [OF_NODES]);

/** A copy of the repository in which bugs are planted one at a time. */
export function makeCopy(root) {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-emu-planted-'));
  for (const name of readdirSync(root)) {
    if (!LEFT_OUT.test(name)) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What fails without any bug: nothing may, for it would seem to catch them all. */
export function firstTestThatFailsAnyway(folder, slowestMs) {
  return run(folder, ['test/rmc-core', ...OF_NODES], slowestMs);
}

/** The first test that fails with the bug; undefined when none does. */
export function firstTestThatFails(folder, bug, slowestMs) {
  const path = join(folder, bug.file);
  const right = readFileSync(path, 'utf8');
  writeFileSync(path, withBug(folder, bug));
  try {
    for (const folders of rounds(bug.file)) {
      const caught = run(folder, folders, slowestMs);
      if (caught !== undefined) return caught;
    }
    return undefined;
  } finally {
    writeFileSync(path, right);
  }
}

function run(folder, folders, slowestMs) {
  const report = join(folder, 'planted.json');
  rmSync(report, { force: true });
  const vitest = join(folder, 'node_modules', 'vitest', 'vitest.mjs');
  const words = ['run', '--project=unit', '--bail=1', '--reporter=json', `--outputFile=${report}`];
  const without = SLOW.map((name) => `--exclude=test/**/${name}.test.ts`);
  const { status, error } = spawnSync(process.execPath, [vitest, ...words, ...without, ...folders], {
    cwd: folder,
    timeout: slowestMs,
    stdio: 'ignore',
  });
  if (status === 0) return undefined;
  if (error !== undefined) return { test: folders.join(' '), failure: 'did not end' };
  const failed = JSON.parse(readFileSync(report, 'utf8')).testResults.find(
    ({ status }) => status === 'failed',
  );
  const test = failed?.assertionResults.find((one) => one.status === 'failed');
  const file = failed?.name.slice(folder.length + 1) ?? folders.join(' ');
  return {
    test: `${file}: ${test?.title ?? ''}`,
    failure: test?.failureMessages[0] ?? failed?.message ?? '',
  };
}
