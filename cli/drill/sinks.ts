import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OutputFailed, UsageError } from '../exitStatus.js';
import { fileTrouble } from './drillFiles.js';
import type { Write } from './report.js';

/** An open file to write to. */
export interface Sink {
  readonly write: Write;
  readonly close: () => void;
}

/** Opens a file for writing, before anything has run: one that cannot be written is a fault of the command line. */
export function fileSink(file: string, what: string): Sink {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'w');
  } catch (error) {
    throw new UsageError(`${what} cannot be written: ${fileTrouble(file, error)}`, 'drill');
  }
  return {
    write: (text) => {
      try {
        writeFileSync(descriptor, text);
      } catch (error) {
        throw new OutputFailed(`${what} could not be written to its end: ${fileTrouble(file, error)}`);
      }
    },
    close: () => closeSync(descriptor),
  };
}

/** Makes the folder of `--out`, and sees that files can be written there. */
export function outFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--out cannot be written: ${fileTrouble(folder, error)}`, 'drill');
  }
  fileSink(join(folder, 'results.json'), '--out').close();
}
