import type { Fabric } from './fabric.js';
import type { SessionRecord } from './records.js';
import type { OwnerLetter, SessionView } from './view.js';

/** One session as screens and reports show it: above all, whose block it is and who frees it. */
export function sessionView(fabric: Fabric, record: SessionRecord): SessionView {
  const node = fabric.node(record.node);
  const app = fabric.app(record.app);
  const host = fabric.hosts.get(record.host);
  const info = host?.core.sessionInfo(record.handle);
  const block = blockState(fabric, record);
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
    whoFrees: whoFrees(record, app.name, block),
    block,
    queued: info?.queued ?? 0,
    inFlight: info?.inFlight ?? 0,
    delivered: record.delivered,
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
  const { processes } = fabric.world;
  const node = fabric.node(record.node);
  if (!fabric.world.nodes.isOn(record.node)) return 'gone with its process';
  const block = node.spaceOf(fabric.app(record.app))?.blockAt(record.address);
  if (block?.live && block.madeBy === record.madeBy) return 'live';
  return processes.isAlive(record.process) ? 'freed' : 'gone with its process';
}

function whoFrees(record: SessionRecord, app: string, block: SessionView['block']): string {
  if (block === 'freed') return 'nobody: it is freed';
  if (block === 'gone with its process') return 'nobody: gone with its process';
  if (record.type === 'ACCEPT') return whoFreesAccept(record, app);
  if (record.released) return `app ${app}: now`;
  if (record.closing) return `app ${app}: at close_done`;
  const call = record.type === 'OPEN' ? 'rmc_close' : 'rmc_shutdown';
  return record.state === 'FAILED' ? `app ${app}: ${call}, then free` : `app ${app}: after ${call}`;
}

function whoFreesAccept(record: SessionRecord, app: string): string {
  if (record.kept) return 'nobody: RMC keeps it for reuse (D8)';
  if (!record.placedByApp) return 'RMC; the app never';
  return record.released ? `app ${app}: now, FREE is TRUE` : `app ${app}: when FREE is TRUE`;
}
