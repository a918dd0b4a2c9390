// Writes the generated documents, or with --check compares them with what stands in the repository.
// The generator is cli/generate.ts: without an argument it writes, with --check it writes nothing, names each file
// that is not current and exits 1.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testTitles } from './testTitles.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const generator = join(root, 'dist', 'cli', 'generate.js');

if (existsSync(generator)) {
  const run = spawnSync(process.execPath, [generator, ...process.argv.slice(2)], {
    cwd: root,
    input: JSON.stringify(testTitles(root)),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  process.exit(run.status ?? 1);
} else if (existsSync(join(root, 'cli', 'generate.ts'))) {
  console.error('docs: cli/generate.ts is not built; run `npm run build` first');
  process.exit(1);
} else {
  console.log('docs: there is no cli/generate.ts yet, so there are no generated documents');
}
