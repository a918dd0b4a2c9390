// `npm run planted`: plants each bug of test/planted/bugs.json and finds what catches it. Takes minutes; names of bugs
// as arguments choose some. `--tests`: ask the unit tests too where a drill has caught it. `--page`: only docs/planted.md.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAUGHT, drillVariants, inOrder, readBugs, readCaught } from './planted/bugs.js';
import { compileBugs } from './planted/compile.js';
import { eachOf, firstThatFails, repository as root } from './planted/drills.js';
import { plantedPage } from './planted/page.js';
import { firstTestThatFails, firstTestThatFailsAnyway, makeCopy } from './planted/tests.js';

const AT_ONCE = 2;
const SLOWEST_MS = 180_000;

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('--'));
const all = readBugs(root);
const unknown = names.filter((name) => all.every((bug) => bug.name !== name));
if (unknown.length > 0) {
  console.error(`planted: there is no bug ${unknown.join(', ')}`);
  process.exit(2);
}
if (!existsSync(join(root, 'dist', 'index.js'))) {
  console.error('planted: dist/ is not built; run `npm run build` first');
  process.exit(2);
}

const before = existsSync(join(root, CAUGHT)) ? readCaught(root) : {};
const caught = Object.fromEntries(
  all.filter(({ name }) => name in before).map(({ name }) => [name, before[name]]),
);

function save() {
  const inTheirOrder = Object.fromEntries(
    all.flatMap(({ name }) => (name in caught ? [[name, caught[name]]] : [])),
  );
  writeFileSync(join(root, CAUGHT), `${JSON.stringify(inTheirOrder, null, 2)}\n`);
  writeFileSync(join(root, 'docs', 'planted.md'), plantedPage(all, caught));
}

function say(bug) {
  const { drill, test } = caught[bug.name] ?? {};
  console.log(
    `${bug.name.padEnd(32)}${bug.rule.padEnd(5)}${[drill, test].filter(Boolean).join('; ') || 'NOTHING'}`,
  );
}

/** What fails without any bug would seem to catch them all. */
function mustBeRight(failed) {
  if (failed !== undefined) throw new Error(`${failed} fails without any planted bug`);
}

async function askDrills(bugs) {
  const drills = drillVariants(root);
  mustBeRight((await firstThatFails(root, bugs[0], '', drills, SLOWEST_MS))?.drill);
  const { compiled, remove } = compileBugs(root, bugs);
  try {
    await eachOf(bugs, AT_ONCE, async (bug) => {
      const order = inOrder(drills, bug, before[bug.name]?.drill);
      const found = await firstThatFails(root, bug, compiled(bug), order, SLOWEST_MS);
      if (found === undefined) delete caught[bug.name];
      else caught[bug.name] = { drill: found.drill };
      if (found !== undefined) say(bug);
    });
  } finally {
    remove();
  }
}

function askTests(bugs) {
  if (bugs.length === 0) return;
  const copy = makeCopy(root);
  try {
    mustBeRight(firstTestThatFailsAnyway(copy.folder, SLOWEST_MS)?.test);
    for (const bug of bugs) {
      const found = firstTestThatFails(copy.folder, bug, SLOWEST_MS);
      if (found !== undefined) caught[bug.name] = { ...caught[bug.name], test: found.test };
      say(bug);
      save();
    }
  } finally {
    copy.remove();
  }
}

if (!words.includes('--page')) {
  const bugs = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  await askDrills(bugs);
  save();
  askTests(words.includes('--tests') ? bugs : bugs.filter(({ name }) => caught[name] === undefined));
  const alive = bugs.filter(({ name }) => caught[name] === undefined);
  console.log(`${bugs.length} bugs, ${bugs.length - alive.length} caught`);
  if (alive.length > 0) process.exitCode = 1;
}
save();
