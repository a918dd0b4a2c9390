// The planted bugs: small wrong changes to rmc-core and nodes, each of which some drill or test has to catch.
// test/planted/bugs.json declares them; test/planted/caught.json records what caught each.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const BUGS = 'test/planted/bugs.json';
export const CAUGHT = 'test/planted/caught.json';

/** Drills of thousands of clients: too slow to be asked about every bug. */
const HEAVY = /\/come-and-go/;

export function readBugs(root) {
  return JSON.parse(readFileSync(join(root, BUGS), 'utf8'));
}

export function readCaught(root) {
  return JSON.parse(readFileSync(join(root, CAUGHT), 'utf8'));
}

/** The file with the bug in it. The text has to stand there, once: else nobody knows any more what the bug is. */
export function withBug(root, bug) {
  const text = readFileSync(join(root, bug.file), 'utf8');
  const parts = text.split(bug.find);
  if (parts.length !== 2) {
    const found = parts.length === 1 ? 'does not stand' : `stands ${parts.length - 1} times`;
    throw new Error(`planted bug ${bug.name}: its text ${found} in ${bug.file}; mend ${BUGS}`);
  }
  return parts.join(bug.replace);
}

/** Those that name the bug's rule come first, and before them the one that caught it last time. */
export function inOrder(drills, bug, last) {
  const rank = ({ title, rules }) => (title === last ? 0 : rules.includes(bug.rule) ? 1 : 2);
  return [...drills].sort((a, b) => rank(a) - rank(b));
}

/** The drills that planted bugs are shown to. */
export function drillVariants(root) {
  return everyDrill(root).filter(({ title }) => !HEAVY.test(title));
}

/** Every drill, as it stands and with each set of values of its line `# Also: kind=eee; release=R1.0.x`. */
export function everyDrill(root) {
  return readdirSync(join(root, 'drills'), { recursive: true })
    .map((path) => relative(root, join(root, 'drills', String(path))))
    .filter((path) => path.endsWith('.drill'))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const also = /^# Also: (.+)$/m.exec(text)?.[1];
      const rules = (/^# Rules: (.+)$/m.exec(text)?.[1] ?? '').split(/,\s*/);
      return ['', ...(also === undefined ? [] : also.split(';').map((set) => set.trim()))].map((set) => ({
        title: set === '' ? file : `${file} with ${set}`,
        file,
        rules,
        defines: set === '' ? [] : set.split(' ').map((pair) => pair.split('=')),
      }));
    });
}
