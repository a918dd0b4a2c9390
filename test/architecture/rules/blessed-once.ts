import { importOf, packageOf } from '../imports.js';
import { nodeRule } from '../rule.js';

const home = 'tui/blessed.ts';

export const blessedOnce = nodeRule({
  name: 'blessed-once',
  instead: `import what ${home} exports; it alone knows the package`,
  concerns: (path) => path !== home,
  look(node, report, { path }) {
    if (packageOf(importOf(node, path)?.specifier ?? '') === 'blessed')
      report(node, 'blessed is imported here');
  },
});
