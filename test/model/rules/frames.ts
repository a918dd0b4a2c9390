import type { Look, Rule } from '../judge.js';
import { type FrameSeen, ipcOf, type NodeSeen, type Picture, type ProcessSeen } from '../picture.js';
import { field, type Seen } from '../seen.js';

const LATE_US = 10_000_000;

function sent({ picture, event, opinion }: Look): string | undefined {
  const from = field(event, 'from');
  const node = picture.node(from);
  const frame = field(event, 'frame');
  if (node === undefined || field(event, 'node') !== from) return 'a frame is sent where it comes from';
  if (node.power !== 'on' && !(node.kind === 'eee' && node.power === 'booting')) {
    return `no frame of ${from}: it is ${node.power}`;
  }
  if (node.kind === 'eee' && !mayLeave(picture, event, node))
    return `no frame of ${from}: its RMC is dead (D20)`;
  const isNew = frame === 'HEARTBEAT' || frame === 'ABORT';
  const peer = picture.node(field(event, 'to'));
  if (isNew && node.release !== 'R1.1' && !opinion.oldSaysAbort) return `no ${frame} of R1.0.x (D15)`;
  if (frame === 'HEARTBEAT' && peer?.kind !== undefined && peer.release !== 'R1.1' && peer.power === 'on') {
    // A peer that came up older a moment ago may still be taken for what it was.
    if (peer.changedUs + 1_000_000 < event.timeUs) return `no ${frame} to a node of R1.0.x (D18)`;
  }
  return undefined;
}

/** D19: what a call sends takes `ipc` to leave. rmc.md does not say whether it leaves if RMC dies meanwhile. */
function mayLeave(picture: Picture, event: Seen, node: NodeSeen): boolean {
  const rmc = picture.process(`${node.name}.rmc`);
  return rmc?.alive || event.timeUs <= (rmc?.endedUs ?? 0) + ipcOf(node);
}

function sentThen({ picture, event, owe }: Look): void {
  const frame = picture.frames.get(event.number) as FrameSeen;
  const receiving = (): ProcessSeen[] =>
    [...picture.processes.values()].filter(
      (process) => process.alive && process.node.name === frame.to && isRmc(process),
    );
  const there = receiving();
  owe({
    rule: 'D24',
    what: `frame_delivered or frame_dropped of ${frame.frame} @${event.number}`,
    dueUs: event.timeUs + frame.latencyUs + (frame.mayBe.late ? LATE_US : 0),
    processes: receiving,
    isMet: () => frame.fates > 0,
    isVoid: () => there.some((process) => !process.alive),
  });
}

const isRmc = (process: ProcessSeen): boolean => process.node.kind === 'ssc' || process.app === '';

function same({ picture, event }: Look): FrameSeen | string {
  const frame = picture.frameOf(event);
  if (frame === undefined) return `${event.event} of a frame that was sent`;
  if (frame.frame !== field(event, 'frame')) return `it is a ${frame.frame}`;
  if (frame.from !== field(event, 'from') || frame.to !== field(event, 'to')) {
    return `it goes from ${frame.from} to ${frame.to}`;
  }
  if (field(event, 'session') !== field(frame.event, 'session'))
    return `it is of ${field(frame.event, 'session')}`;
  const isDoubled = frame.mayBe.doubled || frame.guessed || frame.fates === 0;
  return isDoubled ? frame : `nothing more of @${frame.event.number}: it has arrived`;
}

function delivered(look: Look): string | undefined {
  const { picture, event } = look;
  const frame = same(look);
  if (typeof frame === 'string') return frame;
  const node = picture.node(frame.to);
  if (field(event, 'node') !== frame.to) return `it arrives at ${frame.to}`;
  if (node?.power !== 'on' && !(node?.kind === 'eee' && node.power === 'booting')) {
    return `frame_dropped: ${frame.to} is ${node?.power}`;
  }
  if (event.timeUs < frame.event.timeUs + frame.latencyUs) return `no frame before ${frame.latencyUs} us`;
  if (frame.cut) return `frame_dropped: ${frame.from} and ${frame.to} are cut off`;
  const app = field(event, 'app');
  const process = picture.process(node.kind === 'eee' ? `${node.name}.rmc` : app);
  if (process === undefined) return undefined;
  if (process.hung) return `nothing handled by ${process.name}, which hangs`;
  if (!process.alive && app !== '') return `nothing handled by ${process.name}, which is not running`;
  return undefined;
}

/** D11: a frame for an instance that is dead, or for an SSC where none is alive, goes no further. */
const someDead = (picture: Picture, node: NodeSeen): boolean => {
  if (node.kind === 'eee') return !picture.process(`${node.name}.rmc`)?.alive;
  const all = [...picture.processes.values()].filter((process) => process.node === node);
  return all.length === 0 || all.some((process) => !process.alive || process.startedUs > 0);
};

/** D21: a process of the node hangs, or is inside a slow callback. */
const someStand = (picture: Picture, node: NodeSeen, nowUs: number): boolean =>
  [...picture.processes.values()].some(
    (process) => process.node === node && (process.hung || process.busyUntilUs >= nowUs),
  );

function dropped(look: Look): string | undefined {
  const { picture, event } = look;
  const frame = same(look);
  if (typeof frame === 'string') return frame;
  const link = picture.link(frame.from, frame.to);
  const node = picture.node(frame.to);
  const why: Readonly<Record<string, boolean>> = {
    cut: frame.cut,
    off: node?.power !== 'on' || someDead(picture, node),
    loss: link.loss > 0 || frame.mayBe.lost,
    corrupt: frame.mayBe.corrupt,
    inject: frame.mayBe.injected,
    mailbox: node?.kind === 'ssc' && someStand(picture, node, event.timeUs),
  };
  const reason = field(event, 'reason');
  return why[reason]
    ? undefined
    : `no frame_dropped for ${reason}: there is none between ${frame.from} and ${frame.to}`;
}

export const frameRules: readonly Rule[] = [
  { rule: 'D15', of: ['frame_sent'], allow: sent, after: sentThen },
  { rule: 'D20', of: ['frame_delivered'], allow: delivered },
  { rule: 'D24', of: ['frame_dropped'], allow: dropped },
];
