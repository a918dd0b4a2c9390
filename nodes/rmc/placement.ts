import { BLOCK_ALIGN, BLOCK_BYTES } from '../../rmc-core/index.js';
import type { RmcHost } from './host.js';

/**
 * D29, `hardware`: of a bad placement RMC on the target sees only what the address itself says. In the rest it writes
 * its session, whatever lies there.
 */
export function usedAllTheSame(host: RmcHost, address: number): boolean {
  if (host.node.policy !== 'hardware') return false;
  return address % BLOCK_ALIGN === 0 && host.space.contains(address, BLOCK_BYTES);
}

/** D6: whether RMC cannot use the block: misaligned, not in the process's memory, too small, freed, or taken. */
export function badPlacement(host: RmcHost, address: number): boolean {
  if (address % BLOCK_ALIGN !== 0) return true;
  const block = host.space.blockAt(address);
  if (block === undefined || !block.live) return true;
  // The application may place the session inside a larger block of its own.
  if (address + BLOCK_BYTES > block.address + block.size) return true;
  return holdsSession(host, address);
}

/** Whether a session that RMC knows has any byte of a session block at `address`. */
export function holdsSession(host: RmcHost, address: number): boolean {
  for (let at = address - BLOCK_BYTES + BLOCK_ALIGN; at < address + BLOCK_BYTES; at += BLOCK_ALIGN) {
    if (host.core.sessionAtAddress(at) !== 0) return true;
  }
  return false;
}
