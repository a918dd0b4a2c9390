import { applyCommand } from './applyCommand.js';
import { made, optionsFor, sessionState } from './applySessions.js';
import type { BehaviourSeen } from './commandText.js';
import { arrives, handUp } from './inbox.js';
import {
  type NodeSeen,
  type Picture,
  type ProcessSeen,
  type SessionSeen,
  sessionOf,
  timer,
} from './picture.js';
import { amount, field, type Seen } from './seen.js';

/** Takes an event that the rules have allowed into the picture. */
export function apply(picture: Picture, event: Seen): void {
  picture.events.push(event);
  picture.nowUs = event.timeUs;
  appliers.get(event.event)?.(picture, event);
}

type Applier = (picture: Picture, event: Seen) => void;

const nodeOf = (picture: Picture, event: Seen): NodeSeen => picture.node(field(event, 'node')) as NodeSeen;

function processStart(picture: Picture, event: Seen): void {
  const name = field(event, 'process');
  const node = nodeOf(picture, event);
  // A new process of an SSC has a memory of its own.
  if (node.kind === 'ssc') picture.damaged.delete(picture.spaceOf(node, field(event, 'app')));
  picture.processes.set(name, {
    ...{ name, node, app: field(event, 'app'), startedUs: event.timeUs },
    ...{ alive: true, endedUs: 0, hung: false, busyUntilUs: 0, freeSinceUs: event.timeUs },
    ...{ stopping: false, restartUs: 0, mailUntilUs: 0 },
  });
}

function processExit(picture: Picture, event: Seen): void {
  const process = picture.process(field(event, 'process'));
  if (process === undefined) return;
  process.alive = false;
  process.hung = false;
  process.endedUs = event.timeUs;
  process.restartUs = event.timeUs + timer(process.node.timers, 'rmc_restart');
  process.freeSinceUs = event.timeUs;
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

function callSend(picture: Picture, event: Seen): void {
  const calls = (picture.sends.get(event.cause)?.calls ?? 0) + 1;
  picture.sends.set(event.cause, { calls, last: event });
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
  session.ios.push({
    io: session.ios.length + 1,
    atUs: event.timeUs,
    text,
    size,
    status: '',
    missing: false,
  });
}

function callClose(picture: Picture, event: Seen): void {
  const session = sessionOf(picture, event);
  if (session === undefined || field(event, 'status') !== 'RMC_INPROGRESS') return;
  session.closeCalledUs = event.timeUs;
  const command = optionsFor(picture, event);
  // What an application closes of its own accord, or because it stops, it frees at close_done.
  session.thenFree = command?.name.startsWith('rmc_') ? command.options.has('--then-free') : true;
}

function ioDone(picture: Picture, event: Seen): void {
  const session = sessionOf(picture, event);
  const io = session?.ios[amount(event, 'io') - 1];
  if (session === undefined || io === undefined) return;
  io.status = field(event, 'status');
  session.iosDone += 1;
  const behaviour = session.behaviours.get('on_io_failure');
  // D25: what the receiver gave up is no failure.
  io.missing = session.ordered && io.status === 'RMC_ETIMEDOUT' && isUp(session);
  if (io.missing) return;
  if (io.status !== 'RMC_OK') isBusy(session.process, event, behaviour);
}

/** The state of a session that lives. */
export const isUp = ({ state }: SessionSeen): boolean => ['OPEN', 'ESTABLISHED', 'CLOSING'].includes(state);

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
  const session = sessionOf(picture, event);
  const isData = session?.ordered === true && frame === 'DATA';
  if (isData) session.dataSent += 1;
  const mayBe = {
    doubled: link.duplicate > 0 || picture.injected(frame, from, to, 'duplicate'),
    late:
      link.jitter + link.bandwidth + link.reorder > 0 ||
      picture.injected(frame, from, to, 'delay', 'reorder', 'duplicate') ||
      link.duplicate > 0,
    lost: link.loss > 0,
    corrupt: link.corrupt > 0 || picture.injected(frame, from, to, 'corrupt'),
    injected: picture.injected(frame, from, to, 'loss'),
  };
  picture.frames.set(event.number, {
    ...{ event, frame, from, to, latencyUs: link.latency, fates: 0, guessed: false },
    ...{ cut: picture.isCut(from, to), release: nodeOf(picture, event).release },
    process: senderOf(picture, event),
    ...{ session, io: isData ? session.dataSent : 0, sentSoFar: session?.dataSent ?? 0 },
    mayBe,
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

function heard(picture: Picture, event: Seen): void {
  const [app, from] = [field(event, 'app'), field(event, 'from')];
  picture.heardUs.set(`${field(event, 'node')}/${app}<${from}`, event.timeUs);
  if (app !== '') picture.heardUs.set(`${field(event, 'node')}/<${from}`, event.timeUs);
  if (field(event, 'frame') !== 'HEARTBEAT') return;
  picture.beatUs.set(`${field(event, 'node')}/${app}<${from}`, event.timeUs);
}

function frameFate(picture: Picture, event: Seen): void {
  const frame = picture.frameOf(event);
  if (frame !== undefined) frame.fates += 1;
  if (event.event === 'frame_delivered') heard(picture, event);
  const isHandled = event.event === 'frame_delivered' && ['DATA', 'ACK'].includes(field(event, 'frame'));
  if (frame !== undefined && isHandled) arrives(picture, event, frame);
  if (event.event !== 'frame_delivered' || field(event, 'frame') !== 'OPEN_REQ') return;
  const process = picture.process(field(event, 'app'));
  const port = frame?.session?.port;
  const listens = picture.allSessions.filter(
    (session) => session.type === 'LISTEN' && session.process === process,
  );
  const slow = (session: SessionSeen): number => session.behaviours.get('new_session')?.slowUs ?? 0;
  const unknown = listens.filter(({ port: at }) => at === 0).sort((a, b) => slow(b) - slow(a));
  const listen = listens.find((session) => session.port === port) ?? unknown[0];
  if (process !== undefined && listen !== undefined)
    isBusy(process, event, listen.behaviours.get('new_session'));
}

/** D29: under `hardware` a wrong use is carried out; from then on nobody knows what stands where. */
const CARRIED_OUT = ['free-in-use', 'double-free', 'invalid-free', 'bad-placement', 'use-after-free'];

function damage(picture: Picture, event: Seen): void {
  const node = nodeOf(picture, event);
  if (node.policy !== 'hardware' || !CARRIED_OUT.includes(field(event, 'kind'))) return;
  const space = picture.spaceOf(node, field(event, 'app'));
  if (picture.damaged.has(space) || !picture.opinion.carriesOut) return;
  picture.damaged.set(space, event);
  for (const session of picture.allSessions) {
    if (picture.spaceOf(session.node, session.process.app) === space) session.poked = true;
  }
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
      if (session !== undefined) handUp(session, event);
    },
  ],
  [
    'memory_error',
    (picture, event) => {
      const session = sessionOf(picture, event);
      if (session !== undefined && field(event, 'kind') === 'corrupted') session.corrupted = true;
      damage(picture, event);
    },
  ],
  [
    'node_down',
    (picture, event) => {
      const node = nodeOf(picture, event);
      node.power = 'off';
      picture.damaged.delete(node.name);
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
