import { BLOCK_BYTES, Status } from '../../rmc-core/index.js';
import { runCallback } from '../app/callbacks.js';
import { memoryError, outOfMemory } from '../memory/memoryErrors.js';
import type { AppRecord, SessionRecord } from '../records.js';
import { verifyBlock } from './blockCheck.js';
import { holdBlock } from './holds.js';
import type { RmcHost } from './host.js';
import { badPlacement, usedAllTheSame } from './placement.js';
import { addAcceptSession } from './sessions.js';

/** An open request came for a LISTEN session: who places the block of the ACCEPT session is the question (S7, S13). */
export function offerArrived(host: RmcHost, offer: number, listenHandle: number, clientNode: number): void {
  const { fabric, core } = host;
  const listen = host.sessions.get(listenHandle)!;
  const app = fabric.app(listen.app);
  if (listen.hasNewSession) {
    if (!verifyBlock(host, listen)) return core.refuse(offer, Status.RMC_ECONNREFUSED, host.world.nowUs);
    const peer = fabric.node(clientNode).state.name;
    runCallback(fabric, app, { name: 'newSession', session: listen.id, offer, text: peer });
    return;
  }
  const address = host.space.alloc(BLOCK_BYTES, host.owner, 'heap', listen.nameId);
  if (address === 0) {
    outOfMemory(fabric, host.space, host.owner, listen.nameId);
    return core.refuse(offer, Status.RMC_ENOMEM, host.world.nowUs);
  }
  acceptOffer(host, listen, offer, address, false);
}

/** `new_session` returned: D5 for NULL, D6 for a block that RMC cannot use. */
export function newSessionReturned(
  host: RmcHost,
  listen: SessionRecord,
  offer: number,
  peer: string,
  address: number,
): void {
  const { fabric, core, world } = host;
  const event = fabric.log.newSession(listen, world.strings.intern(peer), address);
  world.log.cause = event;
  core.tag = event;
  if (address === 0) return core.refuse(offer, Status.RMC_ENOMEM, world.nowUs);
  if (badPlacement(host, address)) {
    const app: AppRecord = fabric.app(listen.app);
    const goesOn = usedAllTheSame(host, address);
    if (!goesOn) core.refuse(offer, Status.RMC_ENOMEM, world.nowUs);
    memoryError(fabric, app, 'bad-placement', address);
    if (!goesOn) return;
  }
  acceptOffer(host, listen, offer, address, true);
}

function acceptOffer(
  host: RmcHost,
  listen: SessionRecord,
  offer: number,
  address: number,
  placedByApp: boolean,
): void {
  const handle = host.core.accept(offer, address, placedByApp, host.world.nowUs);
  addAcceptSession(host, listen, handle, address, placedByApp);
  // D3: RMC refers to the block until it calls close_session with TRUE.
  if (placedByApp) holdBlock(host.space, address);
}
