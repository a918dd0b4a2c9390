import type { Node } from 'oxc-parser';
import { globalRead, propertyRead } from '../names.js';
import { isDeterministic } from '../parts.js';
import { nodeRule } from '../rule.js';

/** The functions of Math whose result the language fixes to the last bit. */
const exact: ReadonlySet<string> = new Set([
  ...['abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'min', 'max', 'imul', 'clz32', 'fround'],
]);

const isConstant = (node: Node): boolean =>
  node.type === 'Literal' || (node.type === 'UnaryExpression' && isConstant(node.argument));

export const exactMath = nodeRule({
  name: 'exact-math',
  instead: `use integers and only Math.${[...exact].join(', ')}, written out as Math.name`,
  concerns: isDeterministic,
  look(node, report) {
    if (globalRead(node) === 'Math') {
      const user = node.parent;
      const name = user?.type === 'MemberExpression' && user.object === node ? propertyRead(user) : undefined;
      if (name === undefined) report(node, 'Math is passed on, renamed or taken apart');
      else if (!exact.has(name)) report(node, `Math.${name} is not the same on every machine`);
    }
    const power = node.type === 'BinaryExpression' && node.operator === '**';
    if (power && !(isConstant(node.left) && isConstant(node.right))) report(node, '** is not exact');
    if (node.type === 'AssignmentExpression' && node.operator === '**=') report(node, '**= is not exact');
  },
});
