import type { Look, Rule } from '../judge.js';
import type { Picture } from '../picture.js';
import { field } from '../seen.js';
import { handled } from './states.js';

/** When a frame of a node was last handled by an RMC of this node or process. */
export function lastHeardUs(picture: Picture, node: string, app: string, from: string): number {
  for (let at = picture.events.length - 1; at >= 0; at -= 1) {
    const event = picture.events[at];
    if (event?.event !== 'frame_delivered') continue;
    if (
      field(event, 'node') === node &&
      field(event, 'from') === from &&
      (app === '' || field(event, 'app') === app)
    ) {
      return event.timeUs;
    }
  }
  return 0;
}

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
    return isFrom ? undefined : 'peer_failed incarnation only with a frame that shows it';
  if (isFrom) return `peer_failed incarnation: ${peer.name} was just heard`;
  if (peerInstances(picture, peer.name) > 1) return undefined;
  const misses = (node.timers.get('heartbeat_misses') ?? 0) + opinion.graceOfHeartbeats;
  const heartbeat = Math.min(peer.timers.get('heartbeat') ?? 0, ...peerHeartbeats(picture, peer.name));
  const heard = lastHeardUs(picture, node.name, field(event, 'app'), peer.name);
  const due = heard + heartbeat * misses;
  return event.timeUs < due
    ? `no silence before ${due} us: ${peer.name} was heard at ${heard} us (D15)`
    : undefined;
}

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

export const peerRules: readonly Rule[] = [{ rule: 'D15', of: ['peer_failed'], allow: peerFailed }];
