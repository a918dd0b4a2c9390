// `npm run digests [-- text…]`: every drill (or those whose title holds one of the texts) twice side by side, all in
// one process, and once more each in a process of its own. A digest that depends on what ran before, or on the process,
// gives exit status 1.

import { chosen, Passes } from './digests/passes.js';
import { apart, together } from './digests/runs.js';
import { everyDrill } from './planted/bugs.js';
import { repository as root } from './planted/drills.js';

const program = { node: process.execPath, root };
const passes = new Passes();
try {
  const drills = chosen(everyDrill(root), process.argv.slice(2));
  console.log(`digests: on Node.js ${process.version}`);
  await passes.make('twice, all in one process', () => together(program, drills, ['--check-determinism']));
  await passes.make('each in a process of its own', () => apart(program, drills));
} catch (error) {
  console.error(`digests: ${error.message}`);
  process.exit(2);
}
if (passes.isWrong) process.exitCode = 1;
