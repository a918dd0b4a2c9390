import type { Fabric } from '../fabric.js';
import { type Duty, dutyText } from '../ownership/words.js';
import type { SessionRecord } from '../records.js';
import { freedView } from './freedBy.js';
import type { OwnerLetter, SessionView } from './view.js';

/** One session as screens and reports show it: above all, whose block it is and who frees it. */
export function sessionView(fabric: Fabric, record: SessionRecord): SessionView {
  const node = fabric.node(record.node);
  const app = fabric.app(record.app);
  const host = fabric.hosts.get(record.host);
  const info = host?.core.sessionInfo(record.handle);
  const block = blockState(fabric, record);
  const freed = block === 'freed' ? freedView(fabric, record) : undefined;
  return {
    name: record.name,
    type: record.type,
    state: record.state,
    over: record.over,
    lost: record.lost,
    node: node.state.name,
    app: app.name,
    peer: record.type === 'LISTEN' ? String(record.port) : fabric.world.strings.text(record.peerId),
    address: record.address,
    owner: ownerLetter(record),
    placedBy: placedBy(record, app.name, node.rmcPlacer),
    whoFrees: whoFrees(fabric, record, app.name, block),
    block,
    ...(freed === undefined ? {} : { freed }),
    queued: info?.queued ?? 0,
    inFlight: info?.inFlight ?? 0,
    delivered: record.delivered,
    delivery: record.delivery,
    givenUp: record.givenUp,
    late: record.late,
  };
}

function ownerLetter(record: SessionRecord): OwnerLetter {
  if (record.type !== 'ACCEPT') return 'A';
  return record.placedByApp ? 'N' : 'R';
}

function placedBy(record: SessionRecord, app: string, rmcPlacer: string): string {
  if (record.type !== 'ACCEPT') return `app ${app}`;
  return record.placedByApp ? `app ${app}, in new_session` : rmcPlacer;
}

/** `gone with its process`: memory that nobody can free, or needs to. */
function blockState(fabric: Fabric, record: SessionRecord): SessionView['block'] {
  if (record.freed) return 'freed';
  const block = fabric.node(record.node).spaceOf(fabric.app(record.app))?.blockAt(record.address);
  if (block?.live && block.madeBy === record.madeBy) return 'live';
  return fabric.world.processes.isAlive(record.process) ? 'freed' : 'gone with its process';
}

/** Who must free the block of a session, and when, without all the rest. */
export function freerOf(fabric: Fabric, record: SessionRecord): string {
  return whoFrees(fabric, record, fabric.app(record.app).name, blockState(fabric, record));
}

function whoFrees(fabric: Fabric, record: SessionRecord, app: string, block: SessionView['block']): string {
  return dutyText(
    dutyOf(fabric, record, block),
    `app ${app}`,
    record.type === 'OPEN' ? 'rmc_close' : 'rmc_shutdown',
  );
}

function dutyOf(fabric: Fabric, record: SessionRecord, block: SessionView['block']): Duty {
  if (block === 'freed') return 'freed';
  if (block === 'gone with its process') return 'gone';
  if (record.type === 'ACCEPT') return acceptDuty(record);
  if (!fabric.world.processes.isAlive(record.process)) return 'going';
  if (record.released) return 'now';
  if (record.closing) return 'atCloseDone';
  return record.state === 'FAILED' ? 'closeThenFree' : 'afterClose';
}

function acceptDuty(record: SessionRecord): Duty {
  if (record.kept) return 'kept';
  if (!record.placedByApp) return 'rmc';
  return record.released ? 'nowTrue' : 'whenTrue';
}
