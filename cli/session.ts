import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Timeline } from '../emulator/index.js';
import { fileTrouble } from './drill/drillFiles.js';
import { language, newWorld, type ReadDrill, readIncluded } from './drill/engine.js';

/** Writes a saved drill; says why it cannot be written. */
function writeDrill(file: string, text: string, force: boolean): string | undefined {
  try {
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST' && statSync(file).isDirectory()) return `${file} is a folder, not a file`;
    if (code === 'EEXIST') return `${file} is there already; --force writes over it`;
    return code === 'ENOENT' ? `there is no folder ${dirname(file)}` : fileTrouble(file, error);
  }
}

export interface SessionOptions {
  readonly seed: number;
  /** `continue` is played by the owner of the timeline. */
  readonly isPaced: boolean;
  /** Told what the drill's own looks show, again whenever the run is made again. */
  readonly said?: (lines: readonly string[]) => void;
}

/** A world with what an operator does to it: on a drill, or empty. It stands at its beginning. */
export function newTimeline(read: ReadDrill | undefined, options: SessionOptions): Timeline {
  return new Timeline({
    language,
    makeWorld: () => newWorld(options.seed, 'recent'),
    isPaced: options.isPaced,
    readFile: (path, from) => readIncluded(path, from === '' ? 'prompt' : from),
    writeFile: writeDrill,
    ...(read === undefined ? {} : { drill: read.drill }),
    ...(options.said === undefined ? {} : { said: options.said }),
  });
}
