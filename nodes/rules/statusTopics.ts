import type { Topic } from '../../emulator/index.js';
import { statuses } from '../../rmc-core/index.js';

/** The statuses as topics of `help`: `help RMC_ENOMEM`. */
export const statusTopics: readonly Topic[] = Object.freeze(
  statuses.map(({ name, code, definite, meaning }) => ({
    name,
    group: 'Statuses',
    title: `status ${code}; ${definite ? 'it is certain what became of it' : 'it may have happened or not'}`,
    text: meaning,
  })),
);
