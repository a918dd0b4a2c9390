import { nodeRule } from '../rule.js';

export const noDefaultExport = nodeRule({
  name: 'no-default-export',
  instead: 'export it under its name',
  concerns: (path) => !path.endsWith('.config.ts'),
  look(node, report) {
    if (node.type === 'ExportDefaultDeclaration') report(node, 'a default export');
    const named =
      node.type === 'ExportSpecifier' && node.exported.type === 'Identifier' ? node.exported.name : '';
    if (named === 'default') report(node, 'a default export');
  },
});
