import { type ExtensionKey, extensionKey } from '../../emulator/index.js';
import type { Fabric } from '../fabric.js';
import { Mailboxes } from './mail.js';
import type { EeeNode } from './node.js';
import { StagedFrames } from './stagedFrames.js';
import { ToRmc } from './toRmc.js';

/** What the EEE nodes of one world share: the ways between applications and RMC, and the queue's entries for them. */
export interface EeeTransport {
  readonly mailboxes: Mailboxes;
  readonly toRmc: ToRmc;
  readonly frames: StagedFrames;
  /** Queue entry: node index, dead process. */
  readonly restartEntry: number;
  /** Ended processes whose memory RMC still refers to, and their owners (D20). */
  readonly zombies: Map<number, number>;
}

const TRANSPORT: ExtensionKey<EeeTransport> = extensionKey<EeeTransport>('eee transport');

export const transportOf = (fabric: Fabric): EeeTransport => fabric.world.get(TRANSPORT);

export function installTransport(fabric: Fabric): void {
  const { world } = fabric;
  const toRmc = new ToRmc(fabric);
  const transport: EeeTransport = {
    toRmc,
    mailboxes: new Mailboxes(fabric, toRmc),
    frames: new StagedFrames(fabric),
    restartEntry: world.handler('rmc restart', (node, dead) =>
      (fabric.node(node) as EeeNode).restartRmc(dead),
    ),
    zombies: new Map(),
  };
  world.attach(TRANSPORT, transport);
  const state = {
    mails: transport.mailboxes.state,
    frames: transport.frames.state,
    zombies: transport.zombies,
  };
  world.part('eee', () => state, [state]);
}
