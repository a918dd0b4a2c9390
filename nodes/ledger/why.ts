import type { Fabric } from '../fabric.js';
import type { Witness } from './ledger.js';

export interface Why {
  readonly rule: string;
  /** For a person, in a few words. */
  readonly why: string;
}

/** How RMC, or the application, came to know. */
export function whyTold(fabric: Fabric, witness: Witness): Why {
  const { rule, reason } = witness;
  switch (reason) {
    case 'silence': {
      const { settings } = fabric.node(fabric.app(witness.app).node).state;
      return { rule: `D15 ${rule}`, why: `${settings.heartbeatMisses} heartbeats missed` };
    }
    case 'abort':
      return { rule: `D15 ${rule}`, why: 'the far RMC said so (ABORT)' };
    case 'incarnation':
      return { rule: `D15 ${rule}`, why: 'a newer incarnation was seen' };
    case 'io':
      return { rule, why: 'an IO was not acknowledged in time' };
    case 'rmc':
      return { rule, why: 'the RMC process of its own node died' };
    case 'send':
      return { rule, why: 'a new IO was refused at once' };
    default:
      return { rule, why: `rmc_open ended in ${reason}` };
  }
}
