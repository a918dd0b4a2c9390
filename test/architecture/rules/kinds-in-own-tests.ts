import { importOf } from '../imports.js';
import { partOf } from '../parts.js';
import { nodeRule } from '../rule.js';

/** Tests and benches go away with the kind that they name, and all others stay. */
export const kindsInOwnTests = nodeRule({
  name: 'kinds-in-own-tests',
  instead:
    'move the test into test/ssc or test/eee, or build the node by its kind’s name through nodes/index.ts',
  concerns: (path) => partOf(path) === 'outside',
  look(node, report, { path }) {
    const target = importOf(node, path)?.target ?? '';
    const kind = /^nodes\/(ssc|eee)\//.exec(target)?.[1];
    if (kind === undefined || path.startsWith(`test/${kind}/`)) return;
    report(node, `only test/${kind} may import ${target}`);
  },
});
