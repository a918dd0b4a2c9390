import { importOf } from '../imports.js';
import { indexOf, partOf } from '../parts.js';
import { nodeRule } from '../rule.js';

export const throughIndex = nodeRule({
  name: 'through-index',
  instead: 'import from the other part’s index.ts, and export there what is meant for others',
  concerns: (path) => partOf(path) !== 'outside',
  look(node, report, { path }) {
    const target = importOf(node, path)?.target;
    if (target === undefined) return;
    const from = partOf(path);
    const to = partOf(target);
    const inNodes = from.startsWith('nodes/') && to === 'nodes';
    if (from === to || to === 'outside' || inNodes || target === indexOf(to)) return;
    report(node, `${target} is inside ${to}`);
  },
});
