import { Refused } from '../../emulator/index.js';
import { BLOCK_ALIGN, BLOCK_BYTES, Status, type StatusCode } from '../../rmc-core/index.js';
import type { Fabric } from '../fabric.js';
import { callError } from '../memory/memoryErrors.js';
import type { AppRecord, SessionRecord } from '../records.js';
import { holdBlock } from '../rmc/holds.js';
import type { RmcHost } from '../rmc/host.js';
import { holdsSession, usedAllTheSame } from '../rmc/placement.js';
import { freePort } from '../rmc/ports.js';
import { addSession } from '../rmc/sessions.js';
import type { CallResult, OpenRequest, SscListenRequest } from './application.js';

const HIGHEST_PORT = 65_535;

/** S3: makes a LISTEN session. RMC_OK, RMC_EINVAL (D4), RMC_EADDRINUSE (D11) or RMC_ENOTCONN (D20). */
export function rmcListen(fabric: Fabric, app: AppRecord, request: SscListenRequest): CallResult {
  const node = fabric.node(app.node);
  const name = request.name ?? fabric.nextSessionName(app);
  const host = node.rmcOf(app);
  const status = listenStatus(fabric, app, request, host);
  const nameId = fabric.world.strings.intern(name);
  const event = fabric.log.ofApp('rmc_listen', node.state.nameId, app, nameId, -1, status);
  if (status !== Status.RMC_OK || host === undefined) return { status, session: 0 };
  const port = request.port === 0 ? freePort(node.state) : request.port;
  node.state.ports.set(port, app.index);
  host.core.tag = event;
  const { address, newSession = false, closeSession = false } = request;
  const handle = host.core.listen(
    { address, port, owner: app.process, newSession, closeSession },
    fabric.world.nowUs,
  );
  const record = addSession(host, app, {
    type: 'LISTEN',
    name,
    handle,
    address,
    placedByApp: true,
    port,
    peerNode: 0,
    peer: '',
    listen: 0,
    hasNewSession: newSession,
    hasCloseSession: closeSession,
    hasAbortSession: false,
  });
  callMade(fabric, app, host, record, event);
  return { status, session: record.id };
}

function listenStatus(
  fabric: Fabric,
  app: AppRecord,
  request: SscListenRequest,
  host: RmcHost | undefined,
): StatusCode {
  const { state, kind } = fabric.node(app.node);
  if (host === undefined) return Status.RMC_ENOTCONN;
  if (request.newSession === true && !kind.placesAcceptSessions) return Status.RMC_EINVAL;
  if (request.newSession === true && request.closeSession !== true) return Status.RMC_EINVAL;
  if (!isPort(request.port, 0)) return Status.RMC_EINVAL;
  if (!usableBlock(fabric, app, host, request.address)) return Status.RMC_EINVAL;
  if (state.ports.has(request.port)) return Status.RMC_EADDRINUSE;
  return request.port === 0 && freePort(state) === 0 ? Status.RMC_EADDRINUSE : Status.RMC_OK;
}

/** S2: begins a dialogue. RMC_INPROGRESS, RMC_EINVAL or RMC_ENOTCONN (D20); the result is open_done (D2). */
export function rmcOpen(fabric: Fabric, app: AppRecord, request: OpenRequest): CallResult {
  const node = fabric.node(app.node);
  const name = request.name ?? fabric.nextSessionName(app);
  const peer = `${request.node}:${request.port}`;
  const { strings } = fabric.world;
  const host = node.rmcOf(app);
  const status = openStatus(fabric, app, request, host);
  const event = fabric.log.ofApp(
    'rmc_open',
    node.state.nameId,
    app,
    strings.intern(name),
    strings.intern(peer),
    status,
  );
  if (status !== Status.RMC_INPROGRESS || host === undefined) return { status, session: 0 };
  const peerNode = fabric.nodeNamed(request.node).state.index;
  host.core.tag = event;
  const abortSession = request.abortSession ?? false;
  const handle = host.core.open(
    {
      address: request.address,
      node: peerNode,
      place: 0,
      port: request.port,
      owner: app.process,
      abortSession,
      delivery: request.delivery ?? 'reliable',
    },
    fabric.world.nowUs,
  );
  const record = addSession(host, app, {
    type: 'OPEN',
    name,
    handle,
    address: request.address,
    placedByApp: true,
    port: request.port,
    peerNode,
    peer,
    listen: 0,
    hasNewSession: false,
    hasCloseSession: false,
    hasAbortSession: abortSession,
  });
  callMade(fabric, app, host, record, event);
  return { status, session: record.id };
}

function openStatus(
  fabric: Fabric,
  app: AppRecord,
  request: OpenRequest,
  host: RmcHost | undefined,
): StatusCode {
  const { state } = fabric.node(app.node);
  if (host === undefined) return Status.RMC_ENOTCONN;
  // S19: the argument came with R1.1.
  if (request.abortSession === true && state.release !== 'R1.1') return Status.RMC_EINVAL;
  if (!fabric.nodes.has(request.node) || !isPort(request.port, 1)) return Status.RMC_EINVAL;
  return usableBlock(fabric, app, host, request.address) ? Status.RMC_INPROGRESS : Status.RMC_EINVAL;
}

function isPort(port: number, least: number): boolean {
  return Number.isSafeInteger(port) && port >= least && port <= HIGHEST_PORT;
}

/**
 * The block of an OPEN or LISTEN session: the caller's own, live, aligned, large enough, and not in use. Under
 * `hardware` RMC goes on with one that is not, where it cannot see it (D29).
 */
function usableBlock(fabric: Fabric, app: AppRecord, host: RmcHost, address: number): boolean {
  const block = host.space.blockAt(address);
  if (block !== undefined && !block.live) {
    callError(fabric, app, 'use-after-free', address);
    return usedAllTheSame(host, address);
  }
  const good =
    block !== undefined &&
    address % BLOCK_ALIGN === 0 &&
    address + BLOCK_BYTES <= block.address + block.size &&
    block.owner === app.owner &&
    !holdsSession(host, address) &&
    !(block.holds > 0 && heldByStub(fabric, app, address));
  if (good) return true;
  callError(fabric, app, 'bad-placement', address);
  return usedAllTheSame(host, address);
}

/** D3, D20: a session of an EEE's dead RMC keeps its block until the application has closed it. */
function heldByStub(fabric: Fabric, app: AppRecord, address: number): boolean {
  for (const record of fabric.sessions.values()) {
    const isNear = Math.abs(record.address - address) < BLOCK_BYTES;
    if (isNear && record.process === app.process && record.type !== 'ACCEPT' && !record.released) return true;
  }
  return false;
}

/** A call made a session: RMC refers to the block from now on (D3), and what the call caused goes its way. */
function callMade(fabric: Fabric, app: AppRecord, host: RmcHost, record: SessionRecord, event: number): void {
  holdBlock(host.space, record.address);
  const node = fabric.node(app.node);
  node.blocksHeld.set(app.process, (node.blocksHeld.get(app.process) ?? 0) + 1);
  after(fabric, app, host, event);
}

/** Lets out what a call caused, with the call as its cause. */
export function after(fabric: Fabric, app: AppRecord, host: RmcHost, event: number): void {
  const { log } = fabric.world;
  const cause = log.cause;
  log.cause = event;
  fabric.node(app.node).afterCall(host);
  log.cause = cause;
}

/** The session behind a number, or a refusal: an application cannot hold a number that was never given to it. */
export function sessionOf(fabric: Fabric, app: AppRecord, session: number): SessionRecord {
  const record = fabric.session(session);
  if (record === undefined || record.app !== app.index)
    throw new Refused(`${app.name} has no session ${session}`);
  return record;
}
