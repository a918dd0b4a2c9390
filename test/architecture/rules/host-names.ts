import { globalRead } from '../names.js';
import { isDeterministic } from '../parts.js';
import { nodeRule } from '../rule.js';

const forbidden: ReadonlySet<string> = new Set([
  ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval'],
  ...['clearImmediate', 'queueMicrotask', 'process', 'globalThis', 'global', 'crypto', 'navigator', 'fetch'],
  ...['WeakRef', 'FinalizationRegistry', 'Buffer', 'eval', 'Function', 'require'],
]);

export const hostNames = nodeRule({
  name: 'host-names',
  instead:
    'use the virtual clock, the event queue and the seeded streams of the world, and Uint8Array for bytes',
  concerns: isDeterministic,
  look(node, report) {
    const name = globalRead(node);
    if (name !== undefined && forbidden.has(name)) report(node, `${name} is the host's`);
  },
});
