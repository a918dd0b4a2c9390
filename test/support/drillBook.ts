import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drillFiles } from '../../cli/drill/drillFiles.js';

/** The repository's folder. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A drill with the values that it is run with. */
export interface Variant {
  /** From the repository's folder. */
  readonly file: string;
  readonly defines: ReadonlyMap<string, string>;
  readonly title: string;
}

/** All drills that come with the program, each as it stands. */
export const drills: readonly string[] = drillFiles([join(repository, 'drills')]).map((file) =>
  relative(repository, file),
);

const textOf = (file: string): string => readFileSync(join(repository, file), 'utf8');

/** The first paragraph of the comment that a drill opens with; empty if the paragraph does not end before the rules. */
export function openingOf(file: string): string {
  const opening = /^((?:# .+\n)+)#\n/.exec(textOf(file))?.[1] ?? '';
  return opening.replaceAll(/^# /gm, '').trim().replaceAll('\n', ' ');
}

/** The rules that a drill names in its line `# Rules: S7, D8`. */
export function rulesOf(file: string): readonly string[] {
  const line = /^# Rules: (.+)$/m.exec(textOf(file))?.[1] ?? '';
  return line.split(',').map((rule) => rule.trim());
}

/** A drill as it stands, and with each set of values in its line `# Also: kind=eee; kind=eee release=R1.0.x`. */
export function variantsOf(file: string): readonly Variant[] {
  const line = /^# Also: (.+)$/m.exec(textOf(file))?.[1];
  const sets = line === undefined ? [] : line.split(';').map((set) => set.trim());
  return ['', ...sets].map((set) => ({
    file,
    defines: new Map(set === '' ? [] : set.split(' ').map((pair) => pair.split('=') as [string, string])),
    title: set === '' ? file : `${file} with ${set}`,
  }));
}

/** The kinds of node that a drill makes, what it includes taken in. */
export function kindsOf(variant: Variant): ReadonlySet<string> {
  const kinds = new Set<string>();
  gather(variant.file, new Map(variant.defines), kinds);
  return kinds;
}

/** The drills that a drill includes, directly or not. */
export function includedBy(file: string): readonly string[] {
  return [...textOf(file).matchAll(/^\s*include\s+(\S+)/gm)].flatMap(([, name]) => {
    const included = join(dirname(file), name!);
    return [included, ...includedBy(included)];
  });
}

function gather(file: string, values: Map<string, string>, kinds: Set<string>): void {
  const filled = (text: string) => text.replace(/\$\{(\w+)\}/g, (all, name) => values.get(name) ?? all);
  for (const line of textOf(file).split('\n')) {
    const [command, first, second] = line.trim().split(/\s+/);
    if (command === 'default' && !values.has(first!)) values.set(first!, second!);
    if (command === 'include') gather(join(dirname(file), first!), values, kinds);
    if (command === 'node') kinds.add(filled(second!));
  }
}
