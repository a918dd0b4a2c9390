import { eee } from './eee/index.js';
import type { NodeKind } from './kind.js';
import { ssc } from './ssc/index.js';

/** The kinds of node that there are. The one place that knows them all. */
export const nodeKinds: readonly NodeKind[] = Object.freeze([ssc, eee]);
