import type { Node } from 'oxc-parser';
import { indexOf, partOf } from '../parts.js';
import { nodeRule } from '../rule.js';
import type { Source } from '../source.js';

const isImported = (source: Source, name: string): boolean =>
  source.nodes.some(
    (node) => /^Import\w*Specifier$/.test(node.type) && 'local' in node && nameOf(node.local) === name,
  );

const nameOf = (node: Node): string => (node.type === 'Identifier' ? node.name : '');

export const reExports = nodeRule({
  name: 're-exports',
  instead: 'let the user import from where it is declared, or re-export it in the part’s index.ts',
  concerns: (path) => path !== indexOf(partOf(path)),
  look(node, report, source) {
    if (node.type === 'ExportAllDeclaration') report(node, 'export * from another file');
    if (node.type !== 'ExportNamedDeclaration') return;
    if (node.source !== null) report(node, 'a re-export');
    else if (node.specifiers.some(({ local }) => isImported(source, nameOf(local)))) {
      report(node, 'an export of something imported');
    }
  },
});
