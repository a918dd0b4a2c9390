import { globalRead, propertyRead } from '../names.js';
import { isDeterministic } from '../parts.js';
import { nodeRule } from '../rule.js';

export const noLocale = nodeRule({
  name: 'no-locale',
  instead: 'compare with < and >, and write numbers and text with String() and padStart()',
  concerns: isDeterministic,
  look(node, report) {
    const name = propertyRead(node) ?? '';
    if (name === 'localeCompare' || name.startsWith('toLocale'))
      report(node, `${name} depends on the machine`);
    if (globalRead(node) === 'Intl') report(node, 'Intl depends on the machine');
  },
});
