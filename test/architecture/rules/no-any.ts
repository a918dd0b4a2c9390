import { nodeRule } from '../rule.js';

export const noAny = nodeRule({
  name: 'no-any',
  instead: 'use unknown and look, or a type parameter',
  concerns: () => true,
  look(node, report) {
    if (node.type === 'TSAnyKeyword') report(node, 'any');
  },
});
