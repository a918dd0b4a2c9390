// The server's side of an open: a request becomes an offer, the host's answer a session (D5, D8, D11, D12, D16).
import { Event, fire } from './engine.js';
import { compareOpen, endpointFor, senderKey } from './identity.js';
import type { Machine } from './machine.js';
import { OutputKind } from './names.js';
import { pushOutput } from './outputs.js';
import type { OpenRequest, Session } from './session.js';
import type { Endpoint } from './state.js';
import { Status } from './status.js';
import { sendOpenNak } from './transmit.js';

/** The LISTEN session that still takes requests on a port. */
export function listenerOn(m: Machine, port: number): Session | undefined {
  return m.state.sessions.get(m.state.ports.get(port) ?? 0);
}

/** An OPEN_REQ came in: the same again, an older one, or a new one (D12). */
export function openRequested(m: Machine): void {
  const e = endpointFor(m, senderKey(m));
  const order = compareOpen(m, e);
  if (order < 0) {
    m.state.counters.staleOpen++;
    return;
  }
  if (order === 0) {
    repeatAnswer(m, e);
    return;
  }
  e.incarnation = m.rx.srcIncarnation;
  e.openNumber = m.rx.openNumber;
  e.refusal = 0;
  const listen = listenerOn(m, m.rx.port);
  if (listen === undefined || !fire(m, listen, Event.OPEN_REQ)) {
    giveUpPending(e, Event.moved);
    e.refusal = Status.RMC_ECONNREFUSED;
    sendOpenNak(m, requestInRx(m, 0), e.refusal);
  }
}

/** The same open again: the earlier answer again, and nothing at all when there is none yet or the session is over. */
function repeatAnswer(m: Machine, e: Endpoint): void {
  const s = m.state.sessions.get(e.session);
  if (e.request !== undefined) e.request.askedUs = m.nowUs;
  else if (e.refusal !== 0) sendOpenNak(m, requestInRx(m, 0), e.refusal);
  else if (s !== undefined && s.openNumber === e.openNumber && s.peerIncarnation === e.incarnation) {
    fire(m, s, Event.OPEN_REQ);
  } else m.state.counters.dropped++;
}

function requestInRx(m: Machine, listen: number): OpenRequest {
  const rx = m.rx;
  return {
    endpoint: senderKey(m),
    node: rx.srcNode,
    place: rx.srcPlace,
    incarnation: rx.srcIncarnation,
    id: rx.srcId,
    openNumber: rx.openNumber,
    release: rx.release,
    heartbeatUs: rx.heartbeatUs,
    port: rx.port,
    listen,
    delivery: rx.delivery,
    askedUs: m.nowUs,
    doom: 0,
  };
}

/** The endpoint has gone on: a request of it that has no answer yet will end as soon as its session is made. */
function giveUpPending(e: Endpoint, doom: number): void {
  if (e.request === undefined) return;
  if (e.request.doom === 0) e.request.doom = doom;
  e.request = undefined;
}

/**
 * A new open for this LISTEN session. One that waits here already takes the newer request over; a session of the
 * same endpoint is reused under the same LISTEN session (D8) and ends under another (D9); else the host is asked.
 */
export function considerOpen(m: Machine, listen: Session): void {
  const e = endpointFor(m, senderKey(m));
  const request = requestInRx(m, listen.handle);
  if (e.request !== undefined && e.request.listen === listen.handle) {
    Object.assign(e.request, request);
    return;
  }
  giveUpPending(e, Event.moved);
  e.request = request;
  listen.children++;
  const old = m.state.sessions.get(e.session);
  if (old !== undefined) {
    m.newerIncarnation = request.incarnation > old.peerIncarnation;
    const isReuse = old.listen === listen.handle;
    if (isReuse) old.successor = request;
    fire(m, old, isReuse ? Event.reuse : Event.moved);
    m.newerIncarnation = false;
    if (isReuse) return;
  }
  const offer = m.state.nextOffer++;
  m.state.offers.set(offer, request);
  pushOutput(m.state.outputs, OutputKind.OFFER, 0, offer, listen.handle, request.node);
}

/** The host refuses an offer (D5, D6): its client is told, unless it has gone on meanwhile. */
export function refuseRequest(m: Machine, request: OpenRequest, status: number): void {
  const e = endpointFor(m, request.endpoint);
  if (e.request === request) {
    e.request = undefined;
    if (request.doom === 0) {
      e.refusal = status;
      sendOpenNak(m, request, status);
    }
  }
  childGone(m, request.listen);
}

/** An ACCEPT session, an offer or a successor under a LISTEN session is no more. */
export function childGone(m: Machine, listen: number): void {
  // A LISTEN session is over only when it has none left.
  const s = m.state.sessions.get(listen)!;
  s.children--;
  fire(m, s, Event.child_gone);
}

/**
 * A CLOSE_REQ for a session that is not there counts as an answer (D12): an open request that it overtook will find
 * itself answered; a request that is still being decided ends as soon as its session is made (D8).
 */
export function closeRequestedEarly(m: Machine): void {
  const e = endpointFor(m, senderKey(m));
  const order = compareOpen(m, e);
  if (order === 0 && e.request !== undefined) {
    if (e.request.doom === 0) e.request.doom = Event.closed_early;
  } else if (order > 0) {
    giveUpPending(e, Event.closed_early);
    e.incarnation = m.rx.srcIncarnation;
    e.openNumber = m.rx.openNumber;
    e.refusal = 0;
  }
}
