// Who is meant (D12): local ids, endpoints, and the session that a frame is for.
import type { Machine } from './machine.js';
import { isThere, makeSession, type Session } from './session.js';
import type { Endpoint } from './state.js';
import { disarmTimer } from './timerHeap.js';

/** Key of a client's endpoint: node, place and local id in one safe integer. */
export function endpointKey(node: number, place: number, id: number): number {
  return (node * 65_536 + place) * 2_097_152 + id;
}

/** Key of the endpoint that sent the frame in `rx`. */
export function senderKey(m: Machine): number {
  return endpointKey(m.rx.srcNode, m.rx.srcPlace, m.rx.srcId);
}

/** -1, 0 or 1: the open in `rx` is older than, the same as, or newer than the one that the endpoint is known for. */
export function compareOpen(m: Machine, e: Endpoint): number {
  const incarnation = m.rx.srcIncarnation - e.incarnation;
  return Math.sign(incarnation === 0 ? m.rx.openNumber - e.openNumber : incarnation);
}

/** The memory of an endpoint, made if there is none. */
export function endpointFor(m: Machine, key: number): Endpoint {
  let e = m.state.endpoints.get(key);
  if (e === undefined) {
    e = { incarnation: 0, openNumber: 0, refusal: 0, session: 0, request: undefined };
    m.state.endpoints.set(key, e);
  }
  return e;
}

/** Makes a session's record with the next handle and the lowest free local id. Its fields are the caller's to fill. */
export function addSession(m: Machine, type: number, address: number): Session {
  const state = m.state;
  const handle = state.nextHandle++;
  let id = state.lowestFreeId;
  while (id < state.ids.length && state.ids[id] !== 0) id++;
  if (id === state.ids.length) state.ids.push(handle);
  else state.ids[id] = handle;
  state.lowestFreeId = id + 1;
  const s = makeSession(handle, type, address, address - m.config.memoryBase, id);
  s.timerSet = state.timerSets.length - 1;
  state.sessions.set(handle, s);
  state.addresses.set(address, handle);
  return s;
}

/** Forgets a session: its id is free, its handle means nothing any more. */
export function dropSession(m: Machine, s: Session): void {
  const state = m.state;
  state.sessions.delete(s.handle);
  if (state.addresses.get(s.address) === s.handle) state.addresses.delete(s.address);
  state.ids[s.localId] = 0;
  if (s.localId < state.lowestFreeId) state.lowestFreeId = s.localId;
  disarmTimer(state.heap, sessionTimerKey(s));
}

/** Key of a session's one timer. */
export function sessionTimerKey(s: Session): number {
  return s.localId * 2;
}

/**
 * The session that the sender of `rx` means by our `id`, its own `theirId` and the open number: all must match;
 * 0 matches any, on the sender's part (in a frame) and on ours (no answer yet).
 */
export function sessionNamed(
  m: Machine,
  id: number,
  theirId: number,
  openNumber: number,
): Session | undefined {
  const rx = m.rx;
  if (rx.dstIncarnation !== 0 && rx.dstIncarnation !== m.config.incarnation) return undefined;
  const s = m.state.sessions.get(m.state.ids[id] ?? 0);
  if (s === undefined || s.openNumber !== openNumber || !isThere(s)) return undefined;
  if (s.peerNode !== rx.srcNode) return undefined;
  if (s.peerId === 0) return s;
  if (s.peerPlace !== rx.srcPlace) return undefined;
  if (rx.srcIncarnation !== 0 && rx.srcIncarnation !== s.peerIncarnation) return undefined;
  return theirId === 0 || theirId === s.peerId ? s : undefined;
}

/** The session that the frame in `rx` is for. A client without an answer knows no id of ours: its endpoint tells. */
export function sessionOfFrame(m: Machine): Session | undefined {
  const rx = m.rx;
  if (rx.dstId !== 0) return sessionNamed(m, rx.dstId, rx.srcId, rx.openNumber);
  const handle = m.state.endpoints.get(senderKey(m))?.session ?? 0;
  const s = m.state.sessions.get(handle);
  if (s === undefined) return undefined;
  return sessionNamed(m, s.localId, rx.srcId, rx.openNumber);
}
