/** Messages of one direction of a session, as their content was when they were sent and when they were handed up. */
export interface Stream {
  /** Hashes of messages sent and not yet handed up, oldest first, from `head` on. */
  sent: number[];
  head: number;
  acknowledged: number;
  handed: number;
  /** Handed up though never sent, twice, or out of order. */
  wrong: number;
}

/** Both directions between an OPEN session and the ACCEPT session that answers it. */
export interface Flow {
  readonly key: string;
  /** D25: messages may be missing, but not out of order. */
  readonly ordered: boolean;
  /** Session numbers of the two sides; 0 while there is none. */
  client: number;
  server: number;
  readonly toServer: Stream;
  readonly toClient: Stream;
}

/** Streams drop what was handed up once it is this much. */
const COMPACT_AT = 1024;

/**
 * The second set of books on D24 and D25: what was sent and what was handed up, kept outside of RMC. It holds the end
 * check "no message lost, repeated or out of order"; on an ordered session messages may be lost.
 */
export class Deliveries {
  readonly flows = new Map<string, Flow>();
  /** Repeated or out of order on flows that are over. */
  wrongInAll = 0;

  /** The flow of that client's open call: `<node>.<place>.<incarnation>.<open number>` is never used twice. */
  join(key: string, side: 'client' | 'server', session: number, ordered: boolean): Flow {
    let flow = this.flows.get(key);
    if (flow === undefined) {
      flow = { key, ordered, client: 0, server: 0, toServer: newStream(), toClient: newStream() };
      this.flows.set(key, flow);
    }
    if (flow.server !== 0) restart(flow);
    flow[side] = session;
    return flow;
  }

  forget(flow: Flow): void {
    this.wrongInAll += flow.toServer.wrong + flow.toClient.wrong;
    this.flows.delete(flow.key);
  }

  get held(): readonly unknown[] {
    return [this.flows];
  }

  keep(): () => void {
    const wrongInAll = this.wrongInAll;
    return () => {
      this.wrongInAll = wrongInAll;
    };
  }
}

/**
 * Another RMC instance answered the same open call: the one before died, and so did its session. The client had no answer
 * then, so nothing was handed up on either side.
 */
function restart(flow: Flow): void {
  for (const stream of [flow.toServer, flow.toClient]) {
    const { wrong } = stream;
    Object.assign(stream, newStream(), { wrong });
  }
}

function newStream(): Stream {
  return { sent: [], head: 0, acknowledged: 0, handed: 0, wrong: 0 };
}

export function messageSent(stream: Stream, bytes: Uint8Array, offset: number, length: number): void {
  stream.sent.push(hash(bytes, offset, length));
}

export function messageHanded(stream: Stream, bytes: Uint8Array, offset: number, length: number): void {
  stream.handed += 1;
  if (stream.sent[stream.head] !== hash(bytes, offset, length)) {
    stream.wrong += 1;
    return;
  }
  stream.head += 1;
  compact(stream);
}

/** D25: as `messageHanded`, but messages before it may be missing: they will not come any more. */
export function orderedHanded(stream: Stream, bytes: Uint8Array, offset: number, length: number): void {
  stream.handed += 1;
  const at = stream.sent.indexOf(hash(bytes, offset, length), stream.head);
  if (at < 0) {
    stream.wrong += 1;
    return;
  }
  stream.head = at + 1;
  compact(stream);
}

function compact(stream: Stream): void {
  if (stream.head < COMPACT_AT) return;
  stream.sent = stream.sent.slice(stream.head);
  stream.head = 0;
}

/** FNV-1a, 32 bits. */
function hash(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0x811c9dc5 ^ length;
  for (let at = offset; at < offset + length; at += 1) value = Math.imul(value ^ bytes[at]!, 0x01000193);
  return value;
}
