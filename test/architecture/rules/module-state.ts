import type { Expression, Node, TSType } from 'oxc-parser';
import { isDeterministic } from '../parts.js';
import { nodeRule } from '../rule.js';

const plainTypes: ReadonlySet<string> = new Set([
  ...['TSNumberKeyword', 'TSStringKeyword', 'TSBooleanKeyword', 'TSBigIntKeyword', 'TSFunctionType'],
]);

/** Whether a written type says that nobody changes the value: a number, text, a function, readonly, Readonly… */
function saysReadonly(type: TSType): boolean {
  if (plainTypes.has(type.type)) return true;
  if (type.type === 'TSTypeOperator') return type.operator === 'readonly' || type.operator === 'unique';
  return (
    type.type === 'TSTypeReference' &&
    type.typeName.type === 'Identifier' &&
    type.typeName.name.startsWith('Readonly')
  );
}

const isConst = (type: TSType): boolean =>
  type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const';

/** Calls that give a value which cannot be changed. */
const valueCalls = /^(Object\.freeze|Symbol(\.for)?|String|Number|BigInt|Boolean|Math\.\w+)$/;

function calleeName(node: Expression): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return '';
  return node.property.type === 'Identifier' && !node.computed
    ? `${node.object.name}.${node.property.name}`
    : '';
}

/** What can be changed in a value, or undefined. */
function mutable(node: Expression): string | undefined {
  switch (node.type) {
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return mutable(node.expression);
    case 'TSAsExpression':
      return isConst(node.typeAnnotation) || saysReadonly(node.typeAnnotation)
        ? undefined
        : mutable(node.expression);
    case 'ConditionalExpression':
      return mutable(node.consequent) ?? mutable(node.alternate);
    case 'LogicalExpression':
      return mutable(node.left) ?? mutable(node.right);
    case 'ArrayExpression':
      return 'an array';
    case 'ObjectExpression':
      return 'an object';
    case 'NewExpression':
      return 'an object made with new';
    case 'CallExpression':
      return valueCalls.test(calleeName(node.callee)) ? undefined : 'the result of a call';
    case 'Literal':
      return 'regex' in node && /[gy]/.test(node.regex.flags)
        ? 'a regular expression with lastIndex'
        : undefined;
    default:
      return undefined;
  }
}

const atTop = (node: Node): boolean =>
  node.parent?.type === 'Program' ||
  (node.parent?.type === 'ExportNamedDeclaration' && node.parent.source === null);

export const moduleState = nodeRule({
  name: 'module-state',
  instead:
    'keep state in the world; a table is `as const`, Object.freeze(…), or annotated Readonly<…>, ReadonlyMap, ' +
    'readonly T[]; annotate the result of a call',
  concerns: isDeterministic,
  look(node, report) {
    if (node.type === 'VariableDeclaration' && atTop(node)) {
      if (node.kind !== 'const') report(node, `${node.kind} at the top of a module`);
      for (const { id, init } of node.kind === 'const' ? node.declarations : []) {
        const type = id.typeAnnotation?.typeAnnotation;
        const what = init === null || (type && saysReadonly(type)) ? undefined : mutable(init);
        if (what !== undefined) report(node, `${what} at the top of a module can be changed`);
      }
    }
    if (node.type !== 'PropertyDefinition' || !node.static) return;
    const type = node.typeAnnotation?.typeAnnotation;
    const what = node.value === null || (type && saysReadonly(type)) ? undefined : mutable(node.value);
    if (node.readonly !== true) report(node, 'a static field that is not readonly');
    else if (what !== undefined) report(node, `${what} in a static field can be changed`);
  },
});
