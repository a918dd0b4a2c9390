import type { Fabric } from '../fabric.js';
import type { AppRecord, SessionRecord } from '../records.js';

/** D28, `leak`: RMC gave the block back to its owner, who had not freed it when its process ended or the drill did. */
export function auditLeaks(fabric: Fabric, app: AppRecord): void {
  const space = fabric.node(app.node).spaceOf(app)!;
  for (const record of leakedSessions(fabric, app)) {
    if (record.leaked) continue;
    fabric.world.memory.report('leak', space, record.address, app.owner, record.nameId);
    record.leaked = true;
  }
}

/** Sessions whose block is the application's again, and was not freed yet. */
export function leakedSessions(fabric: Fabric, app: AppRecord): readonly SessionRecord[] {
  return [...fabric.sessions.values()].filter(
    (record) => record.process === app.process && isLeaked(fabric, record),
  );
}

function isLeaked(fabric: Fabric, record: SessionRecord): boolean {
  if (!record.released || !record.placedByApp) return false;
  const block = fabric.node(record.node).spaceOf(fabric.app(record.app))?.blockAt(record.address);
  // A block that holds another session by now is in use, not lost.
  return block?.live === true && block.madeBy === record.madeBy && block.holds === 0;
}

/** D28, `never-closed`: a FAILED OPEN session that a living application never closed. */
function auditNeverClosed(fabric: Fabric, app: AppRecord): void {
  const space = fabric.node(app.node).spaceOf(app)!;
  for (const record of fabric.sessions.values()) {
    if (record.process !== app.process || record.type !== 'OPEN') continue;
    if (record.state !== 'FAILED' || record.over || record.closing || record.neverClosed) continue;
    fabric.world.memory.report('never-closed', space, record.address, app.owner, record.nameId);
    record.neverClosed = true;
  }
}

/** What can only be seen at the end of a drill; run again, it adds nothing. */
export function auditAtEnd(fabric: Fabric): void {
  for (const app of fabric.apps) {
    if (!fabric.isAlive(app)) continue;
    auditLeaks(fabric, app);
    auditNeverClosed(fabric, app);
  }
}
