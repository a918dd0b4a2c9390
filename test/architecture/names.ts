import type { Node } from 'oxc-parser';

/** The name that a node reads off some object, as `.name`, `['name']` or in a destructuring; undefined for others. */
export function propertyRead(node: Node): string | undefined {
  if (node.type === 'MemberExpression') {
    if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined;
    return node.property.type === 'Literal' ? String(node.property.value) : undefined;
  }
  if (node.type !== 'Property' || node.parent?.type !== 'ObjectPattern') return undefined;
  if (node.key.type === 'Literal') return String(node.key.value);
  return node.key.type === 'Identifier' && !node.computed ? node.key.name : undefined;
}

/** The name of a global that a node refers to, as a value or as a type; undefined when it is bound in the file. */
export function globalRead(node: Node): string | undefined {
  if (node.type !== 'Identifier' || isOnlyAName(node) || isBound(node, node.name)) return undefined;
  return node.name;
}

/** Whether an identifier is a key, a member's name or a label, and so refers to nothing. */
function isOnlyAName(node: Node): boolean {
  const parent = node.parent;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed;
    case 'Property':
      return parent.key === node && !parent.computed && !parent.shorthand;
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'MethodDefinition':
    case 'TSAbstractMethodDefinition':
    case 'TSAbstractPropertyDefinition':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return parent.key === node && !parent.computed;
    case 'TSQualifiedName':
      return parent.right === node;
    case 'ImportSpecifier':
    case 'ExportSpecifier':
      return parent.local !== node;
    case 'TSNamedTupleMember':
      return parent.label === node;
    case 'MetaProperty':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return true;
    default:
      return false;
  }
}

function isBound(node: Node, name: string): boolean {
  for (let scope: Node | null | undefined = node; scope; scope = scope.parent) {
    if (bindingsOf(scope).some((binding) => binds(binding, name))) return true;
  }
  return false;
}

/** The declarations and patterns that a node adds to what its descendants see. */
function bindingsOf(scope: Node): readonly unknown[] {
  switch (scope.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      return scope.body;
    case 'SwitchStatement':
      return scope.cases.flatMap((part) => part.consequent as readonly unknown[]);
    case 'ForStatement':
      return [scope.init];
    case 'ForInStatement':
    case 'ForOfStatement':
      return [scope.left];
    case 'CatchClause':
      return [scope.param];
    case 'ClassExpression':
      return [scope.id];
    case 'FunctionExpression':
      return [scope.id, ...scope.params];
    case 'TSIndexSignature':
      return scope.parameters;
    default:
      return 'params' in scope && Array.isArray(scope.params) ? scope.params : [];
  }
}

/** Whether a declaration, or a pattern, gives a name a meaning. */
function binds(part: unknown, name: string): boolean {
  const node = part as Node | null;
  const anyOf = (parts: readonly unknown[]): boolean => parts.some((each) => binds(each, name));
  switch (node?.type) {
    case 'Identifier':
      return node.name === name;
    case 'VariableDeclaration':
      return anyOf(node.declarations.map((each) => each.id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return binds(node.id, name);
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return binds(node.declaration, name);
    case 'ImportDeclaration':
      return node.specifiers.some((each) => each.local.name === name);
    case 'ObjectPattern':
      return anyOf(node.properties);
    case 'Property':
      return binds(node.value, name);
    case 'ArrayPattern':
      return anyOf(node.elements);
    case 'AssignmentPattern':
      return binds(node.left, name);
    case 'RestElement':
      return binds(node.argument, name);
    case 'TSParameterProperty':
      return binds(node.parameter, name);
    default:
      return false;
  }
}
