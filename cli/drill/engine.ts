import { dirname, isAbsolute, join } from 'node:path';
import {
  checkDeterminism,
  type Drill,
  type DrillResult,
  DrillRun,
  type Problem,
  parseDrill,
  type World,
} from '../../emulator/index.js';
import { createEmulator, language as rmcLanguage } from '../../index.js';
import type { ExitStatus } from '../exitStatus.js';
import type { LogMode } from './drillOptions.js';
import { readDrillText } from './readText.js';
import type { Failure } from './report.js';

/** The language of worlds with RMC nodes. */
export const language = rmcLanguage();

export interface ReadDrill {
  readonly file: string;
  readonly drill: Drill;
}

const atStart = (file: string, message: string): Problem => ({
  ...{ file, line: 1, column: 1, length: 1, via: [] },
  message,
  expected: 'a text file of monitor commands',
});

/** An included file lies beside the file that includes it. */
export function readIncluded(
  path: string,
  from: string,
): { file: string; text: string } | { problem: string } {
  const file = isAbsolute(path) ? path : join(dirname(from), path);
  const read = readDrillText(file);
  return 'problem' in read
    ? { problem: `${path} cannot be included: ${read.problem}` }
    : { file, text: read.text };
}

/** Reads and checks the text of a drill; nothing runs. `shared`: the defines may be meant for another drill. */
export function readDrill(
  file: string,
  defines: ReadonlyMap<string, string>,
  sharedDefines = false,
): ReadDrill | { readonly problems: readonly Problem[] } {
  const read = readDrillText(file);
  if ('problem' in read) return { problems: [atStart(file, read.problem)] };
  const parsed = parseDrill(read.text, file, language, {
    ...{ defines, sharedDefines },
    readFile: readIncluded,
  });
  return 'problems' in parsed ? parsed : { file, drill: parsed.drill };
}

/** A new world with RMC nodes in it, at time 0. */
export const newWorld = (seed: number, log: LogMode | 'recent'): World => createEmulator({ seed, log }).world;

/** How a run ended. */
export interface Outcome {
  readonly timeUs: number;
  readonly events: number;
  readonly digest: string;
  readonly failures: readonly Failure[];
  readonly status: ExitStatus;
  /** What the drill's own looks (`nodes`, `events`…) showed, each after the line that asked. */
  readonly said: readonly string[];
}

/** A run that is over, with the world that it left. */
export interface FinishedRun extends Outcome {
  readonly world: World;
}

const outcome = (result: DrillResult, said: readonly string[]): Outcome => ({
  timeUs: result.timeUs,
  events: result.events,
  digest: result.digest,
  failures: result.failures,
  status: result.exitCode,
  said,
});

/** Runs a drill to its end. */
export function runDrill({ drill }: ReadDrill, seed: number, log: LogMode): FinishedRun {
  const world = newWorld(seed, log);
  const said: string[] = [];
  const run = new DrillRun(world, drill, language, {
    said: (lines, command) => {
      said.push(`> ${command.text}`, ...lines.map((line) => `  ${line}`));
    },
  });
  run.advance();
  return { ...outcome(run.result(), said), world };
}

/** Runs a drill twice side by side; a difference is a failure with the first event that differs. */
export function runTwice({ drill }: ReadDrill, seed: number, log: LogMode): Outcome {
  return outcome(checkDeterminism(() => newWorld(seed, log), drill, language).result, []);
}
