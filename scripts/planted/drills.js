// Asks drills whether they catch a planted bug, each bug in a process of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('drillsChild.js', import.meta.url));

// A bug may make the program take memory without end: that ends the child, not the machine. Where a shell has no such
// limit, the time has to do.
const BOUNDED = 'ulimit -v 6000000 2>/dev/null; exec "$0" "$@"';

/**
 * The first of the drills that fails with the bug, and what it says; undefined when none does. One that does not end
 * within the time, or within the memory, has caught it too. `wrong` empty: the program as it is.
 */
export function firstThatFails(root, bug, wrong, drills, slowestMs) {
  const right = bug.file.replace(/\.ts$/, '.js');
  const asked = JSON.stringify({ root, right, wrong, drills });
  return new Promise((resolve, reject) => {
    const run = spawn('sh', ['-c', BOUNDED, process.execPath, child, asked], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    let isSlow = false;
    const alarm = setTimeout(() => {
      isSlow = true;
      run.kill('SIGKILL');
    }, slowestMs);
    run.stdout.on('data', (bytes) => {
      said += bytes;
    });
    run.on('error', reject);
    run.on('close', (status) => {
      clearTimeout(alarm);
      const last = JSON.parse(said.trim().split('\n').at(-1) || '{}');
      if (last.caught !== undefined) resolve({ drill: last.caught, failure: last.failure });
      else if (isSlow) resolve({ drill: last.begun, failure: 'did not end' });
      else if (status !== 0 && last.begun !== undefined)
        resolve({ drill: last.begun, failure: 'broke the program' });
      else if (status !== 0) reject(new Error(`planted bug ${bug.name}: the drills could not run`));
      else resolve(undefined);
    });
  });
}

/** Does `work` for each item, `width` at a time; the results in the order of the items. */
export async function eachOf(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

export const repository = join(fileURLToPath(new URL('../..', import.meta.url)));
