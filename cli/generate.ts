// `npm run docs` and, with --check, `npm run docs:check`: the documents that are made from the code. The titles of the
// tests come on standard input, as JSON: reading them needs a parser that the program itself has no use for.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rules } from '../nodes/index.js';
import { type DrillFacts, drillTable, withTable } from './documents/drillTable.js';
import { eventsPage } from './documents/eventsPage.js';
import { ownershipPage } from './documents/ownershipPage.js';
import { referencePage } from './documents/reference.js';
import { coverageOf, coverageProblems, type TestFacts } from './documents/ruleCoverage.js';
import { rulesPage } from './documents/rulesPage.js';
import { screenPage } from './documents/screenPage.js';
import { statesPage } from './documents/statesPage.js';
import { statusesPage } from './documents/statusesPage.js';
import { whenPage } from './documents/whenPage.js';
import { drillFiles } from './drill/drillFiles.js';

/** The repository: where the command is run. */
const root = process.cwd();
const drillsFolder = join(root, 'drills');
const drillsPage = join(drillsFolder, 'README.md');

interface Page {
  readonly path: string;
  readonly text: string;
}

const inDocs = (name: string, text: string): Page => ({ path: join(root, 'docs', name), text });

function drillsPages(drills: readonly DrillFacts[]): readonly Page[] {
  if (!existsSync(drillsPage)) return [];
  return [{ path: drillsPage, text: withTable(readFileSync(drillsPage, 'utf8'), drillTable(drills)) }];
}

const tests = JSON.parse(readFileSync(0, 'utf8')) as readonly TestFacts[];
const drills = drillFiles([drillsFolder]).map((path) => ({
  file: relative(drillsFolder, path),
  text: readFileSync(path, 'utf8'),
}));
const pages: readonly Page[] = [
  inDocs('reference.md', referencePage()),
  inDocs('rules.md', rulesPage(coverageOf(rules, tests, drills))),
  inDocs('ownership.md', ownershipPage()),
  inDocs('statuses.md', statusesPage()),
  inDocs('events.md', eventsPage()),
  inDocs('states.md', statesPage()),
  inDocs('screen.md', screenPage()),
  inDocs('when.md', whenPage(drillsFolder)),
  ...drillsPages(drills),
];
const isCurrent = ({ path, text }: Page): boolean => existsSync(path) && readFileSync(path, 'utf8') === text;
const stale = pages.filter((page) => !isCurrent(page));
const problems = coverageProblems(rules, tests, drills);

for (const problem of problems) console.error(`docs: ${problem}`);
if (process.argv.includes('--check')) {
  for (const { path } of stale) {
    console.error(`docs: ${relative(root, path)} is not what the code says; npm run docs`);
  }
  if (stale.length + problems.length > 0) process.exitCode = 1;
} else {
  for (const { path, text } of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`docs: ${relative(root, path)} written`);
  }
}
