import { type BehaviourSeen, type CommandSeen, readBehaviour, readCommand } from './commandText.js';
import { freshInbox } from './inbox.js';
import { areNew, type Picture, type SessionSeen, sessionOf } from './picture.js';
import { amount, field, type Seen } from './seen.js';

/** The command that a call came from, if it is one that made a session. */
export function optionsFor(picture: Picture, event: Seen): CommandSeen | undefined {
  const cause = picture.events[event.cause - 1];
  return cause?.event === 'command' ? readCommand(field(cause, 'text')) : undefined;
}

const CALLBACKS: readonly (readonly [string, string])[] = [
  ['new_session', 'heap'],
  ['close_session', 'free-if-true'],
  ['abort_session', 'notify'],
  ['on_io_failure', 'notify'],
];

function behavioursOf(command: CommandSeen | undefined): Map<string, BehaviourSeen> {
  return new Map(
    CALLBACKS.map(([name, otherwise]) => [name, readBehaviour(command?.options.get(`--${name}`), otherwise)]),
  );
}

function addSession(picture: Picture, session: SessionSeen): void {
  picture.sessions.set(session.name, session);
  picture.allSessions.push(session);
}

const fresh = () => ({
  ...{
    state: '',
    stateUs: 0,
    stateBefore: '',
    stateEvent: 0,
    failedEvent: 0,
    thenFree: false,
    closeCalledUs: -1,
    openDone: '',
  },
  ...{
    closeDone: '',
    abortSessions: 0,
    closeSessions: [],
    openMay: [],
    closeMay: [],
    ios: [],
    iosDone: 0,
    received: 0,
  },
  ...{ partner: undefined, successor: undefined, before: undefined, listen: undefined, placed: false },
  ...{ corrupted: false, lost: false, askedUs: 0, poked: false, letGo: false, saysWritable: false },
  ...{ dataSent: 0, picksPort: false },
});

/** An application's own call that makes a session: rmc_open or rmc_listen. */
export function made(type: 'OPEN' | 'LISTEN'): (picture: Picture, event: Seen) => void {
  return (picture, event) => {
    const status = field(event, 'status');
    if (status !== 'RMC_INPROGRESS' && status !== 'RMC_OK') return;
    const process = picture.process(field(event, 'app'));
    const rmc = process && picture.rmcOf(process);
    if (process === undefined || rmc === undefined) return;
    const command = optionsFor(picture, event);
    const source = command === undefined ? sourceOf(picture, event) : undefined;
    addSession(picture, {
      ...fresh(),
      ...{ name: field(event, 'session'), type, node: process.node, process, rmc },
      peer: field(event, 'peer'),
      port: type === 'OPEN' ? Number(field(event, 'peer').split(':')[1]) : Number(command?.words[1] ?? 0),
      picksPort: type === 'LISTEN' && Number(command?.words[1]) === 0,
      ...{ madeUs: event.timeUs, madeBy: event.number, address: blockFor(picture, event) },
      behaviours: source?.behaviours ?? behavioursOf(command),
      echoes: source?.echoes ?? command?.options.get('--on_message') === 'echo',
      ordered: source?.ordered ?? command?.options.get('--delivery') === 'ordered',
      timers: new Map(process.node.timers),
      inbox: freshInbox(process.node.timers, picture.opinion),
      poked: picture.damaged.has(picture.spaceOf(process.node, process.app)),
      bothNew: areNew(picture, process.node, field(event, 'peer')),
    });
  };
}

/** Where a reopen came from: the session whose failure or close it followed. */
function sourceOf(picture: Picture, event: Seen): SessionSeen | undefined {
  for (const at of picture.chain(event)) {
    const session = at === event ? undefined : sessionOf(picture, at);
    if (session?.type === 'OPEN') return session;
  }
  return undefined;
}

/** The block that was allocated for a call: the last that its application took for the same cause. */
function blockFor(picture: Picture, event: Seen): number {
  const app = field(event, 'app');
  for (let at = picture.events.length - 2; at >= 0 && at > picture.events.length - 40; at -= 1) {
    const earlier = picture.events[at] as Seen;
    if (earlier.event !== 'alloc' || field(earlier, 'app') !== app) continue;
    return earlier.cause === event.cause ? amount(earlier, 'address') : 0;
  }
  return 0;
}

export function sessionState(picture: Picture, event: Seen): void {
  if (field(event, 'state') === 'ESTABLISHED') accepted(picture, event);
  const session = sessionOf(picture, event);
  if (session === undefined) return;
  session.stateBefore = session.state;
  if (field(event, 'state') === 'OPEN') pair(picture, event, session);
  if (field(event, 'state') === 'OPEN') session.bothNew = areNew(picture, session.node, session.peer);
  session.state = field(event, 'state');
  session.stateUs = event.timeUs;
  const isEnd = session.state === 'FAILED' || session.state === 'CLOSED';
  if (isEnd && session.stateBefore !== 'FAILED') session.lost = isLost(picture, event, session);
  session.stateEvent = event.number;
  if (session.state === 'FAILED') session.failedEvent = event.number;
}

/** Who answered is the other side: a session that took over a block may answer a later request than the one it ended. */
function pair(picture: Picture, event: Seen, client: SessionSeen): void {
  const answer = [...picture.chain(event)].find((at) => field(at, 'frame') === 'OPEN_ACK');
  const sent = answer && picture.events[answer.cause - 1];
  if (sent === undefined) return;
  const server =
    sessionOf(picture, sent) ??
    picture.allSessions.find(
      (session) =>
        session.type === 'ACCEPT' &&
        session.node.name === field(sent, 'node') &&
        picture.events[session.madeBy - 1]?.cause === sent.cause,
    );
  if (server?.type !== 'ACCEPT') return;
  server.partner = client;
  client.partner = server;
}

function accepted(picture: Picture, event: Seen): void {
  const name = field(event, 'session');
  const listen = picture.sessions.get(name.slice(0, name.lastIndexOf('/')));
  if (listen === undefined) return;
  const request = requestOf(picture, event);
  const client = request && picture.frames.get(request.cause)?.session;
  // Its node may have come up as another release since.
  const asking =
    (request && picture.frames.get(request.cause)?.release) ?? picture.node(field(event, 'peer'))?.release;
  if (listen.port === 0) listen.port = client?.port ?? 0;
  const [address, placed, before] = placeOf(picture, event, listen, client);
  const session: SessionSeen = {
    ...fresh(),
    ...{ name, type: 'ACCEPT', node: listen.node, process: listen.process, rmc: listen.rmc },
    ...{ peer: field(event, 'peer'), port: listen.port, madeUs: event.timeUs, madeBy: event.number, address },
    ...{
      askedUs: request?.timeUs ?? event.timeUs,
      behaviours: listen.behaviours,
      echoes: listen.echoes,
      ordered: client?.ordered === true,
      timers: new Map(listen.node.timers),
      inbox: freshInbox(listen.node.timers, picture.opinion),
      poked: picture.damaged.has(picture.spaceOf(listen.node, listen.process.app)),
    },
    ...{
      listen,
      placed,
      before,
      partner: client,
      bothNew: listen.node.release === 'R1.1' && asking === 'R1.1',
    },
  };
  if (before !== undefined) before.successor = session;
  if (client !== undefined) client.partner = session;
  addSession(picture, session);
}

/** The delivery of the OPEN_REQ that an ACCEPT session answers. */
export function requestOf(picture: Picture, event: Seen): Seen | undefined {
  for (const at of picture.chain(event)) {
    if (at.event === 'frame_delivered' && field(at, 'frame') === 'OPEN_REQ') return at;
  }
  return undefined;
}

/** Where a new ACCEPT session stands: its address, whether the application placed it, and whose block it takes over. */
function placeOf(
  picture: Picture,
  event: Seen,
  listen: SessionSeen,
  client: SessionSeen | undefined,
): [number, boolean, SessionSeen | undefined] {
  const asked = requestOf(picture, event)?.number;
  const kept = picture.allSessions.find(
    (other) =>
      isKeptFor(other, listen, client) &&
      picture.block(listen.node, listen.process.app, other.address)?.live !== false &&
      asked === requestOf(picture, stateOf(picture, other))?.number,
  );
  const placing = [...picture.chain(event)].find(({ event: kind }) => kind === 'new_session');
  if (placing !== undefined) return [amount(placing, 'address'), true, undefined];
  const own = ownBlockFor(picture, event, listen);
  if (own !== 0) return [own, false, undefined];
  return [kept?.address ?? 0, kept?.placed ?? false, kept];
}

/** The block that RMC took for a session since it handled the request; 0 for none. */
function ownBlockFor(picture: Picture, event: Seen, listen: SessionSeen): number {
  const request = requestOf(picture, event);
  for (let at = picture.events.length - 2; request !== undefined && at >= request.number - 1; at -= 1) {
    const earlier = picture.events[at] as Seen;
    if (earlier.event !== 'alloc' || field(earlier, 'owner') !== 'rmc') continue;
    if (field(earlier, 'node') !== listen.node.name) continue;
    if (listen.node.kind === 'ssc' && field(earlier, 'app') !== listen.process.app) continue;
    const address = amount(earlier, 'address');
    const isTaken = picture.allSessions.some(
      (session) =>
        session.address === address && session.madeBy > earlier.number && session.rmc === listen.rmc,
    );
    if (!isTaken) return address;
  }
  return 0;
}

const stateOf = (picture: Picture, session: SessionSeen): Seen =>
  picture.events[session.stateEvent - 1] as Seen;

const isKeptFor = (other: SessionSeen, listen: SessionSeen, client: SessionSeen | undefined): boolean =>
  other.type === 'ACCEPT' &&
  other.listen === listen &&
  other.state === 'CLOSED' &&
  other.successor === undefined &&
  !other.letGo &&
  other.peer === client?.node.name;

/** Whether RMC found the peer failed in this instant, or is itself gone. */
export function peerFailedNow(picture: Picture, event: Seen, session: SessionSeen): boolean {
  if (session.node.kind === 'eee' && !session.rmc.alive) return true;
  const peer = session.peer.split(':')[0];
  // What an SSC's RMC has found waits while its application is inside a callback, slow or hanging.
  const waited = session.rmc.busyUntilUs >= event.timeUs || session.rmc.freeSinceUs === event.timeUs;
  const fromUs = waited ? session.madeUs : event.timeUs;
  for (let at = picture.events.length - 1; at >= 0; at -= 1) {
    const earlier = picture.events[at];
    if (earlier === undefined || earlier.timeUs < fromUs) return false;
    if (earlier.event !== 'peer_failed' || field(earlier, 'reason') === 'abort') continue;
    const isHere = field(earlier, 'node') === session.node.name && field(earlier, 'peer') === peer;
    if (isHere && ['', session.process.app].includes(field(earlier, 'app'))) return true;
  }
  return false;
}

/** D16, D17: the other side was found failed, or its own RMC is gone. */
function isLost(picture: Picture, event: Seen, session: SessionSeen): boolean {
  const cause = picture.events[event.cause - 1];
  const isFound = cause?.event === 'peer_failed' && field(cause, 'reason') !== 'abort';
  return isFound || (session.node.kind === 'eee' && !session.rmc.alive);
}
