// `npm run docs` and, with --check, `npm run docs:check`: the documents that are made from the code.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { drillTable, withTable } from './documents/drillTable.js';
import { referencePage } from './documents/reference.js';
import { drillFiles } from './drill/drillFiles.js';

/** The repository: where the command is run. */
const root = process.cwd();
const drills = join(root, 'drills');
const drillsPage = join(drills, 'README.md');

interface Page {
  readonly path: string;
  readonly text: string;
}

function drillsPages(): readonly Page[] {
  if (!existsSync(drillsPage)) return [];
  const table = drillTable(
    drillFiles([drills]).map((path) => ({ file: relative(drills, path), text: readFileSync(path, 'utf8') })),
  );
  return [{ path: drillsPage, text: withTable(readFileSync(drillsPage, 'utf8'), table) }];
}

const pages: readonly Page[] = [
  { path: join(root, 'docs', 'reference.md'), text: referencePage() },
  ...drillsPages(),
];
const isCurrent = ({ path, text }: Page): boolean => existsSync(path) && readFileSync(path, 'utf8') === text;
const stale = pages.filter((page) => !isCurrent(page));

if (process.argv.includes('--check')) {
  for (const { path } of stale) {
    console.error(`docs: ${relative(root, path)} is not what the code says; npm run docs`);
  }
  if (stale.length > 0) process.exitCode = 1;
} else {
  for (const { path, text } of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`docs: ${relative(root, path)} written`);
  }
}
