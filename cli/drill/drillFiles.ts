import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { UsageError } from '../exitStatus.js';

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Why a file or folder could not be used, for a person: `there is no …`, `… may not be read`. */
export function fileTrouble(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return `there is no ${path}`;
    case 'ENOTDIR':
      return `there is no ${path}: part of its path is a file, not a folder`;
    case 'EISDIR':
      return `${path} is a folder, not a file`;
    case 'EACCES':
    case 'EPERM':
      return `${path}: no permission`;
    case 'ELOOP':
      return `${path} is a link to itself`;
    case 'EROFS':
      return `${path} lies on a disk that cannot be written`;
    default:
      return `${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** A named pipe has no end until somebody writes to it, and a device has none at all. */
export const NO_REGULAR_FILE = 'no regular file: a drill is not read from a pipe or a device';

const isDrill = (entry: Dirent, path: string): boolean => {
  if (!entry.name.endsWith('.drill')) return false;
  return entry.isFile() || (entry.isSymbolicLink() && leadsToFile(path));
};

/** Links to files count; links to folders are not followed, for they may lead round in a circle. */
function leadsToFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return true; // leads nowhere: reading it will say so
  }
}

function drillsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return drillsBelow(path);
    return isDrill(entry, path) ? [path] : [];
  });
}

function drillsOf(operand: string, faults: string[]): readonly string[] {
  try {
    const stats = statSync(operand);
    if (stats.isFile()) return [operand];
    if (!stats.isDirectory()) {
      faults.push(`${operand} is ${NO_REGULAR_FILE}`);
      return [];
    }
    const found = [...drillsBelow(operand)].sort(byCodeUnits);
    if (found.length === 0) faults.push(`the folder ${operand} holds no *.drill file`);
    return found;
  } catch (error) {
    faults.push(isMissing(error) ? `there is no file or folder ${operand}` : fileTrouble(operand, error));
    return [];
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * The drills that the operands of a command line stand for: files as they are given, folders by all *.drill files below
 * them in the order of their paths. One that is reached twice counts once.
 */
export function drillFiles(operands: readonly string[]): readonly string[] {
  const faults: string[] = [];
  const files = operands.flatMap((operand) => drillsOf(normalize(operand), faults));
  if (faults.length > 0) throw new UsageError(faults.join('\n         '), 'drill');
  const seen = new Set<string>();
  return files.filter((file) => {
    const real = realPath(file);
    return !seen.has(real) && seen.add(real);
  });
}
