import { trap } from '../memory/memoryErrors.js';
import type { SessionRecord } from '../records.js';
import type { RmcHost } from './host.js';

/**
 * D27: RMC reads the block of a session before each callback about it. False when it is not what RMC wrote: that is on
 * record before the callback runs. Under `trap` the process may be gone then, and on an SSC `host` with it.
 */
export function verifyBlock(host: RmcHost, record: SessionRecord): boolean {
  if (host.core.verify(record.handle, host.world.nowUs)) return true;
  corrupted(host, record);
  return false;
}

/** D27: what RMC read in the block is not what it wrote. Reported once. */
export function corrupted(host: RmcHost, record: SessionRecord | undefined): void {
  if (record === undefined || record.corrupted) return;
  record.corrupted = true;
  const app = host.fabric.app(record.app);
  const owner = record.placedByApp ? app.owner : host.owner;
  host.world.memory.report('corrupted', host.space, record.address, owner, record.nameId);
  trap(host.fabric, app);
}
