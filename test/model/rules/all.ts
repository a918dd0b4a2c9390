import type { Rule } from '../judge.js';
import { callbackRules } from './callbacks.js';
import { callRules } from './calls.js';
import { completionRules } from './completions.js';
import { frameRules } from './frames.js';
import { learnedRules } from './learned.js';
import { memoryRules } from './memory.js';
import { messageRules } from './messages.js';
import { onceRules } from './once.js';
import { orderRules } from './order.js';
import { orderedRules } from './ordered.js';
import { peerRules } from './peers.js';
import { processRules } from './processes.js';
import { stateRules } from './states.js';

/** Every rule of the model. */
export const rules: readonly Rule[] = [
  ...[...processRules, ...frameRules, ...callRules, ...stateRules, ...completionRules],
  ...[
    ...callbackRules,
    ...messageRules,
    ...orderedRules,
    ...orderRules,
    ...learnedRules,
    ...peerRules,
    ...memoryRules,
    ...onceRules,
  ],
];
