import type { Fabric } from '../fabric.js';
import type { RmcHost } from '../rmc/host.js';
import { sendFrame } from '../rmc/inbound.js';

interface StagedFrame {
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

  /** Takes the frame that the core holds out now; `afterUs` 0: it leaves at once. */
  send(host: RmcHost, afterUs: number): void {
    if (afterUs === 0) return sendFrame(host);
    const { frame } = host.core;
    const id = this.state.next;
    this.state.next += 1;
    this.state.frames.set(id, {
      node: host.node.index,
      toNode: frame.toNode,
      toPlace: frame.toPlace,
      toPort: frame.toPort,
      type: this.#fabric.frameTypeIds[frame.type]!,
      session: host.sessions.get(frame.session)?.nameId ?? -1,
      bytes: frame.bytes.slice(frame.offset, frame.offset + frame.length),
    });
    host.world.at(host.world.nowUs + afterUs, this.#departure, id);
  }

  #leave(id: number): void {
    const frame = this.state.frames.get(id);
    if (frame === undefined) return;
    this.state.frames.delete(id);
    const { world } = this.#fabric;
    if (!world.nodes.isOn(frame.node)) return;
    const { node, toNode, toPlace, toPort, type, session, bytes } = frame;
    world.bus.send(node, toNode, toPlace, toPort, type, session, bytes, 0, bytes.length);
  }
}
