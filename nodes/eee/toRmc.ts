import type { Fabric } from '../fabric.js';
import type { SessionRecord } from '../records.js';
import type { RmcHost } from '../rmc/host.js';
import type { EeeNode } from './node.js';

/** What an application's side says to the RMC process besides calls. A hung RMC hears it when it goes on (D21). */
export class ToRmc {
  readonly #fabric: Fabric;
  readonly #returned: number;
  readonly #room: number;

  constructor(fabric: Fabric) {
    this.#fabric = fabric;
    const { processes } = fabric.world;
    this.#returned = processes.handler(
      'close_session returned',
      (_process, host, session) => this.#inRmc(host, (rmc) => rmc.closeReturned(fabric.session(session)!)),
      (_process, _host, session) => this.#neverHeard(session),
    );
    this.#room = processes.handler('mailbox has room', (_process, host, process) =>
      this.#inRmc(host, (rmc) => {
        rmc.core.tag = rmc.world.log.cause;
        rmc.core.addCredit(process, 1, rmc.world.nowUs);
      }),
    );
  }

  /** The handler of close_session returned, or there is none: RMC may let go of its block (D19). */
  closeReturned(host: RmcHost, record: SessionRecord): void {
    this.#fabric.world.processes.deliver(host.process, this.#returned, host.id, record.id, false);
  }

  /** The application took a message out of its mailbox: a stalled sender may go on (D21). */
  roomAgain(host: RmcHost, record: SessionRecord): void {
    this.#fabric.world.processes.deliver(host.process, this.#room, host.id, record.process, false);
  }

  /** The hung RMC died before it heard that close_session had returned: nobody needs its block any more (D20). */
  #neverHeard(session: number): void {
    const record = this.#fabric.session(session)!;
    (this.#fabric.node(record.node) as EeeNode).freeOrphan(record);
  }

  /** The session that is named is on record: a living RMC knows it until it has heard this. */
  #inRmc(hostId: number, act: (rmc: RmcHost) => void): void {
    const host = this.#fabric.hosts.get(hostId)!;
    act(host);
    host.pump();
  }
}
