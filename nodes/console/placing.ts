import { BLOCK_BYTES } from '../../rmc-core/index.js';
import type { Address, AppApi, Offer } from '../app/application.js';
import type { Behaviour } from './behaviour.js';
import type { SessionPlan } from './state.js';

/** Far above what a process can have: no block of its own. */
const FOREIGN_ADDRESS = 0x7000_0000;

/** `new_session`: where the application places the block of a new ACCEPT session (S7), right or wrong (D5, D6). */
export function place(api: AppApi, offer: Offer, plan: SessionPlan, behaviour: Behaviour): Address {
  switch (behaviour.name) {
    case 'heap':
      return api.alloc(BLOCK_BYTES);
    case 'pool':
      return api.allocFromPool(plan.pool);
    case 'misaligned':
      return api.alloc(BLOCK_BYTES + 8) + 4;
    case 'foreign':
      return FOREIGN_ADDRESS;
    case 'small':
      return api.alloc(BLOCK_BYTES / 2);
    case 'live':
      return api.addressOf(offer.listen);
    default:
      return 0;
  }
}
