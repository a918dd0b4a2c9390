import { globalRead } from '../names.js';
import { isDeterministic } from '../parts.js';
import { nodeRule } from '../rule.js';

export const noAsync = nodeRule({
  name: 'no-async',
  instead: 'put an event into the world’s queue; all of a run is synchronous',
  concerns: isDeterministic,
  look(node, report) {
    if ('async' in node && node.async === true) report(node, 'an async function');
    if (node.type === 'AwaitExpression') report(node, 'await');
    if (node.type === 'ForOfStatement' && node.await) report(node, 'for await');
    if (node.type === 'ImportExpression') report(node, 'import() gives a promise');
    if (globalRead(node) === 'Promise') report(node, 'Promise');
  },
});
