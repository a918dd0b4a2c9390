// After `npm run mutation -- --incremental`: puts the scores by file into docs/mutation.md, between its two marks; folders
// that were not run keep the rows that they have. What the page says of single mutants is written by hand;
// `--survivors [file]…` lists those that it has to speak of.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = join(root, 'docs', 'mutation.md');
const START = '<!-- scores -->\n';
const END = '<!-- end of scores -->';
const ALL_NODES = 'all of nodes';

const words = process.argv.slice(2);
const report = JSON.parse(readFileSync(join(root, '.test-results', 'mutation-incremental.json'), 'utf8'));
const files = Object.entries(report.files).sort(([a], [b]) => (a < b ? -1 : 1));

function countOf(mutants) {
  const of = (status) => mutants.filter((mutant) => mutant.status === status).length;
  const [killed, timedOut, survived, uncovered] = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map(of);
  return { killed, timedOut, survived, uncovered };
}

function rowOf(name, { killed, timedOut, survived, uncovered }) {
  const all = killed + timedOut + survived + uncovered;
  const score = all === 0 ? '' : (((killed + timedOut) / all) * 100).toFixed(1);
  return `| ${name} | ${all} | ${killed} | ${timedOut} | ${survived} | ${uncovered} | ${score} |`;
}

function folderOf(file) {
  const parts = file.split('/');
  return parts[0] === 'rmc-core' ? 'rmc-core' : parts.slice(0, -1).join('/');
}

function rowsOf(folder) {
  const own = files.filter(([file]) => folderOf(file) === folder);
  const rows = [rowOf(`**${folder}**`, countOf(own.flatMap(([, file]) => file.mutants)))];
  for (const [name, file] of own) {
    const count = countOf(file.mutants);
    if (Object.values(count).some((number) => number > 0))
      rows.push(rowOf(name.slice(folder.length + 1), count));
  }
  return rows;
}

/** The rows that stand on the page, by folder. */
function oldRows(text) {
  const rows = new Map();
  let folder = '';
  for (const line of text.split('\n').filter((each) => each.startsWith('| '))) {
    folder = /^\| \*\*(.+)\*\* /.exec(line)?.[1] ?? folder;
    if (folder !== '' && folder !== ALL_NODES) rows.set(folder, [...(rows.get(folder) ?? []), line]);
  }
  return rows;
}

/** The sum of the rows of the folders of nodes, those that stood on the page before included. */
function nodesRow(rows) {
  const heads = [...rows].filter(([folder]) => folder !== 'rmc-core').map(([, [head]]) => head.split('|'));
  const sum = (column) => heads.reduce((total, cells) => total + Number(cells[column]), 0);
  const [killed, timedOut, survived, uncovered] = [3, 4, 5, 6].map(sum);
  return rowOf(`**${ALL_NODES}**`, { killed, timedOut, survived, uncovered });
}

function table(before) {
  const rows = oldRows(before);
  for (const folder of new Set(files.map(([file]) => folderOf(file)))) rows.set(folder, rowsOf(folder));
  const lines = [
    '| | mutants | killed | endless | survived | not covered | score |',
    '|---|---:|---:|---:|---:|---:|---:|',
    nodesRow(rows),
    ...[...rows.keys()].sort().flatMap((folder) => rows.get(folder)),
  ];
  return `${lines.join('\n')}\n`;
}

function survivors(wanted) {
  for (const [name, file] of files) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    const lines = file.source.split('\n');
    for (const { status, location, replacement, mutatorName } of file.mutants) {
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const { start, end } = location;
      const text = lines[start.line - 1];
      const until = start.line === end.line ? end.column - 1 : undefined;
      const put = replacement === undefined ? mutatorName : replacement.replaceAll(/\s+/g, ' ');
      console.log(`${name}:${start.line} ${status === 'NoCoverage' ? '(not covered) ' : ''}${text.trim()}`);
      console.log(`    ${text.slice(start.column - 1, until)}  ->  ${put}`);
    }
  }
}

if (words[0] === '--survivors') survivors(words.slice(1));
else {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(START);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error('docs/mutation.md: the marks of the scores are missing');
  writeFileSync(
    page,
    `${text.slice(0, from + START.length)}\n${table(text.slice(from, to))}\n${text.slice(to)}`,
  );
}
