import { globalRead, propertyRead } from '../names.js';
import { isDeterministic } from '../parts.js';
import { nodeRule } from '../rule.js';

const home = 'emulator/plain.ts';
/** Copies objects field by field, in whatever order. */
const copier = 'emulator/checkpoint/fields.ts';

const listing: ReadonlySet<string> = new Set([
  ...['keys', 'values', 'entries', 'getOwnPropertyNames', 'getOwnPropertyDescriptors', 'ownKeys'],
]);

export const keyOrder = nodeRule({
  name: 'key-order',
  instead: `keep an array or a Map, or use the helper in ${home}: keys that look like integers change places`,
  concerns: (path) => isDeterministic(path) && path !== home && path !== copier,
  look(node, report) {
    if (node.type === 'ForInStatement') report(node, 'for…in');
    const name = globalRead(node);
    if (name !== 'Object' && name !== 'Reflect') return;
    const user = node.parent;
    if (user?.type === 'CallExpression' || user?.type === 'TSTypeReference') return;
    const read = user?.type === 'MemberExpression' && user.object === node ? propertyRead(user) : undefined;
    if (read === undefined) report(node, `${name} is passed on, renamed or taken apart`);
    else if (listing.has(read)) report(node, `${name}.${read}`);
  },
});
