import type { RmcHost } from './host.js';

/** A frame is handed to an RMC instance whose process runs: it counts as heard now (D21). */
export function handleFrame(host: RmcHost, slot: number): void {
  const { world, core } = host;
  const { bus, log } = world;
  const { frames } = bus;
  const bytes = frames.bytes(slot);
  const offset = frames.offset(slot);
  const length = frames.length[slot]!;
  if (core.checkFrame(bytes, offset, length) !== 'ok') {
    bus.dropped(slot, 'corrupt');
    // Not looked at any further, but counted.
    core.handleFrame(bytes, offset, length, world.nowUs);
    bus.release(slot);
    return;
  }
  const cause = log.cause;
  const event = bus.delivered(slot, host.appNameId, frames.session[slot]!);
  log.cause = event;
  core.tag = event;
  core.handleFrame(bytes, offset, length, world.nowUs, true);
  bus.release(slot);
  host.pump();
  log.cause = cause;
}

/** A frame for which nobody is there: no answer to it will ever come (D11). */
export function discardFrame(host: Pick<RmcHost, 'world'>, slot: number): void {
  host.world.bus.dropped(slot, 'off');
  host.world.bus.release(slot);
}

/** The session of the frame that the core holds out now, as string id; -1 where it is of none. */
export function frameSession(host: RmcHost): number {
  return host.sessions.get(host.core.frame.session)?.nameId ?? -1;
}

/** Sends the frame that the core holds out now. */
export function sendFrame(host: RmcHost): void {
  const { frame } = host.core;
  host.world.bus.send(
    host.node.index,
    frame.toNode,
    frame.toPlace,
    frame.toPort,
    host.fabric.frameTypeIds[frame.type]!,
    frameSession(host),
    frame.bytes,
    frame.offset,
    frame.length,
  );
}
