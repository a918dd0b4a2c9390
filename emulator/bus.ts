import type { Clock } from './clock.js';
import { FramePool } from './frames.js';
import type { Injections } from './injections.js';
import type { LinkState, Links } from './links.js';
import type { EventLog } from './log.js';
import type { NodeTable } from './power.js';
import type { EventQueue } from './queue.js';
import type { RandomStream, RandomStreams } from './random.js';
import type { StringTable } from './strings.js';
import { type DropReason, dropReasons } from './worldEvents.js';

/** What the bus needs of its world. */
export interface BusParts {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly strings: StringTable;
  readonly random: RandomStreams;
  readonly nodes: NodeTable;
  readonly queue: EventQueue;
  readonly injections: Injections;
  readonly links: Links;
  readonly frameLimit: number;
  /** Queue entry kind that runs {@link Bus.arrive}. */
  readonly arrivalKind: number;
  readonly sentEvent: number;
  readonly deliveredEvent: number;
  readonly droppedEvent: number;
}

/**
 * The virtual bus. A frame is copied when it is sent, meets its link's cut and settings and every injection, and
 * arrives at a later queue entry. Order of the verdict: cut, loss, then what injections say; each injection sees each
 * frame whatever else happens to it. Bandwidth is taken by every frame that is not cut. A duplicate is a copy of the
 * frame as it was sent; corruption hits the first copy. A frame to its own node takes its link like any other.
 */
export class Bus {
  readonly #parts: BusParts;
  readonly frames: FramePool;
  readonly links: Links;
  readonly #reasons = new Map<DropReason, number>();
  readonly #streams = new Map<number, RandomStream>();
  // The verdict on the frame being sent.
  #drop: DropReason | '' = '';
  #extraUs = 0;
  #copies = 1;
  #corrupting: RandomStream | undefined;
  /** Frames over the whole run. */
  readonly counters = { sent: 0, delivered: 0, dropped: 0, bytes: 0 };

  constructor(parts: BusParts) {
    this.#parts = parts;
    this.links = parts.links;
    this.frames = new FramePool(parts.frameLimit);
    for (const reason of dropReasons) this.#reasons.set(reason, parts.strings.intern(reason));
  }

  /**
   * Sends a frame: `fromNode`, `toNode` are nodes; `type` and `session` (the sender's, -1 unknown) are string ids.
   * Logs frame_sent, and frame_dropped when it goes no further. The number of frame_sent.
   */
  send(
    fromNode: number,
    toNode: number,
    place: number,
    port: number,
    type: number,
    session: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number {
    const { log, nodes } = this.#parts;
    const frames = this.frames;
    const slot = frames.take(bytes, offset, length);
    frames.from[slot] = fromNode;
    frames.to[slot] = toNode;
    frames.place[slot] = place;
    frames.port[slot] = port;
    frames.type[slot] = type;
    frames.session[slot] = session;
    const fromName = nodes.nameId(fromNode);
    const toName = nodes.nameId(toNode);
    const event = log.emit(this.#parts.sentEvent, fromName, -1, session, -1, type, fromName, toName);
    frames.sentEvent[slot] = event;
    this.counters.sent += 1;
    this.counters.bytes += length;
    this.#judge(slot, this.links.link(fromNode, toNode));
    if (this.#drop !== '') this.#dropAtSender(slot, fromName, event);
    else this.#launch(slot, this.links.link(fromNode, toNode), event);
    return event;
  }

  /** A frame was handed to a process: logs frame_delivered; its number. `app` and `session` are string ids. */
  delivered(slot: number, app: number, session: number): number {
    const { log, nodes } = this.#parts;
    const frames = this.frames;
    const fromName = nodes.nameId(frames.from[slot]!);
    const toName = nodes.nameId(frames.to[slot]!);
    this.counters.delivered += 1;
    return log.emit(
      this.#parts.deliveredEvent,
      toName,
      app,
      session,
      -1,
      frames.type[slot]!,
      fromName,
      toName,
    );
  }

  /** A frame went no further at the node where it arrived: logs frame_dropped; its number. */
  dropped(slot: number, reason: DropReason): number {
    return this.#logDropped(slot, this.#parts.nodes.nameId(this.frames.to[slot]!), reason);
  }

  /** Nobody needs the frame any more. Exactly once for each frame that arrived. */
  release(slot: number): void {
    this.frames.release(slot);
  }

  /** Nothing passes from one node to the other, nor (unless `oneWay`) back. */
  cut(from: number, to: number, oneWay: boolean): void {
    this.links.cut(from, to, oneWay);
  }

  /** Cuts a node from all others, also from those that come later. */
  isolate(node: number): void {
    this.links.isolate(node, this.#parts.nodes.count);
  }

  /** Mends the way between two nodes, or every way. */
  heal(one = 0, other = 0): void {
    this.links.heal(one, other);
  }

  /** A frame is there. Run by the world. */
  arrive(slot: number): void {
    const { nodes } = this.#parts;
    const to = this.frames.to[slot]!;
    if (nodes.isOn(to)) {
      nodes.model(to).frameArrived(slot);
    } else {
      this.dropped(slot, 'off');
      this.release(slot);
    }
  }

  /** The frames on their way, those that arrive first before the others: their slots, and when each will be there. */
  flying(): { readonly slot: number; readonly arrivesUs: number }[] {
    const { queue, arrivalKind } = this.#parts;
    const { used, sentEvent } = this.frames;
    if (used === 0) return [];
    return queue
      .ofKind(arrivalKind)
      .map(({ timeUs, a }) => ({ slot: a, arrivesUs: timeUs }))
      .sort((x, y) => x.arrivesUs - y.arrivesUs || sentEvent[x.slot]! - sentEvent[y.slot]!);
  }

  /** What the link and the injections do to a frame. */
  #judge(slot: number, link: LinkState): void {
    this.#drop = '';
    this.#extraUs = 0;
    this.#copies = 1;
    this.#corrupting = undefined;
    if (link.cut) this.#drop = 'cut';
    else if (hasFaults(link)) this.#judgeByLink(link);
    const injections = this.#parts.injections;
    for (let position = 0; position < injections.frameCount; position += 1) {
      if (injections.takesFrame(position, this.frames, slot)) this.#inject(position, link);
    }
  }

  #judgeByLink(link: LinkState): void {
    const random = this.#stream(link);
    if (random.chance(link.loss)) {
      this.#drop = 'loss';
      return;
    }
    this.#extraUs = random.intBetween(0, link.jitterUs);
    if (random.chance(link.reorder)) this.#extraUs += random.intBetween(link.latencyUs, 3 * link.latencyUs);
    if (random.chance(link.duplicate)) this.#copies += 1;
    if (random.chance(link.corrupt)) this.#corrupting = random;
  }

  #inject(position: number, link: LinkState): void {
    const { injections } = this.#parts;
    const { kind, delayUs } = injections.frameInjection(position);
    const random = injections.frameStream(position);
    if (kind === 'loss') {
      if (this.#drop === '') this.#drop = 'inject';
    } else if (kind === 'duplicate') {
      this.#copies += 1;
    } else if (kind === 'corrupt') {
      this.#corrupting = random;
    } else if (kind === 'delay') {
      this.#extraUs += delayUs >= 0 ? delayUs : link.latencyUs;
    } else {
      this.#extraUs += delayUs >= 0 ? delayUs : random.intBetween(link.latencyUs, 3 * link.latencyUs);
    }
  }

  #launch(slot: number, link: LinkState, event: number): void {
    const { clock, queue, arrivalKind } = this.#parts;
    let leavesUs = clock.nowUs;
    if (link.bandwidthBitsPerS > 0) leavesUs = this.#occupy(slot, link);
    const arrivesUs = leavesUs + link.latencyUs + this.#extraUs;
    queue.push(arrivesUs, arrivalKind, slot, 0, event);
    for (let copy = 1; copy < this.#copies; copy += 1) {
      queue.push(arrivesUs + copy * link.latencyUs, arrivalKind, this.frames.copy(slot), 0, event);
    }
    const bits = this.frames.length[slot]! * 8;
    if (this.#corrupting !== undefined && bits > 0) {
      this.frames.flipBit(slot, this.#corrupting.intBetween(0, bits - 1));
    }
  }

  /** Takes the link's bandwidth, after the frames before it; when the last bit has left. */
  #occupy(slot: number, link: LinkState): number {
    const takesUs = Math.ceil((this.frames.length[slot]! * 8 * 1_000_000) / link.bandwidthBitsPerS);
    link.busyUntilUs = Math.max(this.#parts.clock.nowUs, link.busyUntilUs) + takesUs;
    return link.busyUntilUs;
  }

  #dropAtSender(slot: number, node: number, sentEvent: number): void {
    const { log } = this.#parts;
    const link = this.links.link(this.frames.from[slot]!, this.frames.to[slot]!);
    if (link.bandwidthBitsPerS > 0 && !link.cut) this.#occupy(slot, link);
    const cause = log.cause;
    log.cause = sentEvent;
    this.#logDropped(slot, node, this.#drop as DropReason);
    log.cause = cause;
    this.release(slot);
  }

  #logDropped(slot: number, node: number, reason: DropReason): number {
    const { log, nodes, droppedEvent } = this.#parts;
    const frames = this.frames;
    const from = nodes.nameId(frames.from[slot]!);
    const to = nodes.nameId(frames.to[slot]!);
    this.counters.dropped += 1;
    const why = this.#reasons.get(reason)!;
    return log.emit(droppedEvent, node, -1, frames.session[slot]!, -1, frames.type[slot]!, from, to, why);
  }

  #stream(link: LinkState): RandomStream {
    const key = link.from * 65_536 + link.to;
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const { nodes, random } = this.#parts;
    const stream = random.stream(`link ${nodes.name(link.from)}>${nodes.name(link.to)}`);
    this.#streams.set(key, stream);
    return stream;
  }

  get held(): readonly unknown[] {
    return [this.frames, this.links, this.counters, this.#streams];
  }
}

function hasFaults(link: LinkState): boolean {
  return link.loss > 0 || link.jitterUs > 0 || link.reorder > 0 || link.duplicate > 0 || link.corrupt > 0;
}
