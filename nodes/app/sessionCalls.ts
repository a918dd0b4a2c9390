import { Status, type StatusCode } from '../../rmc-core/index.js';
import { messageSent } from '../checks/deliveries.js';
import type { Fabric } from '../fabric.js';
import { callError } from '../memory/memoryErrors.js';
import type { AppRecord, SessionRecord } from '../records.js';
import type { RmcHost } from '../rmc/host.js';
import { after } from './calls.js';

/**
 * D23: sends a message of 0 to 1,024 bytes. RMC_INPROGRESS; RMC_EAGAIN (D26); RMC_EMSGSIZE; RMC_EINVAL,
 * RMC_ENOTCONN or RMC_ECONNABORTED by state (D13); RMC_ENOTCONN while an EEE has no RMC (D20).
 */
export function rmcSend(
  fabric: Fabric,
  app: AppRecord,
  record: SessionRecord,
  message: Uint8Array,
): StatusCode {
  const { log } = fabric;
  const host = hostOf(fabric, app, record);
  let status: StatusCode;
  if (usedAfterFree(fabric, app, record)) status = Status.RMC_EINVAL;
  else if (fabric.node(app.node).rmcOf(app) === undefined) status = Status.RMC_ENOTCONN;
  else if (host === undefined) status = stubSendStatus(record);
  else {
    host.core.tag = log.next;
    status = host.core.send(record.handle, message, 0, message.length, fabric.world.nowUs);
  }
  const event = log.ofSession('rmc_send', record, status);
  if (status === Status.RMC_INPROGRESS) {
    record.ioBegun += 1;
    const flow = record.flow!;
    messageSent(record.type === 'OPEN' ? flow.toServer : flow.toClient, message, 0, message.length);
  } else if (
    status === Status.RMC_ECONNABORTED ||
    (status === Status.RMC_ENOTCONN && record.state !== 'OPENING')
  ) {
    // The call itself may just have found the block overwritten (D27): RMC has not said so yet.
    const isCorrupted = host?.core.sessionInfo(record.handle)?.corrupted === true;
    const reason = isCorrupted ? 'corrupted' : host === undefined ? 'rmc' : 'send';
    // S21: a new IO on a failed session says so at once.
    causedBy(fabric, event, () => fabric.ledger.told(record, 'send', reason));
  }
  if (host !== undefined) after(fabric, app, host, event);
  return status;
}

/** D13, D20: the RMC that made the session died, and another one runs. */
function stubSendStatus(record: SessionRecord): StatusCode {
  return record.type !== 'OPEN' || record.over ? Status.RMC_EINVAL : Status.RMC_ECONNABORTED;
}

/** Does what follows from a call, with the call as its cause. */
function causedBy(fabric: Fabric, event: number, act: () => void): void {
  const { log } = fabric.world;
  const cause = log.cause;
  log.cause = event;
  act();
  log.cause = cause;
}

/** D1: closes an OPEN session. RMC_INPROGRESS, RMC_EINVAL or RMC_ENOTOWNER; the result is close_done. */
export function rmcClose(fabric: Fabric, app: AppRecord, record: SessionRecord): StatusCode {
  return endCall(fabric, app, record, 'rmc_close');
}

/** D1, D22: closes a LISTEN session and every ACCEPT session under it. Statuses as `rmcClose`. */
export function rmcShutdown(fabric: Fabric, app: AppRecord, record: SessionRecord): StatusCode {
  return endCall(fabric, app, record, 'rmc_shutdown');
}

function endCall(
  fabric: Fabric,
  app: AppRecord,
  record: SessionRecord,
  call: 'rmc_close' | 'rmc_shutdown',
): StatusCode {
  const { log } = fabric;
  const host = hostOf(fabric, app, record);
  let status: StatusCode;
  if (usedAfterFree(fabric, app, record)) status = Status.RMC_EINVAL;
  else if (host === undefined) status = stubStatus(record, call);
  else {
    host.core.tag = log.next;
    const { core, world } = host;
    status =
      call === 'rmc_close'
        ? core.close(record.handle, world.nowUs)
        : core.shutdown(record.handle, world.nowUs);
  }
  const event = log.ofSession(call, record, status);
  if (status === Status.RMC_INPROGRESS) record.closing = true;
  if (host !== undefined) after(fabric, app, host, event);
  else if (status === Status.RMC_INPROGRESS) {
    causedBy(fabric, event, () => fabric.node(app.node).stubClosed(record));
  }
  return status;
}

/** D20: the RMC that made the session died; the application's own stub answers, by D1 and D13. */
function stubStatus(record: SessionRecord, call: 'rmc_close' | 'rmc_shutdown'): StatusCode {
  if (record.type === 'ACCEPT') return Status.RMC_ENOTOWNER;
  if ((record.type === 'OPEN') !== (call === 'rmc_close')) return Status.RMC_EINVAL;
  return record.over || record.closing ? Status.RMC_EINVAL : Status.RMC_INPROGRESS;
}

/** The RMC that made the session, if it is the one that runs. */
function hostOf(fabric: Fabric, app: AppRecord, record: SessionRecord): RmcHost | undefined {
  const host = fabric.node(app.node).rmcOf(app);
  return host?.id === record.host ? host : undefined;
}

/**
 * D28: an RMC call on a block that is freed. The block of that session, not one that came to lie there later. Under
 * `hardware` the call goes on, with what lies there now (D29).
 */
function usedAfterFree(fabric: Fabric, app: AppRecord, record: SessionRecord): boolean {
  // Nobody told the application that RMC's own session is over, or ever will (S11): the call is wrong, not the use.
  if (record.type === 'ACCEPT' && !record.placedByApp && !record.hasCloseSession) return false;
  const block = fabric.node(app.node).spaceOf(app)!.blockAt(record.address);
  if (block?.live && block.madeBy === record.madeBy) return false;
  // Under `hardware` a session may stand where no block ever was, which was reported when it was placed; or its block
  // was handed out a second time without having been freed, which RMC finds by itself (D27).
  if (block === undefined && record.madeBy === 0) return false;
  if (block?.before?.madeBy === record.madeBy && block.before.freedBy === 0) return false;
  callError(fabric, app, 'use-after-free', record.address, record.nameId);
  return fabric.node(app.node).state.policy !== 'hardware';
}
