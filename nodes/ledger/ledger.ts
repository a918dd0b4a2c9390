import type { FaultRecord } from '../../emulator/index.js';
import type { Fabric } from '../fabric.js';
import { type SessionRecord, type Telling, ToldBy } from '../records.js';

/** Failures that stay in the ledger; the oldest go first. */
const ENTRIES_KEPT = 200;

/** One failure, and everybody who had to do with what failed. */
export interface LedgerEntry {
  /** A node's name, or `<node>.rmc`. */
  readonly about: string;
  /** The application whose process failed; empty when it was a node, RMC or the bus. */
  readonly app: string;
  readonly what: string;
  readonly event: number;
  readonly timeUs: number;
  readonly witnesses: Witness[];
}

export interface Witness {
  readonly session: number;
  readonly app: number;
  readonly sessionName: string;
  toldUs: number;
  /** The `learned`; 0 while it was not told. */
  event: number;
  how: string;
  rule: string;
  reason: string;
}

const RULES: Readonly<Record<Telling, string>> = {
  abort_session: 'S20',
  io: 'S17',
  send: 'S21',
  open: 'D2',
  close_session: 'D16',
};

/** Who has learned of which failure, how, and how long after; and who has not (D30). */
export class Ledger {
  readonly state = { entries: [] as LedgerEntry[] };
  readonly #fabric: Fabric;

  constructor(fabric: Fabric) {
    this.#fabric = fabric;
  }

  /**
   * Something failed. `touched` says of a session whether its far side is what failed.
   * Called before what failed is taken apart, so that it is still known who talks to it.
   */
  failed(about: string, app: string, fault: FaultRecord, touched: (farSide: SessionRecord) => boolean): void {
    const witnesses: Witness[] = [];
    for (const record of this.#fabric.sessions.values()) {
      if (record.over) continue;
      const far = farSide(this.#fabric, record);
      if (far !== undefined && touched(far) && !touched(record)) witnesses.push(witness(record));
    }
    this.#add({ about, app, what: fault.what, event: fault.event, timeUs: fault.timeUs, witnesses });
  }

  /** The RMC process of a node died: its own applications learn of it through their stubs (D20). */
  ownRmcFailed(about: string, fault: FaultRecord, sessions: readonly SessionRecord[]): void {
    this.#add({
      about,
      app: '',
      what: fault.what,
      event: fault.event,
      timeUs: fault.timeUs,
      witnesses: sessions.map(witness),
    });
  }

  /** The application of `record` was told of a failure: logs `learned`, once for each session and way. */
  told(record: SessionRecord, how: Telling, reason: string): void {
    if ((record.told & ToldBy[how]) !== 0 || saysNothingOfPeer(record, how, reason)) return;
    record.told |= ToldBy[how];
    const { log, world } = this.#fabric;
    const own = reason === 'rmc';
    const node = this.#fabric.node(own ? record.node : record.peerNode).state.name;
    const about = own ? `${node}.rmc` : node;
    const fault = this.#faultOf(record, own, reason);
    const rule = own && how === 'abort_session' ? 'D20' : RULES[how];
    const afterUs = fault === undefined ? -1 : world.nowUs - fault.timeUs;
    const event = log.learned(record, about, how, rule, afterUs);
    this.#note(about, fault, record, { event, how, rule, reason });
  }

  #faultOf(record: SessionRecord, own: boolean, reason: string): FaultRecord | undefined {
    const { world } = this.#fabric;
    if (own) return world.faults.lastFaultOfProcess(this.#fabric.node(record.node).lastRmcProcess());
    // What the far RMC itself said came over the bus: no cut of it was the reason.
    return faultBehind(
      this.#fabric,
      record,
      reason === 'abort' || reason === 'incarnation' ? 'there' : 'anywhere',
    );
  }

  #note(
    about: string,
    fault: FaultRecord | undefined,
    record: SessionRecord,
    telling: Pick<Witness, 'event' | 'how' | 'rule' | 'reason'>,
  ): void {
    if (fault === undefined) return;
    let entry = this.#entryOf(about, fault, record);
    if (entry === undefined) {
      entry = { about, app: '', what: fault.what, event: fault.event, timeUs: fault.timeUs, witnesses: [] };
      this.#add(entry);
    }
    let seen = entry.witnesses.find((one) => one.session === record.id);
    if (seen === undefined) {
      seen = witness(record);
      entry.witnesses.push(seen);
    }
    if (seen.how !== '') return;
    Object.assign(seen, telling, { toldUs: this.#fabric.world.nowUs });
  }

  /** What hangs at one instant, as all processes of a node do, is one failure to those who talk to it. */
  #entryOf(about: string, fault: FaultRecord, record: SessionRecord): LedgerEntry | undefined {
    const ofNode = this.state.entries.filter((one) => one.about === about);
    return (
      ofNode.find((one) => one.event === fault.event) ??
      ofNode.find(
        (one) => one.timeUs === fault.timeUs && one.witnesses.some(({ session }) => session === record.id),
      )
    );
  }

  #add(entry: LedgerEntry): void {
    this.state.entries.push(entry);
    if (this.state.entries.length > ENTRIES_KEPT) this.state.entries.shift();
  }

  get held(): readonly unknown[] {
    return [this.state];
  }
}

/** A session that failed because its own block was overwritten (D27) is no news of its peer. */
function saysNothingOfPeer(record: SessionRecord, how: Telling, reason: string): boolean {
  if (reason === 'corrupted') return record.told === 0;
  return record.corrupted && record.told === 0 && how === 'open';
}

/** The session at the other end, where there is one (yet). */
export function farSide(fabric: Fabric, record: SessionRecord): SessionRecord | undefined {
  const { flow } = record;
  if (flow === null) return undefined;
  return fabric.session(record.type === 'OPEN' ? flow.server : flow.client);
}

/**
 * What happened to the far side of a session last, or to the way there; undefined when nothing is known to have happened.
 * Other processes of the far node do not matter, if it is known which one the session was with.
 */
export function faultBehind(
  fabric: Fabric,
  record: SessionRecord,
  where: 'there' | 'anywhere' = 'anywhere',
): FaultRecord | undefined {
  const { faults } = fabric.world;
  const far = farSide(fabric, record);
  // A node's way to itself cannot be cut, so looking from there leaves the bus out.
  const from = where === 'there' ? record.peerNode : record.node;
  if (far === undefined) return faults.lastFault(record.peerNode, from);
  return faults.lastFaultAmong([far.process, far.rmcProcess], record.peerNode, from);
}

function witness(record: SessionRecord): Witness {
  return {
    session: record.id,
    app: record.app,
    sessionName: record.name,
    toldUs: -1,
    event: 0,
    how: '',
    rule: '',
    reason: '',
  };
}
