import { posix } from 'node:path';
import type { Node } from 'oxc-parser';

export interface ImportOf {
  /** As written. */
  readonly specifier: string;
  /** The repository's file that it names, when it is relative. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

/** What a node imports or re-exports: static, dynamic, `import('…')` types and `require`; undefined for any other node. */
export function importOf(node: Node, path: string): ImportOf | undefined {
  const found = specifierOf(node);
  if (found === undefined) return undefined;
  const [specifier, typeOnly] = found;
  const target = specifier.startsWith('.')
    ? posix.normalize(posix.join(posix.dirname(path), specifier)).replace(/\.js$/, '.ts')
    : undefined;
  return { specifier, target, typeOnly };
}

function specifierOf(node: Node): readonly [string, boolean] | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return [node.source.value, node.importKind === 'type'];
    case 'ExportNamedDeclaration':
      return node.source === null ? undefined : [node.source.value, node.exportKind === 'type'];
    case 'ExportAllDeclaration':
      return [node.source.value, node.exportKind === 'type'];
    case 'TSImportType':
      return [node.source.value, true];
    case 'TSExternalModuleReference':
      return [node.expression.value, false];
    case 'ImportExpression':
      return [textOf(node.source), false];
    case 'CallExpression':
      return node.callee.type === 'Identifier' &&
        node.callee.name === 'require' &&
        node.arguments[0] !== undefined
        ? [textOf(node.arguments[0]), false]
        : undefined;
    default:
      return undefined;
  }
}

/** A specifier that is not a plain string cannot be checked; as this text it is allowed nowhere. */
const textOf = (node: Node): string =>
  node.type === 'Literal' && typeof node.value === 'string' ? node.value : '(computed)';

/** The package of a bare specifier: `a/b` is of `a`, `@a/b/c` of `@a/b`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
