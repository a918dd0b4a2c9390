import type { Expression, Node, PropertyDefinition, TSType, VariableDeclaration } from 'oxc-parser';
import { isDeterministic } from '../parts.js';
import { ReadonlyTypes } from '../readonly-types.js';
import { nodeRule, type Report, type Rule } from '../rule.js';

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
function mutable(node: Expression, types: ReadonlyTypes): string | undefined {
  switch (node.type) {
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return mutable(node.expression, types);
    case 'TSAsExpression':
      return isConst(node.typeAnnotation) || types.has(node.typeAnnotation)
        ? undefined
        : mutable(node.expression, types);
    case 'ConditionalExpression':
      return mutable(node.consequent, types) ?? mutable(node.alternate, types);
    case 'LogicalExpression':
      return mutable(node.left, types) ?? mutable(node.right, types);
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

const words = {
  name: 'module-state',
  instead:
    'keep state in the world; a table is `as const`, Object.freeze(…), or annotated with a type that is readonly ' +
    'through and through (Readonly<…>, ReadonlyMap, readonly T[], an interface of readonly fields); annotate the ' +
    'result of a call',
};

/** What can be changed in a declared value, or undefined. */
function held(
  annotation: TSType | undefined,
  value: Expression | null,
  types: ReadonlyTypes,
): string | undefined {
  if (value === null || (annotation !== undefined && types.has(annotation))) return undefined;
  return mutable(value, types);
}

function lookAtVariables(node: VariableDeclaration, report: Report, types: ReadonlyTypes): void {
  if (node.kind !== 'const') {
    report(node, `${node.kind} at the top of a module`);
    return;
  }
  for (const { id, init } of node.declarations) {
    const what = held(id.typeAnnotation?.typeAnnotation, init, types);
    if (what !== undefined) report(node, `${what} at the top of a module can be changed`);
  }
}

function lookAtField(node: PropertyDefinition, report: Report, types: ReadonlyTypes): void {
  const what = held(node.typeAnnotation?.typeAnnotation, node.value, types);
  if (node.readonly !== true) report(node, 'a static field that is not readonly');
  else if (what !== undefined) report(node, `${what} in a static field can be changed`);
}

const ruleWith = (types: ReadonlyTypes): Rule =>
  nodeRule({
    ...words,
    concerns: isDeterministic,
    look(node, report) {
      if (node.type === 'VariableDeclaration' && atTop(node)) lookAtVariables(node, report, types);
      if (node.type === 'PropertyDefinition' && node.static) lookAtField(node, report, types);
    },
  });

export const moduleState: Rule = {
  ...words,
  check: (files) => ruleWith(new ReadonlyTypes(files)).check(files),
};
