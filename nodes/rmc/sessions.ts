import type { AppRecord, SessionRecord, SessionType } from '../records.js';
import type { RmcHost } from './host.js';

export interface NewSession {
  readonly type: SessionType;
  readonly name: string;
  readonly handle: number;
  readonly address: number;
  readonly placedByApp: boolean;
  readonly port: number;
  readonly peerNode: number;
  /** The event field `peer`; empty for LISTEN. */
  readonly peer: string;
  readonly listen: number;
  readonly hasNewSession: boolean;
  readonly hasCloseSession: boolean;
  readonly hasAbortSession: boolean;
  /** The event that made the block; left out: that of the block that lies there. */
  readonly madeBy?: number | undefined;
}

/** D13: what a session is from the call on, also while a hung RMC cannot say so (D21). */
const FIRST_STATES = { OPEN: 'OPENING', LISTEN: 'LISTENING', ACCEPT: 'ESTABLISHED' } as const;

/** Puts a session on record that the core has just made. */
export function addSession(host: RmcHost, app: AppRecord, session: NewSession): SessionRecord {
  const { fabric } = host;
  const { strings } = fabric.world;
  const { name, peer, ...rest } = session;
  const record: SessionRecord = {
    ...rest,
    name,
    id: fabric.nextSessionId(),
    nameId: strings.intern(name),
    nodeId: host.node.nameId,
    appId: app.nameId,
    app: app.index,
    process: app.process,
    node: host.node.index,
    host: host.id,
    rmcProcess: host.process,
    peerId: peer === '' ? -1 : strings.intern(peer),
    madeBy: session.madeBy ?? host.space.blockAt(session.address)?.madeBy ?? 0,
    flow: null,
    state: FIRST_STATES[session.type],
    over: false,
    lost: false,
    released: false,
    kept: false,
    closing: false,
    accepted: 0,
    delivered: 0,
    delivery: host.core.sessionInfo(session.handle)!.delivery,
    givenUp: 0,
    late: 0,
    ioBegun: 0,
    ioEnded: 0,
    mailed: 0,
    told: 0,
    freed: false,
    corrupted: false,
    leaked: false,
    neverClosed: false,
    successor: 0,
  };
  host.sessions.set(session.handle, record);
  fabric.addSession(record);
  joinFlow(host, record);
  return record;
}

/**
 * An ACCEPT session under `listen`, named in order of acceptance. `madeBy`: the event that made its predecessor's
 * block (D8); under `hardware` that may be freed, and another lie there (D29).
 */
export function addAcceptSession(
  host: RmcHost,
  listen: SessionRecord,
  handle: number,
  address: number,
  placedByApp: boolean,
  madeBy?: number,
): SessionRecord {
  listen.accepted += 1;
  const peerNode = host.core.sessionInfo(handle)!.peer.node;
  return addSession(host, host.fabric.app(listen.app), {
    type: 'ACCEPT',
    name: `${listen.name}/${listen.accepted}`,
    handle,
    address,
    placedByApp,
    port: listen.port,
    peerNode,
    peer: host.fabric.node(peerNode).state.name,
    listen: listen.id,
    hasNewSession: false,
    hasCloseSession: listen.hasCloseSession,
    hasAbortSession: false,
    madeBy,
  });
}

function joinFlow(host: RmcHost, record: SessionRecord): void {
  if (record.type === 'LISTEN') return;
  const info = host.core.sessionInfo(record.handle)!;
  const client =
    record.type === 'OPEN'
      ? { node: host.node.index, place: host.place, incarnation: host.incarnation }
      : info.peer;
  const key = `${client.node}.${client.place}.${client.incarnation}.${info.openNumber}`;
  record.flow = host.fabric.deliveries.join(
    key,
    record.type === 'OPEN' ? 'client' : 'server',
    record.id,
    info.delivery === 'ordered',
  );
}
