import { OutputKind, rmcFreeSession, Status, type StatusCode, statusName } from '../../rmc-core/index.js';
import { messageHanded, orderedHanded } from '../checks/deliveries.js';
import type { Fabric } from '../fabric.js';
import type { AppRecord, SessionRecord } from '../records.js';
import { clientFailure, reasonName, saysThatPeerFailed } from '../rmc/failReasons.js';
import { letBlockGo } from '../rmc/holds.js';
import { runCallback } from './callbacks.js';
import type { News } from './news.js';

/**
 * Tells an application something: the event, what follows for the block, what it learns by it, then its callback.
 * The application's process is running, and it is the one that the session belongs to.
 */
export function deliver(fabric: Fabric, record: SessionRecord, news: News): void {
  const app = fabric.app(record.app);
  switch (news.kind) {
    case OutputKind.MESSAGE:
      return message(fabric, app, record, news);
    case OutputKind.IO_DONE:
      return ioDone(fabric, app, record, news);
    case OutputKind.OPEN_DONE:
      return openDone(fabric, app, record, news.a as StatusCode);
    case OutputKind.CLOSE_DONE:
      return closeDone(fabric, app, record, news.a as StatusCode);
    case OutputKind.WRITABLE:
      fabric.world.log.cause = fabric.log.writable(record);
      return runCallback(fabric, app, { name: 'onWritable', session: record.id });
    case OutputKind.CLOSING:
      return closeSession(fabric, app, record, news);
    case OutputKind.ABORT_SESSION:
      return abortSession(fabric, app, record, reasonName(news.a));
  }
}

function message(fabric: Fabric, app: AppRecord, record: SessionRecord, news: News): void {
  const { bytes, offset, length } = news;
  fabric.world.log.cause = fabric.log.message(record, bytes, offset, length);
  record.delivered += 1;
  const flow = record.flow!;
  const stream = record.type === 'OPEN' ? flow.toClient : flow.toServer;
  if (flow.ordered) orderedHanded(stream, bytes, offset, length);
  else messageHanded(stream, bytes, offset, length);
  if (fabric.applications[app.index]!.onMessage === undefined) return;
  runCallback(fabric, app, {
    name: 'onMessage',
    session: record.id,
    message: bytes.slice(offset, offset + length),
  });
}

function ioDone(fabric: Fabric, app: AppRecord, record: SessionRecord, news: News): void {
  const status = news.b as StatusCode;
  fabric.world.log.cause = fabric.log.ioDone(record, news.a, status);
  record.ioEnded += 1;
  if (status === Status.RMC_OK) {
    const flow = record.flow!;
    const stream = record.type === 'OPEN' ? flow.toServer : flow.toClient;
    stream.acknowledged += 1;
  }
  if (status !== Status.RMC_OK && saysThatPeerFailed(news.c))
    fabric.ledger.told(record, 'io', reasonName(news.c));
  if (fabric.applications[app.index]!.onIoDone === undefined) return;
  runCallback(fabric, app, { name: 'onIoDone', session: record.id, a: news.a, b: status });
}

function openDone(fabric: Fabric, app: AppRecord, record: SessionRecord, status: StatusCode): void {
  fabric.world.log.cause = fabric.log.ofSession('open_done', record, status);
  if (status !== Status.RMC_OK && !record.closing) {
    // Its own RMC died before there was an answer (D20).
    const isOrphan = status === Status.RMC_ECONNABORTED && !fabric.hosts.has(record.host);
    fabric.ledger.told(record, 'open', isOrphan ? 'rmc' : statusName(status));
  }
  runCallback(fabric, app, { name: 'onOpenDone', session: record.id, a: status });
}

/** D3: RMC's reference ends here, and the block is the application's alone. */
function closeDone(fabric: Fabric, app: AppRecord, record: SessionRecord, status: StatusCode): void {
  fabric.world.log.cause = fabric.log.ofSession('close_done', record, status);
  fabric.blockReleased(record);
  fabric.sessionOver(record);
  runCallback(fabric, app, { name: 'onCloseDone', session: record.id, a: status });
}

/** S8, S9: the macro reads the block; RMC lets go of an application's block unless it keeps it (D3, D8). */
function closeSession(fabric: Fabric, app: AppRecord, record: SessionRecord, news: News): void {
  const space = fabric.node(app.node).spaceOf(app)!;
  const free = rmcFreeSession(space.bytes, record.address - space.base);
  fabric.world.log.cause = fabric.log.closeSession(record, free);
  if (news.a === 1) {
    letBlockGo(space, record.address, record.madeBy);
    record.released = true;
  }
  fabric.sessionOver(record);
  const failure = clientFailure(news.b, news.c);
  if (failure !== '') fabric.ledger.told(record, 'close_session', failure);
  runCallback(fabric, app, { name: 'closeSession', session: record.id });
}

function abortSession(fabric: Fabric, app: AppRecord, record: SessionRecord, reason: string): void {
  fabric.world.log.cause = fabric.log.abortSession(record, reason);
  fabric.ledger.told(record, 'abort_session', reason);
  runCallback(fabric, app, { name: 'abortSession', session: record.id, text: reason });
}
