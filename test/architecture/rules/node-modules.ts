import { importOf } from '../imports.js';
import { partOf } from '../parts.js';
import { nodeRule } from '../rule.js';

export const nodeModules = nodeRule({
  name: 'node-modules',
  instead: 'only tui and cli speak with Node.js; let them hand in what is needed as plain data',
  concerns: (path) => !['tui', 'cli', 'outside'].includes(partOf(path)),
  look(node, report, { path }) {
    const specifier = importOf(node, path)?.specifier ?? '';
    if (specifier.startsWith('node:')) report(node, `${partOf(path)} may not import ${specifier}`);
    if (node.type === 'MetaProperty' && node.meta.name === 'import') {
      report(node, `${partOf(path)} may not use import.meta`);
    }
  },
});
