import type { Look, Rule } from '../judge.js';
import { type Picture, sessionOf, timer } from '../picture.js';
import { field } from '../seen.js';
import { handled } from './states.js';

function peerFailed({ picture, event, opinion }: Look): string | undefined {
  const node = picture.node(field(event, 'node'));
  const peer = picture.node(field(event, 'peer'));
  if (node === undefined || peer === undefined) return 'peer_failed of a node';
  if (node.release !== 'R1.1') return 'nothing: R1.0.x cannot know (D15)';
  const reason = field(event, 'reason');
  if (reason === 'abort') {
    return handled(picture, event, 'ABORT') === undefined
      ? 'peer_failed abort only with an ABORT'
      : undefined;
  }
  const frame = handled(picture, event, ...ANY);
  const isFrom = frame !== undefined && field(frame, 'from') === peer.name;
  if (reason === 'incarnation')
    return isFrom && hasRestarted(picture, peer.name)
      ? undefined
      : 'peer_failed incarnation only with a frame that shows it';
  if (isFrom) return `peer_failed incarnation: ${peer.name} was just heard`;
  if (peerInstances(picture, peer.name) > 1) return undefined;
  const misses = (node.timers.get('heartbeat_misses') ?? 0) + opinion.graceOfHeartbeats;
  const heartbeat = Math.min(peer.timers.get('heartbeat') ?? 0, ...peerHeartbeats(picture, peer.name));
  const heard = picture.lastHeardUs(node, field(event, 'app'), peer.name, picture.beatUs);
  const due = heard + heartbeat * misses;
  return event.timeUs < due
    ? `no silence before ${due} us: ${peer.name} was heard at ${heard} us (D15)`
    : undefined;
}

/** Whether a process of the node in which RMC runs is not its first. */
const hasRestarted = (picture: Picture, name: string): boolean =>
  [...picture.processes.values()].some(
    ({ node, app, startedUs }) =>
      node.name === name && (node.kind === 'ssc' || app === '') && (startedUs > 0 || node.changedUs > 0),
  );

const ANY = [
  'OPEN_REQ',
  'OPEN_ACK',
  'OPEN_NAK',
  'DATA',
  'ACK',
  'CLOSE_REQ',
  'CLOSE_ACK',
  'HEARTBEAT',
  'ABORT',
];

/** How many RMC instances of a node there have been: a frame of one says nothing of another. */
const peerInstances = (picture: Picture, node: string): number =>
  [...picture.processes.values()].filter((process) => process.node.name === node && process.app !== '')
    .length;

/** Intervals that a peer may have told: its timer may have been set since. */
function peerHeartbeats(picture: Picture, node: string): readonly number[] {
  return picture.toldHeartbeats.get(node) ?? [];
}

/** D15: a peer is found failed at the latest when it was silent for so long; half an ACCEPT session lives a while longer. */
function heardOf({ picture, event, opinion, owe }: Look): void {
  const session = sessionOf(picture, event);
  const isUp = session?.state === 'OPEN' || session?.state === 'ESTABLISHED';
  if (session === undefined || !isUp || !session.bothNew) return;
  const { node, process, rmc } = session;
  const peer = session.peer.split(':')[0] ?? '';
  const number = event.number;
  owe({
    rule: 'D15',
    what: `the failure of ${session.name}: ${peer} is silent`,
    dueUs: () => {
      const heartbeat = Math.max(...peerHeartbeats(picture, peer));
      const silence = heartbeat * (node.mostMisses + opinion.graceOfHeartbeats);
      const heard = Math.max(picture.lastHeardUs(node, process.app, peer), session.stateUs);
      const isHalf = session.type === 'ACCEPT';
      return heard + Math.max(silence, isHalf ? timer(session.timers, 'open_timeout') : 0);
    },
    processes: [rmc],
    isMet: () => session.stateEvent !== number,
    isVoid: () => session.stateEvent !== number || !rmc.alive || session.poked || node.power !== 'on',
  });
}

export const peerRules: readonly Rule[] = [
  { rule: 'D15', of: ['peer_failed'], allow: peerFailed },
  { rule: 'D15', of: ['session_state'], after: heardOf },
];
