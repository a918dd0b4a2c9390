import type { MemoryErrorKind, MemorySpace } from '../../emulator/index.js';
import { ProcessEnded } from '../app/processEnded.js';
import type { Fabric } from '../fabric.js';
import type { AppRecord } from '../records.js';

/**
 * Records a memory error of an application's call or callback. Under `trap` its process crashes (D29): true, and the
 * caller has to unwind.
 */
export function memoryError(
  fabric: Fabric,
  app: AppRecord,
  kind: MemoryErrorKind,
  address: number,
  session = -1,
): boolean {
  const space = fabric.node(app.node).spaceOf(app)!;
  fabric.world.memory.report(kind, space, address, app.owner, session);
  return trap(fabric, app);
}

/** After a memory error that is on record already. */
export function trap(fabric: Fabric, app: AppRecord): boolean {
  const node = fabric.node(app.node);
  if (node.state.policy !== 'trap') return false;
  node.endApp(app, 'crash');
  return true;
}

/** As `memoryError`, for an error in a call of the application: a crash unwinds its code. */
export function callError(
  fabric: Fabric,
  app: AppRecord,
  kind: MemoryErrorKind,
  address: number,
  session = -1,
): void {
  if (memoryError(fabric, app, kind, address, session)) throw new ProcessEnded();
}

/**
 * Records that there was no block to be had (D28, `out-of-memory`); 0, which is what the caller gets. To be without
 * memory is no wrong use of it, so the policy `trap` does not crash anybody.
 */
export function outOfMemory(fabric: Fabric, space: MemorySpace, owner: number, session = -1): 0 {
  fabric.world.memory.report('out-of-memory', space, 0, owner, session);
  return 0;
}
