import { OutputKind } from '../../rmc-core/index.js';
import { deliver } from '../app/deliver.js';
import type { News } from '../app/news.js';
import type { Fabric } from '../fabric.js';
import type { SessionRecord } from '../records.js';
import type { EeeNode } from './node.js';
import type { ToRmc } from './toRmc.js';

/** One thing on its way from RMC to an application, or waiting in the application's mailbox. */
interface Mail {
  readonly process: number;
  readonly record: SessionRecord;
  readonly news: News;
}

/** D19: what RMC says to applications goes through one FIFO mailbox an application, and takes `ipc`. */
export class Mailboxes {
  readonly state = {
    mails: new Map<number, Mail>(),
    /** When the last mail for a process arrives: a later one never overtakes it. */
    lastUs: new Map<number, number>(),
    next: 1,
  };
  readonly #fabric: Fabric;
  readonly #arrival: number;
  readonly #entry: number;
  readonly #toRmc: ToRmc;

  constructor(fabric: Fabric, toRmc: ToRmc) {
    this.#fabric = fabric;
    this.#toRmc = toRmc;
    this.#arrival = fabric.world.handler('mail', (id) => this.#arrived(id));
    this.#entry = fabric.world.processes.handler(
      'mail',
      (_process, id) => this.#taken(id),
      (_process, id) => this.#discarded(id),
    );
  }

  /** Sends news to the session's application. One that is gone takes no mail. */
  post(record: SessionRecord, news: News, afterUs: number): void {
    const { world } = this.#fabric;
    const { state } = this;
    const id = state.next;
    state.next += 1;
    state.mails.set(id, { process: record.process, record, news });
    record.mailed += news.kind === OutputKind.MESSAGE ? 1 : 0;
    const atUs = Math.max(world.nowUs + afterUs, state.lastUs.get(record.process) ?? 0);
    state.lastUs.set(record.process, atUs);
    world.at(atUs, this.#arrival, id);
  }

  #arrived(id: number): void {
    const mail = this.state.mails.get(id)!;
    const limited = mail.news.kind === OutputKind.MESSAGE;
    this.#fabric.world.processes.deliver(mail.process, this.#entry, id, 0, limited);
  }

  #taken(id: number): void {
    const { record, news } = this.#remove(id);
    deliver(this.#fabric, record, news);
    if (news.kind === OutputKind.MESSAGE) this.#roomAgain(record);
  }

  /** Messages in an application's mailbox, or on their way to it. */
  messages(process: number): number {
    let count = 0;
    for (const mail of this.state.mails.values()) {
      if (mail.process === process && mail.news.kind === OutputKind.MESSAGE) count += 1;
    }
    return count;
  }

  /** D21: a message was taken, so a stalled sender may go on: also one of the RMC that came after a dead one. */
  #roomAgain(record: SessionRecord): void {
    // The application may have died in its handler: nobody has room for messages then.
    if (!this.#fabric.world.processes.isAlive(record.process)) return;
    const node = this.#fabric.node(record.node);
    const host = node.rmcOf(this.#fabric.app(record.app));
    if (host !== undefined) this.#toRmc.roomAgain(host, record);
  }

  /** The application died with the mail in its box: nobody waits for its close_session, or frees at its close_done. */
  #discarded(id: number): void {
    const { record, news } = this.#remove(id);
    const node = this.#fabric.node(record.node) as EeeNode;
    if (news.kind === OutputKind.CLOSING) node.closeReturned(this.#fabric.hosts.get(record.host), record);
    else if (news.kind === OutputKind.CLOSE_DONE) node.orphanClosed(record);
  }

  #remove(id: number): Mail {
    const mail = this.state.mails.get(id)!;
    this.state.mails.delete(id);
    if (mail.news.kind === OutputKind.MESSAGE) mail.record.mailed -= 1;
    return mail;
  }

  get held(): readonly unknown[] {
    return [this.state];
  }
}
