import { importOf, packageOf } from '../imports.js';
import { type Part, partOf } from '../parts.js';
import { nodeRule } from '../rule.js';

const allowed: Readonly<Record<Part, readonly string[]>> = {
  'rmc-core': [],
  emulator: ['pure-rand'],
  nodes: [],
  'nodes/ssc': [],
  'nodes/eee': [],
  entry: [],
  tui: ['blessed', 'string-width', 'picocolors'],
  cli: ['yargs', 'string-width', 'picocolors'],
  outside: [],
};

export const packages = nodeRule({
  name: 'packages',
  instead:
    'pure-rand belongs to emulator, blessed to tui, yargs to cli, string-width and picocolors to both of these; ' +
    'put the need behind a function of that part',
  concerns: (path) => partOf(path) !== 'outside',
  look(node, report, { path }) {
    const found = importOf(node, path);
    if (found === undefined || found.target !== undefined || found.specifier.startsWith('node:')) return;
    const part = partOf(path);
    if (allowed[part].includes(packageOf(found.specifier))) return;
    report(node, `${part} may not import the package ${found.specifier}`);
  },
});
