import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSource, type Source } from './source.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folders that are not committed. */
const skipped = /^(\.git|node_modules|coverage|dist|dist\..*|\.test-results)$/;

function pathsUnder(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.test(entry.name) ? [] : pathsUnder(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Every text file of the repository. */
export function repositoryFiles(): readonly Source[] {
  return [...pathsUnder('')]
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return text.includes('\0') ? [] : [readSource(path, text)];
    });
}
