import { importOf } from '../imports.js';
import { type Part, partOf, registration } from '../parts.js';
import { nodeRule } from '../rule.js';

const both = ['rmc-core', 'emulator'] as const;

const allowed: Readonly<Record<Part, readonly Part[]>> = {
  'rmc-core': [],
  emulator: [],
  nodes: both,
  'nodes/ssc': [...both, 'nodes'],
  'nodes/eee': [...both, 'nodes'],
  tui: [...both, 'nodes'],
  cli: [...both, 'nodes', 'tui', 'entry'],
  entry: [...both, 'nodes'],
  outside: [...both, 'nodes', 'nodes/ssc', 'nodes/eee', 'tui', 'cli', 'entry', 'outside'],
};

export const importDirection = nodeRule({
  name: 'import-direction',
  instead:
    'imports point one way, rmc-core and emulator <- nodes <- nodes/ssc, nodes/eee, tui <- cli; ' +
    'move what is shared down, or hand it in as an argument',
  concerns: (path) => partOf(path) !== 'outside',
  look(node, report, { path }) {
    const target = importOf(node, path)?.target;
    if (target === undefined) return;
    const from = partOf(path);
    const to = partOf(target);
    const ofAKind = to === 'nodes/ssc' || to === 'nodes/eee';
    if (from === to || allowed[from].includes(to) || (ofAKind && path === registration)) return;
    report(node, `${from} may not import ${target}, which is of ${to}`);
  },
});
