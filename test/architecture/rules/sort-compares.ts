import { propertyRead } from '../names.js';
import { isDeterministic } from '../parts.js';
import { nodeRule } from '../rule.js';

export const sortCompares = nodeRule({
  name: 'sort-compares',
  instead: 'give the comparison: .sort((a, b) => a - b)',
  concerns: isDeterministic,
  look(node, report) {
    if (node.type !== 'CallExpression') return;
    const name = propertyRead(node.callee);
    if (name !== 'sort' && name !== 'toSorted') return;
    const by = node.arguments[0];
    const missing = by === undefined || (by.type === 'Identifier' && by.name === 'undefined');
    if (missing) report(node, `.${name}() without a comparison sorts numbers as text`);
  },
});
