// After `npm run mutation -- --incremental`: puts the scores by file into docs/mutation.md, between its two marks. What
// the page says of single mutants is written by hand; `--survivors [file]…` lists those that it has to speak of.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = join(root, 'docs', 'mutation.md');
const START = '<!-- scores -->\n';
const END = '<!-- end of scores -->';

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

function table() {
  const lines = [
    '| | mutants | killed | endless | survived | not covered | score |',
    '|---|---:|---:|---:|---:|---:|---:|',
  ];
  const folders = [...new Set(files.map(([file]) => folderOf(file)))];
  for (const folder of folders) {
    const own = files.filter(([file]) => folderOf(file) === folder);
    const mutants = own.flatMap(([, file]) => file.mutants);
    lines.push(rowOf(`**${folder}**`, countOf(mutants)));
    for (const [name, file] of own) {
      const count = countOf(file.mutants);
      if (Object.values(count).some((number) => number > 0))
        lines.push(rowOf(name.slice(folder.length + 1), count));
    }
  }
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
  writeFileSync(page, `${text.slice(0, from + START.length)}\n${table()}\n${text.slice(to)}`);
}
