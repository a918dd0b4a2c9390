import { callbackRows } from './callbacks.js';
import { callRows } from './calls.js';
import { deathRows } from './deaths.js';
import type { OwnershipPart } from './rows.js';

/**
 * Who owns which session block before and after every call, callback and death, and who has to free it when.
 * docs/ownership.md is made from it; test/nodes/ownership*.test.ts plays every row on every kind and release.
 */
export const ownership: readonly OwnershipPart[] = [
  { title: 'Calls', rows: callRows },
  { title: 'Completions and callbacks', rows: callbackRows },
  { title: 'Deaths', rows: deathRows },
];
