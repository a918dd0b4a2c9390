// All that the machine knows, as plain data: what can be copied, hashed and compared. `machine.ts` adds what it needs to run.
import type { Outbox } from './outbox.js';
import { makeOutbox } from './outbox.js';
import type { OutputQueue } from './outputs.js';
import { makeOutputQueue } from './outputs.js';
import type { PayloadPool } from './payloadPool.js';
import { makePayloadPool } from './payloadPool.js';
import type { OpenRequest, Session } from './session.js';
import type { TimerHeap } from './timerHeap.js';
import { makeTimerHeap } from './timerHeap.js';
import type { CoreTimers } from './timers.js';

/** What is remembered of a client's endpoint (D12): the highest open that was answered, and what became of it. */
export interface Endpoint {
  incarnation: number;
  openNumber: number;
  /** Status with which it was refused, 0 if it was not. */
  refusal: number;
  /** Handle of the endpoint's ACCEPT session that is there, 0 none. */
  session: number;
  /** Its open request that has no answer yet. */
  request: OpenRequest | undefined;
}

/** An R1.1 instance with which sessions are shared (D15), by (node, place). Kept when the last session is over. */
export interface Peer {
  node: number;
  place: number;
  incarnation: number;
  /** Its interval, as it said last. */
  heartbeatUs: number;
  heardUs: number;
  beatenUs: number;
  beatAtUs: number;
  /** Handles of the shared sessions, in no order that matters. */
  members: number[];
  /** How many of them are watched for silence: all but ACCEPT sessions without a frame of their client (D16). */
  watched: number;
}

/** The receive credit of one application (D21). */
export interface Owner {
  credit: number;
  /** Sessions with a message to hand up and no credit for it, first come first served. */
  stalled: number[];
}

/** Things that were counted and not done, and a few that were. */
export interface CoreCounters {
  /** Frames that are none, or fail their CRC. */
  malformed: number;
  /** Sound frames that nothing was waiting for. */
  dropped: number;
  /** Open requests with a lower number than one answered before (D12). */
  staleOpen: number;
  /** DATA that had arrived before (D24). */
  duplicates: number;
  /** DATA too far ahead to be kept. */
  tooFarAhead: number;
  retransmitted: number;
  framesSent: number;
}

/** The state of one RMC instance. */
export interface CoreState {
  nextHandle: number;
  nextOpenNumber: number;
  nextOffer: number;
  /** By handle, in the order in which they were made. */
  sessions: Map<number, Session>;
  /** By address of the block: the handle. */
  addresses: Map<number, number>;
  /** By local id: the handle, 0 free. Index 0 is not used. */
  ids: number[];
  lowestFreeId: number;
  /** By port: the handle of the LISTEN session. */
  ports: Map<number, number>;
  endpoints: Map<number, Endpoint>;
  offers: Map<number, OpenRequest>;
  peers: Peer[];
  /** By node * 65,536 + place: the index in `peers`. */
  peerIndex: Map<number, number>;
  owners: Map<number, Owner>;
  timerSets: CoreTimers[];
  heap: TimerHeap;
  pool: PayloadPool;
  outbox: Outbox;
  /** Handles of sessions that owe an ACK. */
  acksDue: number[];
  outputs: OutputQueue;
  /** Slot of the message that the host is reading, -1 none. */
  lentSlot: number;
  counters: CoreCounters;
}

/** The state of an instance that just started. */
export function makeState(timers: CoreTimers): CoreState {
  return {
    nextHandle: 1,
    nextOpenNumber: 1,
    nextOffer: 1,
    sessions: new Map(),
    addresses: new Map(),
    ids: [0],
    lowestFreeId: 1,
    ports: new Map(),
    endpoints: new Map(),
    offers: new Map(),
    peers: [],
    peerIndex: new Map(),
    owners: new Map(),
    timerSets: [timers],
    heap: makeTimerHeap(),
    pool: makePayloadPool(),
    outbox: makeOutbox(),
    acksDue: [],
    outputs: makeOutputQueue(),
    lentSlot: -1,
    counters: {
      malformed: 0,
      dropped: 0,
      staleOpen: 0,
      duplicates: 0,
      tooFarAhead: 0,
      retransmitted: 0,
      framesSent: 0,
    },
  };
}
