import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './drillBook.js';

const COPIED = [
  ...['index.ts', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'vitest.config.ts'],
  ...['rmc-core', 'emulator', 'nodes', 'tui', 'cli', 'bench', 'test', 'drills', 'scripts'],
];

export interface Ran {
  readonly status: number | null;
  readonly said: string;
}

/** A copy of the sources in a folder of its own, to be changed and built there. */
export class SourceCopy {
  readonly folder: string;

  constructor(name: string) {
    this.folder = mkdtempSync(join(tmpdir(), `rmc-emu-${name}-`));
    for (const each of COPIED) cpSync(join(repository, each), join(this.folder, each), { recursive: true });
    symlinkSync(join(repository, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /** Puts `instead` where `text` stands, which has to be there once. */
  replace(file: string, text: string, instead: string): void {
    const path = join(this.folder, file);
    const parts = readFileSync(path, 'utf8').split(text);
    if (parts.length !== 2) throw new Error(`${file}: "${text}" stands there ${parts.length - 1} times`);
    writeFileSync(path, parts.join(instead));
  }

  /** Compiles by one of the configurations: what the compiler says, and its exit status. */
  compile(config: string): Ran {
    return this.run(join(repository, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', config);
  }

  /** Runs a program in the copy; what it printed, with its exit status. */
  run(...words: readonly string[]): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, words, {
      cwd: this.folder,
      encoding: 'utf8',
    });
    return { status, said: `${stdout}${stderr}` };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
