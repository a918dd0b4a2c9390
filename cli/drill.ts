import { fault, type Problem } from '../emulator/index.js';
import type { Given } from './commandLine.js';
import { drillFiles } from './drill/drillFiles.js';
import { type DrillOptions, drillOptions } from './drill/drillOptions.js';
import { type ReadDrill, readDrill } from './drill/engine.js';
import { Outputs } from './drill/outputs.js';
import { problemsText } from './drill/pretty.js';
import type { RunReport } from './drill/report.js';
import { plannedRun, runPlanned } from './drill/runs.js';
import { type ExitStatus, PASSED, UsageError, WRONG, worst } from './exitStatus.js';
import type { Host } from './host.js';
import { counted } from './printable.js';

function chosenFiles(operands: readonly string[], filter: string | undefined): readonly string[] {
  const files = drillFiles(operands);
  const chosen = filter === undefined ? files : files.filter((file) => file.includes(filter));
  if (chosen.length === 0) {
    throw new UsageError(`none of ${counted(files.length, 'drill')} has "${filter}" in its path`, 'drill');
  }
  return chosen;
}

/** All texts, and all that is wrong in any of them; a problem of a file that several include counts once. */
function readAll(
  files: readonly string[],
  defines: ReadonlyMap<string, string>,
): { readonly drills: readonly ReadDrill[]; readonly problems: readonly Problem[] } {
  const drills: ReadDrill[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const read = readDrill(file, defines, files.length > 1);
    if ('problems' in read) problems.push(...read.problems);
    else drills.push(read);
  }
  return { drills, problems };
}

/** A define that no drill of the run has a default for is a mistake; one that some have is meant for those. */
function checkDefines(defines: ReadonlyMap<string, string>, drills: readonly ReadDrill[]): void {
  const right = new Set(drills.flatMap(({ drill }) => drill.defaults));
  for (const name of defines.keys()) {
    if (right.has(name)) continue;
    const { nearest } = fault('', undefined, name, right);
    const near = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    throw new UsageError(
      `--define ${name}: none of the ${counted(drills.length, 'drill')} has a "default ${name}"${near}`,
      'drill',
    );
  }
}

/** Lets a closed pipe be noticed, and signals come through. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function runAll(
  drills: readonly ReadDrill[],
  options: DrillOptions,
  outputs: Outputs,
  host: Host,
): Promise<readonly RunReport[]> {
  const reports: RunReport[] = [];
  for (const drill of drills) {
    for (let seed = options.seed; seed < options.seed + options.seeds; seed += 1) {
      const report = runPlanned(plannedRun(drill, seed, options), outputs);
      reports.push(report);
      outputs.run(report);
      if (options.bail && !report.passed) return reports;
      await breath();
      if (host.outputGone()) return reports;
    }
  }
  return reports;
}

/** `rmc-emu drill`: reads all texts, runs them, reports. */
export async function runDrillCommand(given: Given, host: Host): Promise<ExitStatus> {
  const options = drillOptions(given.options);
  const files = chosenFiles(given.operands, options.filter);
  if (options.list) {
    host.out(files.map((file) => `${file}\n`).join(''));
    return PASSED;
  }
  const outputs = new Outputs(options, given.options.flag('color'), host);
  try {
    const { drills, problems } = readAll(files, options.defines);
    if (problems.length > 0) {
      host.err(problemsText(problems));
      outputs.problems(problems);
      return WRONG;
    }
    checkDefines(options.defines, drills);
    if (options.check) {
      outputs.checked(drills.length);
      return PASSED;
    }
    const startedMs = performance.now();
    const runs = await runAll(drills, options, outputs, host);
    const notRun = drills.length * options.seeds - runs.length;
    outputs.end({ drills: drills.length, runs, notRun, elapsedMs: performance.now() - startedMs });
    return worst(runs.map((report) => report.status));
  } finally {
    outputs.close();
  }
}
