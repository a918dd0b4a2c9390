// `npm run bench [-- text…] [--seconds <n>]`: runs each program of this folder (those whose name holds one of the
// texts), those that measure for a while for so long, and prints one table. A program is a file that exports `run`; a figure that misses its target gives exit status 1.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { BenchProgram, BenchResult } from './result.js';

interface Row {
  readonly program: string;
  readonly result: BenchResult;
}

const folder = dirname(fileURLToPath(import.meta.url));

function programNames(wanted: readonly string[]): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js') && file !== 'main.js' && file !== 'result.js')
    .map((file) => file.slice(0, -'.js'.length))
    .filter((name) => wanted.length === 0 || wanted.some((text) => name.includes(text)))
    .sort();
}

async function programOf(name: string): Promise<BenchProgram | undefined> {
  const module: unknown = await import(pathToFileURL(join(folder, `${name}.js`)).href);
  const run = typeof module === 'object' && module !== null && 'run' in module ? module.run : undefined;
  return typeof run === 'function' ? (run as BenchProgram) : undefined;
}

/** Whole numbers in groups of three from 100 on, below that three digits: `1 234 567`, `0.82`. */
function numberText(value: number): string {
  if (Math.abs(value) < 100) return String(Number(value.toPrecision(3)));
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

function missed({ value, target }: BenchResult): boolean {
  if (target === undefined) return false;
  return 'atLeast' in target ? !(value >= target.atLeast) : !(value <= target.atMost);
}

function targetText(result: BenchResult): string {
  const { target } = result;
  if (target === undefined) return '';
  const bound =
    'atLeast' in target ? `at least ${numberText(target.atLeast)}` : `at most ${numberText(target.atMost)}`;
  return missed(result) ? `MISSED: ${bound}` : bound;
}

function table(rows: readonly Row[]): string {
  const cells = rows.map(({ program, result }) => [
    program,
    result.name,
    numberText(result.value),
    result.unit,
    targetText(result),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 2 ? cell.padStart(widths[2]!) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string' } },
});
const seconds = Number(values.seconds ?? Number.NaN);
const rows: Row[] = [];
for (const program of programNames(positionals)) {
  const run = await programOf(program);
  if (run === undefined) continue;
  process.stderr.write(`bench: ${program} …\n`);
  const results = await run(seconds > 0 ? { seconds } : {});
  rows.push(...results.map((result) => ({ program, result })));
}
console.log(rows.length === 0 ? 'bench: no program exports run()' : table(rows));
if (rows.some(({ result }) => missed(result))) process.exitCode = 1;
