/** The parts of the project, and which file belongs to which. */
export type Part =
  | 'rmc-core'
  | 'emulator'
  | 'nodes'
  | 'nodes/ssc'
  | 'nodes/eee'
  | 'tui'
  | 'cli'
  | 'entry'
  | 'outside';

const folders = ['nodes/ssc', 'nodes/eee', 'rmc-core', 'emulator', 'nodes', 'tui', 'cli'] as const;

/** The part of a file; `outside` are tests, benches, scripts and configurations. */
export function partOf(path: string): Part {
  if (path === 'index.ts') return 'entry';
  return folders.find((folder) => path.startsWith(`${folder}/`)) ?? 'outside';
}

/** The file that other parts import from. */
export const indexOf = (part: Part): string => (part === 'entry' ? 'index.ts' : `${part}/index.ts`);

/** The one file of nodes/ that names the node kinds. */
export const registration = 'nodes/kinds.ts';

/** The parts that have to give the same run on every machine. */
export function isDeterministic(path: string): boolean {
  return ['rmc-core', 'emulator', 'nodes', 'nodes/ssc', 'nodes/eee'].includes(partOf(path));
}
