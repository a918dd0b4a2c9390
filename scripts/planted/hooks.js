// Module hooks: one file of the program is read from elsewhere.
import { readFileSync } from 'node:fs';

let right = '';
let wrong = '';

export function initialize(data) {
  right = data.right;
  wrong = data.wrong;
}

export function load(url, context, next) {
  if (url !== right) return next(url, context);
  return { format: 'module', source: readFileSync(wrong, 'utf8'), shortCircuit: true };
}
