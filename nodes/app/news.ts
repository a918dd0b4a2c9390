import type { RmcHost } from '../rmc/host.js';

/** Something that RMC tells an application: what the core's output says, as a value that can wait in a mailbox. */
export interface News {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly length: number;
}

/** A copy of the core's present output that outlives it. */
export function newsOf(host: RmcHost): News {
  const { kind, a, b, c, bytes, offset, length } = host.core.output;
  const copy = length === 0 ? host.noBytes : bytes.slice(offset, offset + length);
  return { kind, a, b, c, bytes: copy, offset: 0, length };
}
