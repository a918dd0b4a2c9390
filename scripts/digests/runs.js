// Runs drills by the built command, each process with as many as wanted, and reads from the JSON reporter what each
// came to.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { eachOf } from '../planted/drills.js';

const AT_ONCE = 2;
const SLOWEST_MS = 300_000;
const SHOWN_BYTES = 2_000;
/** Enough for the first event that differs, as it was in each of two runs. */
const SHOWN_LINES = 4;

/** What a drill came to, as one text: equal texts mean equal runs. */
function outcomeText({ digest, events, time_us, passed, failures }) {
  const message = failures[0]?.message ?? 'without a reason';
  const failure = passed ? '' : `, failed: ${message.split('\n').slice(0, SHOWN_LINES).join('\n      ')}`;
  return `${digest} after ${events} events and ${time_us} us${failure}`;
}

/** Runs drills of one set of values in one process. `program`: a Node.js binary and the folder with `dist/`. */
function runInOneProcess({ node, root }, drills, options) {
  const defines = drills[0].defines.map(([name, value]) => `--define=${name}=${value}`);
  const files = drills.map(({ file }) => file);
  const words = [
    join('dist', 'cli', 'main.js'),
    'drill',
    ...files,
    ...defines,
    '--reporter=json',
    ...options,
  ];
  return new Promise((resolve, reject) => {
    const run = spawn(node, words, { cwd: root, timeout: SLOWEST_MS, stdio: ['ignore', 'pipe', 'pipe'] });
    const out = [];
    const complaints = [];
    run.stdout.on('data', (bytes) => out.push(bytes));
    run.stderr.on('data', (bytes) => complaints.push(bytes));
    run.on('error', reject);
    run.on('close', (status, signal) => {
      try {
        const { results } = JSON.parse(Buffer.concat(out).toString());
        if (results.length !== drills.length) throw new Error(`${results.length} results`);
        resolve(results.map((result, at) => [drills[at].title, outcomeText(result)]));
      } catch (error) {
        const said = Buffer.concat(complaints).toString().slice(-SHOWN_BYTES);
        const drill = drills.length === 1 ? drills[0].title : `${drills.length} drills`;
        reject(new Error(`${drill}: no report, status ${status ?? signal}: ${error.message}\n${said}`));
      }
    });
  });
}

function bySetOfValues(drills) {
  const sets = new Map();
  for (const drill of drills) {
    const key = JSON.stringify(drill.defines);
    sets.set(key, [...(sets.get(key) ?? []), drill]);
  }
  return [...sets.values()];
}

/** One after another in one process; those with other values than their own in one more process for each set. */
export async function together(program, drills, options = []) {
  const sets = bySetOfValues(drills);
  return new Map((await eachOf(sets, AT_ONCE, (set) => runInOneProcess(program, set, options))).flat());
}

/** Each in a process of its own; with other values than its own in that set's process, the last one first. */
export async function apart(program, drills, options = []) {
  const asItStands = drills.filter(({ defines }) => defines.length === 0).map((drill) => [drill]);
  const others = bySetOfValues(drills.filter(({ defines }) => defines.length > 0)).map((set) =>
    set.reverse(),
  );
  const runs = [...asItStands, ...others];
  return new Map((await eachOf(runs, AT_ONCE, (run) => runInOneProcess(program, run, options))).flat());
}
