import type { Extension } from '../emulator/index.js';
import { rmcExtension } from './extension.js';
import { nodeKinds } from './kinds.js';

/** The extensions of a world with every kind of node. */
export const rmcExtensions: readonly Extension[] = Object.freeze([rmcExtension(nodeKinds)]);
