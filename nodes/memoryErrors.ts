import type { MemoryErrorKind } from '../emulator/index.js';
import type { Fabric } from './fabric.js';
import type { AppRecord } from './records.js';

/** Records a memory error of an application's call or callback; under `trap` its process crashes (D29). */
export function memoryError(
  fabric: Fabric,
  app: AppRecord,
  kind: MemoryErrorKind,
  address: number,
  session = -1,
): void {
  const node = fabric.node(app.node);
  const space = node.spaceOf(app);
  if (space !== undefined) fabric.world.memory.report(kind, space, address, app.owner, session);
  trap(fabric, app);
}

/** After a memory error that is on record already. */
export function trap(fabric: Fabric, app: AppRecord): void {
  const node = fabric.node(app.node);
  if (node.state.policy === 'trap') node.endApp(app, 'crash');
}
