import type { Rule } from './rule.js';
import { blessedOnce } from './rules/blessed-once.js';
import { exactMath } from './rules/exact-math.js';
import { fileLength } from './rules/file-length.js';
import { functionLength } from './rules/function-length.js';
import { heldState } from './rules/held-state.js';
import { hostNames } from './rules/host-names.js';
import { importDirection } from './rules/import-direction.js';
import { keyOrder } from './rules/key-order.js';
import { kindsApart } from './rules/kinds-apart.js';
import { kindsInOwnTests } from './rules/kinds-in-own-tests.js';
import { medianLength } from './rules/median-length.js';
import { moduleState } from './rules/module-state.js';
import { noAny } from './rules/no-any.js';
import { noAsync } from './rules/no-async.js';
import { noDefaultExport } from './rules/no-default-export.js';
import { noLocale } from './rules/no-locale.js';
import { nodeModules } from './rules/node-modules.js';
import { ownWords } from './rules/own-words.js';
import { packages } from './rules/packages.js';
import { reExports } from './rules/re-exports.js';
import { sortCompares } from './rules/sort-compares.js';
import { throughIndex } from './rules/through-index.js';

export const rules: readonly Rule[] = [
  ...[importDirection, kindsApart, kindsInOwnTests, throughIndex, packages, nodeModules, blessedOnce],
  ...[hostNames, exactMath, noAsync, noLocale, sortCompares, keyOrder, moduleState, heldState],
  ...[fileLength, medianLength, functionLength, noDefaultExport, reExports, noAny, ownWords],
];
