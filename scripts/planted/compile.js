// Compiles every planted bug at once: the file with the bug lies beside the right one, under a name of its own.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { withBug } from './bugs.js';

const SOURCES = ['rmc-core', 'nodes', 'emulator'];

/** Types are not checked: a copy of a class with private members is another class. */
const config = {
  extends: '../tsconfig.build.json',
  compilerOptions: {
    rootDir: '.',
    outDir: 'out',
    declaration: false,
    noCheck: true,
  },
  include: SOURCES,
};

const besides = (file, name) => file.replace(/\.ts$/, `.planted-${name}.ts`);

/**
 * Gives the folder with the compiled files, to be taken away by `remove`, and by bug the file that takes the place of
 * the right one.
 */
export function compileBugs(root, bugs) {
  const folder = mkdtempSync(join(root, 'dist.planted-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const name of SOURCES) cpSync(join(root, name), join(folder, name), { recursive: true });
    for (const bug of bugs) writeFileSync(join(folder, besides(bug.file, bug.name)), withBug(root, bug));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const require = createRequire(import.meta.url);
    const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', join(folder, 'tsconfig.json')], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`planted bugs that do not compile:\n${stdout}`);
  } catch (error) {
    remove();
    throw error;
  }
  const compiled = (bug) => join(folder, 'out', besides(bug.file, bug.name).replace(/\.ts$/, '.js'));
  return { compiled, remove };
}
