import { applyCommand } from './applyCommand.js';
import { type BehaviourSeen, type CommandSeen, readBehaviour, readCommand } from './commandText.js';
import { areNew, type NodeSeen, type Picture, type ProcessSeen, type SessionSeen } from './picture.js';
import { amount, field, type Seen } from './seen.js';

/** Takes an event that the rules have allowed into the picture. */
export function apply(picture: Picture, event: Seen): void {
  picture.events.push(event);
  picture.nowUs = event.timeUs;
  appliers.get(event.event)?.(picture, event);
}

type Applier = (picture: Picture, event: Seen) => void;

export const sessionOf = (picture: Picture, event: Seen): SessionSeen | undefined =>
  picture.sessions.get(field(event, 'session'));

const nodeOf = (picture: Picture, event: Seen): NodeSeen => picture.node(field(event, 'node')) as NodeSeen;

function processStart(picture: Picture, event: Seen): void {
  const name = field(event, 'process');
  picture.processes.set(name, {
    ...{ name, node: nodeOf(picture, event), app: field(event, 'app'), startedUs: event.timeUs },
    ...{ alive: true, endedUs: 0, hung: false, busyUntilUs: 0, freeSinceUs: event.timeUs },
    ...{ stopping: false, mailUntilUs: 0 },
  });
}

function processExit(picture: Picture, event: Seen): void {
  const process = picture.process(field(event, 'process'));
  if (process === undefined) return;
  process.alive = false;
  process.hung = false;
  process.endedUs = event.timeUs;
  picture.mishaps.push({ atUs: event.timeUs, nodes: [process.node.name] });
  for (const [key, block] of picture.blocks) {
    // An EEE's RMC leaves its blocks until the handlers have returned (D20).
    if (block.process === process && process.app !== '') picture.blocks.delete(key);
  }
}

function processHang(picture: Picture, event: Seen): void {
  const process = picture.process(field(event, 'process'));
  if (process === undefined) return;
  process.hung = true;
  picture.mishaps.push({ atUs: event.timeUs, nodes: [process.node.name] });
}

function processResume(picture: Picture, event: Seen): void {
  const process = picture.process(field(event, 'process'));
  if (process === undefined) return;
  process.hung = false;
  process.freeSinceUs = event.timeUs;
}

/** The command that a call came from, if it is one that made a session. */
function optionsFor(picture: Picture, event: Seen): CommandSeen | undefined {
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
  ...{ corrupted: false, poked: false, letGo: false, saysWritable: false },
});

/** An application's own call that makes a session: rmc_open or rmc_listen. */
function made(type: 'OPEN' | 'LISTEN'): Applier {
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
      ...{ madeUs: event.timeUs, madeBy: event.number, address: blockFor(picture, event) },
      behaviours: source?.behaviours ?? behavioursOf(command),
      echoes: source?.echoes ?? command?.options.get('--on_message') === 'echo',
      timers: new Map(process.node.timers),
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

function sessionState(picture: Picture, event: Seen): void {
  if (field(event, 'state') === 'ESTABLISHED') accepted(picture, event);
  const session = sessionOf(picture, event);
  if (session === undefined) return;
  session.stateBefore = session.state;
  if (field(event, 'state') === 'OPEN') session.bothNew = areNew(picture, session.node, session.peer);
  session.state = field(event, 'state');
  session.stateUs = event.timeUs;
  session.stateEvent = event.number;
  if (session.state === 'FAILED') session.failedEvent = event.number;
}

function accepted(picture: Picture, event: Seen): void {
  const name = field(event, 'session');
  const listen = picture.sessions.get(name.slice(0, name.lastIndexOf('/')));
  if (listen === undefined) return;
  const request = requestOf(picture, event);
  const client = request && picture.frames.get(request.cause)?.session;
  const [address, placed, before] = placeOf(picture, event, listen, client);
  const session: SessionSeen = {
    ...fresh(),
    ...{ name, type: 'ACCEPT', node: listen.node, process: listen.process, rmc: listen.rmc },
    ...{ peer: field(event, 'peer'), port: listen.port, madeUs: event.timeUs, madeBy: event.number, address },
    ...{ behaviours: listen.behaviours, echoes: listen.echoes, timers: new Map(listen.node.timers) },
    ...{
      listen,
      placed,
      before,
      partner: client,
      bothNew: areNew(picture, listen.node, field(event, 'peer')),
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
      isKeptFor(other, listen, client) && asked === requestOf(picture, stateOf(picture, other))?.number,
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
        session.address === address && session.madeBy > earlier.number && session.listen === listen,
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

function callSend(picture: Picture, event: Seen): void {
  const session = sessionOf(picture, event);
  if (session === undefined || field(event, 'status') !== 'RMC_INPROGRESS') return;
  const origin = picture.events[event.cause - 1];
  let text: string | undefined;
  let size: number | undefined;
  if (origin?.event === 'message') {
    text = field(origin, 'text');
    size = amount(origin, 'size');
  }
  const command = optionsFor(picture, event);
  if (command?.name === 'rmc_send' && !command.options.has('--size')) {
    text = command.words[1];
    size = text?.length;
  }
  if (command?.name === 'rmc_send' && command.options.has('--size')) {
    size = Number(command.options.get('--size'));
  }
  session.ios.push({ io: session.ios.length + 1, atUs: event.timeUs, text, size, status: '' });
}

function callClose(picture: Picture, event: Seen): void {
  const session = sessionOf(picture, event);
  if (session === undefined || field(event, 'status') !== 'RMC_INPROGRESS') return;
  session.closeCalledUs = event.timeUs;
  session.thenFree = optionsFor(picture, event)?.options.has('--then-free') ?? false;
}

function ioDone(picture: Picture, event: Seen): void {
  const session = sessionOf(picture, event);
  const io = session?.ios[amount(event, 'io') - 1];
  if (session === undefined || io === undefined) return;
  io.status = field(event, 'status');
  session.iosDone += 1;
  const behaviour = session.behaviours.get('on_io_failure');
  if (io.status !== 'RMC_OK') isBusy(session.process, event, behaviour);
}

function isBusy(process: ProcessSeen, event: Seen, behaviour: BehaviourSeen | undefined): void {
  if (behaviour === undefined || behaviour.slowUs === 0) return;
  process.busyUntilUs = Math.max(process.busyUntilUs, event.timeUs) + behaviour.slowUs;
}

function closeSession(picture: Picture, event: Seen): void {
  const session = sessionOf(picture, event);
  if (session === undefined) return;
  session.closeSessions.push(field(event, 'rmc_free_session'));
  if (field(event, 'rmc_free_session') === 'TRUE') session.letGo = true;
  isBusy(session.process, event, session.behaviours.get('close_session'));
}

function abortSession(picture: Picture, event: Seen): void {
  const session = sessionOf(picture, event);
  if (session === undefined) return;
  session.abortSessions += 1;
  isBusy(session.process, event, session.behaviours.get('abort_session'));
}

function closeDone(picture: Picture, event: Seen): void {
  const session = sessionOf(picture, event);
  if (session === undefined) return;
  session.closeDone = field(event, 'status');
  session.letGo = true;
}

function alloc(picture: Picture, event: Seen): void {
  const node = nodeOf(picture, event);
  const app = field(event, 'app');
  const owner = field(event, 'owner');
  const address = amount(event, 'address');
  picture.blocks.set(`${picture.spaceOf(node, app)}:${address}`, {
    ...{ address, size: amount(event, 'size'), owner, app, node, madeBy: event.number, cause: event.cause },
    process: picture.process(app === '' ? `${node.name}.rmc` : app),
    live: true,
  });
}

function free(picture: Picture, event: Seen): void {
  const block = picture.block(nodeOf(picture, event), field(event, 'app'), amount(event, 'address'));
  if (block !== undefined) block.live = false;
}

function frameSent(picture: Picture, event: Seen): void {
  const from = field(event, 'from');
  const to = field(event, 'to');
  const frame = field(event, 'frame');
  const link = picture.link(from, to);
  const isRough = link.jitter + link.bandwidth + link.duplicate + link.reorder + link.corrupt + link.loss > 0;
  picture.frames.set(event.number, {
    ...{ event, frame, from, to, latencyUs: link.latency, fates: 0, cut: picture.isCut(from, to) },
    process: senderOf(picture, event),
    session: sessionOf(picture, event),
    disturbed: isRough || picture.injected(frame, from, to),
  });
}

/** Which RMC sent a frame: on an SSC the process that the chain of causes ends in. */
function senderOf(picture: Picture, event: Seen): ProcessSeen | undefined {
  const node = nodeOf(picture, event);
  if (node.kind === 'eee') return picture.process(`${node.name}.rmc`);
  for (const at of picture.chain(event)) {
    const app = field(at, 'app');
    if (app !== '' && field(at, 'node') === node.name) return picture.process(app);
  }
  return undefined;
}

function frameFate(picture: Picture, event: Seen): void {
  const frame = picture.frameOf(event);
  if (frame !== undefined) frame.fates += 1;
  if (event.event !== 'frame_delivered' || field(event, 'frame') !== 'OPEN_REQ') return;
  const process = picture.process(field(event, 'app'));
  const port = frame?.session?.port;
  const listen = picture.allSessions.find(
    (session) => session.type === 'LISTEN' && session.process === process && session.port === port,
  );
  if (process !== undefined && listen !== undefined)
    isBusy(process, event, listen.behaviours.get('new_session'));
}

const appliers: ReadonlyMap<string, Applier> = new Map<string, Applier>([
  ['command', applyCommand],
  ['process_start', processStart],
  ['process_exit', processExit],
  ['process_hang', processHang],
  ['process_resume', processResume],
  ['rmc_open', made('OPEN')],
  ['rmc_listen', made('LISTEN')],
  ['rmc_send', callSend],
  ['rmc_close', callClose],
  ['rmc_shutdown', callClose],
  ['session_state', sessionState],
  ['io_done', ioDone],
  ['close_session', closeSession],
  ['abort_session', abortSession],
  ['close_done', closeDone],
  ['alloc', alloc],
  ['free', free],
  ['frame_sent', frameSent],
  ['frame_delivered', frameFate],
  ['frame_dropped', frameFate],
  [
    'open_done',
    (picture, event) => {
      const session = sessionOf(picture, event);
      if (session !== undefined) session.openDone = field(event, 'status');
    },
  ],
  [
    'message',
    (picture, event) => {
      const session = sessionOf(picture, event);
      if (session !== undefined) session.received += 1;
    },
  ],
  [
    'memory_error',
    (picture, event) => {
      const session = sessionOf(picture, event);
      if (session !== undefined && field(event, 'kind') === 'corrupted') session.corrupted = true;
    },
  ],
  [
    'node_down',
    (picture, event) => {
      const node = nodeOf(picture, event);
      node.power = 'off';
      for (const [key, block] of picture.blocks) {
        if (block.node === node) picture.blocks.delete(key);
      }
      node.changedUs = event.timeUs;
      picture.mishaps.push({ atUs: event.timeUs, nodes: [node.name] });
    },
  ],
  [
    'node_up',
    (picture, event) => {
      const node = nodeOf(picture, event);
      node.power = 'on';
      node.changedUs = event.timeUs;
    },
  ],
]);
