import { FrameType } from '../../rmc-core/index.js';
import type { Fabric } from '../fabric.js';
import type { RmcHost } from '../rmc/host.js';
import { frameSession, sendFrame } from '../rmc/inbound.js';

interface StagedFrame {
  readonly leavesUs: number;
  readonly node: number;
  readonly toNode: number;
  readonly toPlace: number;
  readonly toPort: number;
  readonly type: number;
  readonly session: number;
  readonly bytes: Uint8Array;
}

/** D19: what an application's call sends leaves after `ipc`. It leaves even if RMC dies meanwhile (D20). */
export class StagedFrames {
  readonly state = { frames: new Map<number, StagedFrame>(), next: 1 };
  readonly #fabric: Fabric;
  readonly #departure: number;

  constructor(fabric: Fabric) {
    this.#fabric = fabric;
    this.#departure = fabric.world.handler('staged frame', (id) => this.#leave(id));
  }

  /** Takes the frame that the core holds out now; `afterUs` 0: it leaves at once, but never before what was sent first. */
  send(host: RmcHost, afterUs: number): void {
    const { frame } = host.core;
    const { nowUs } = host.world;
    const session = frameSession(host);
    const behindUs = frame.type === FrameType.DATA ? this.#lastDataUs(host.node.index, session) : undefined;
    if (afterUs === 0 && behindUs === undefined) return sendFrame(host);
    const leavesUs = Math.max(nowUs + afterUs, behindUs ?? 0);
    const id = this.state.next;
    this.state.next += 1;
    this.state.frames.set(id, {
      leavesUs,
      node: host.node.index,
      toNode: frame.toNode,
      toPlace: frame.toPlace,
      toPort: frame.toPort,
      type: this.#fabric.frameTypeIds[frame.type]!,
      session,
      bytes: frame.bytes.slice(frame.offset, frame.offset + frame.length),
    });
    host.world.at(leavesUs, this.#departure, id);
  }

  /**
   * When the last message of a session that still waits here leaves: one that RMC lets go on now stays behind it (D25).
   * A session that sends messages has nothing else here: what opened it is answered, and what closes it comes last.
   */
  #lastDataUs(node: number, session: number): number | undefined {
    let lastUs: number | undefined;
    for (const frame of this.state.frames.values()) {
      const isOurs = frame.node === node && frame.session === session;
      if (isOurs) lastUs = Math.max(lastUs ?? 0, frame.leavesUs);
    }
    return lastUs;
  }

  #leave(id: number): void {
    const frame = this.state.frames.get(id)!;
    this.state.frames.delete(id);
    const { world } = this.#fabric;
    if (!world.nodes.isOn(frame.node)) return;
    const { node, toNode, toPlace, toPort, type, session, bytes } = frame;
    world.bus.send(node, toNode, toPlace, toPort, type, session, bytes, 0, bytes.length);
  }

  get held(): readonly unknown[] {
    return [this.state];
  }
}
