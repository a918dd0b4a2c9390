// `node scripts/nodeVersions.js [--all] [--only=text] [binary…]`: every drill (or those whose title holds the text) on
// each supported line of Node.js, and the digests compared; exit status 1 if they are not the same. Binaries that are
// not given come from npm. A version that cannot be had is left out, but with --all, as in CI, that fails.
import { join } from 'node:path';
import { nodeBinaries } from './digests/nodes.js';
import { chosen, Passes } from './digests/passes.js';
import { together } from './digests/runs.js';
import { everyDrill } from './planted/bugs.js';
import { repository as root } from './planted/drills.js';

const words = process.argv.slice(2);
const wantsAll = words.includes('--all');
const only = words.filter((word) => word.startsWith('--only=')).map((word) => word.slice('--only='.length));
const passes = new Passes();
try {
  const drills = chosen(everyDrill(root), only);
  const unknown = words.filter((word) => /^--(?!all$|only=)/.test(word));
  if (unknown.length > 0) throw new Error(`there is no option ${unknown.join(', ')}`);
  const given = words.filter((word) => !word.startsWith('--'));
  const nodes = nodeBinaries(join(root, '.test-results', 'node-versions'), given);
  console.log('nodeVersions: all drills on each Node.js');
  for (const { version, binary, problem } of nodes) {
    if (binary !== undefined) await passes.make(version, () => together({ node: binary, root }, drills));
    else console.log(`  ${version} ${wantsAll ? 'IS MISSING' : 'is left out'}: ${problem}`);
  }
  const missing = nodes.filter(({ binary }) => binary === undefined);
  if (missing.length === nodes.length - 1) console.log('  one version alone: nothing was compared');
  if (wantsAll && missing.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(`nodeVersions: ${error.message}`);
  process.exit(2);
}
if (passes.isWrong) process.exitCode = 1;
