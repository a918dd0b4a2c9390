import { Column } from '../../emulator/index.js';
import type { Fabric } from '../fabric.js';
import type { SessionRecord } from '../records.js';
import type { FreedView } from './view.js';

/** When a session's block was freed and by whom; undefined while it lives, and when that is not on record any more. */
export function freedView(fabric: Fabric, record: SessionRecord): FreedView | undefined {
  const { log, strings } = fabric.world;
  const event = freedEvent(fabric, record);
  if (event === 0 || event < log.firstKept) return undefined;
  const isRmc = strings.text(log.value(event, Column.b)) === 'rmc';
  const app = log.value(event, Column.app);
  return {
    event,
    timeUs: log.value(event, Column.time),
    by: isRmc || app < 0 ? 'RMC' : `app ${strings.text(app)}`,
  };
}

/** The `free` of the session's own block, also when another one lies there by now; 0: not known. */
function freedEvent(fabric: Fabric, record: SessionRecord): number {
  const space = fabric.node(record.node).spaceOf(fabric.app(record.app));
  const block = space?.blockAt(record.address);
  if (block === undefined) return 0;
  if (block.madeBy === record.madeBy) return block.freedBy;
  return block.before?.madeBy === record.madeBy ? block.before.freedBy : 0;
}
