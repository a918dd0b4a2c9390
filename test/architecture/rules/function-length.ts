import { nodeRule } from '../rule.js';
import { isCode, isGenerated, isTest, lineAt } from '../source.js';

const most = 70;
const functions: ReadonlySet<string> = new Set([
  ...['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'],
]);

export const functionLength = nodeRule({
  name: 'function-length',
  instead: `give a step of it a name of its own; ${most} lines are the most`,
  concerns: (path) => isCode(path) && !isGenerated(path) && !isTest(path),
  look(node, report, source) {
    if (!functions.has(node.type)) return;
    const lines = lineAt(source, node.end) - lineAt(source, node.start) + 1;
    if (lines > most) report(node, `a function of ${lines} lines`);
  },
});
