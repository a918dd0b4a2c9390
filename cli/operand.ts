import { statSync } from 'node:fs';
import { normalize } from 'node:path';
import { fileTrouble } from './drill/drillFiles.js';
import { UsageError } from './exitStatus.js';

/** The one drill that a command was given. It has to be there, and no folder. */
export function drillOperand(operand: string): string {
  const file = normalize(operand);
  let isFolder: boolean;
  try {
    isFolder = statSync(file).isDirectory();
  } catch (error) {
    throw new UsageError(fileTrouble(file, error));
  }
  if (isFolder)
    throw new UsageError(`${file} is a folder; name one drill, or run all: rmc-emu drill ${file}`);
  return file;
}
