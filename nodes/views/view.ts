/**
 * What a screen, a report or a test may know of a world with RMC nodes: plain values, made fresh by `worldView`.
 * Nothing here can change the world; to do that, give it monitor commands.
 */

/** Everything of one moment. */
export interface WorldView {
  readonly nowUs: number;
  readonly nodes: readonly NodeView[];
  readonly sessions: readonly SessionView[];
  readonly ledger: readonly LedgerView[];
  readonly bus: BusView;
}

export interface NodeView {
  readonly name: string;
  /** The kind's name in the monitor language: `ssc`, `eee`. */
  readonly kind: string;
  /** The kind's name as written for people: `SSC`, `EEE`. */
  readonly kindTitle: string;
  readonly release: string;
  readonly power: 'on' | 'off' | 'booting';
  /** When the power last changed. */
  readonly sinceUs: number;
  readonly policy: string;
  /** One box per process, in the order in which they are drawn. */
  readonly boxes: readonly ProcessBox[];
  /** What stands between the boxes: empty on an SSC, `IPC 5us` on an EEE. */
  readonly between: string;
  /** Live memory over time of every owner that there ever was on the node: applications, and RMC. */
  readonly memory: readonly MemoryOverTime[];
}

/**
 * Live blocks and bytes of one owner over virtual time; a process that is started again goes on with the series of
 * its name. Point i tells of the `widthUs` microseconds from `timesUs[i]` on: what was live after the last change in
 * them, and the most at any moment of them. Between two points nothing changed. At most 256 points: `widthUs` grows.
 */
export interface MemoryOverTime {
  /** The application's name, `<app> RMC` or `<node>.rmc`. */
  readonly owner: string;
  readonly kind: 'app' | 'rmc';
  readonly liveBlocks: number;
  readonly liveBytes: number;
  readonly widthUs: number;
  readonly timesUs: readonly number[];
  readonly blocks: readonly number[];
  readonly bytes: readonly number[];
  readonly peakBlocks: readonly number[];
  readonly peakBytes: readonly number[];
}

export interface ProcessBox {
  /** `process client`, `process RMC`. */
  readonly title: string;
  readonly role: 'app' | 'rmc' | 'app+rmc';
  readonly state: 'running' | 'hung' | 'busy' | 'exited';
  /** D12: how often the RMC inside has started, this start included; 0: there is no RMC in it. */
  readonly incarnation: number;
  /** What is inside, a short line each: `app client`, `RMC: library inside`. */
  readonly lines: readonly string[];
  /** Messages that wait for the process. `limit` is the node's `mailbox`. */
  readonly mailbox: { readonly used: number; readonly limit: number };
  readonly liveBlocks: number;
  readonly liveBytes: number;
}

/** `A`: an application's own OPEN or LISTEN block. `N`: placed by the application in `new_session`. `R`: RMC's. */
export type OwnerLetter = 'A' | 'N' | 'R';

export interface SessionView {
  readonly name: string;
  readonly type: 'OPEN' | 'LISTEN' | 'ACCEPT';
  readonly state: string;
  /** Closed in the regular way, or replaced by its successor in the same block. */
  readonly over: boolean;
  /** Its holder died: nobody closed it. */
  readonly lost: boolean;
  readonly node: string;
  readonly app: string;
  /** `<node>:<port>` on OPEN, `<node>` on ACCEPT, the port on LISTEN. */
  readonly peer: string;
  readonly address: number;
  readonly owner: OwnerLetter;
  /** `app client`, `app standby, in new_session`, `RMC (EEE: always)`. */
  readonly placedBy: string;
  /** Who must free the block, and when: `app client: at close_done`. */
  readonly whoFrees: string;
  readonly block: 'live' | 'freed' | 'gone with its process';
  /** When it was freed and by whom, as long as that is on record. */
  readonly freed?: FreedView;
  readonly queued: number;
  readonly inFlight: number;
  readonly delivered: number;
  /** D25: how messages are delivered; both directions alike. */
  readonly delivery: 'reliable' | 'ordered';
  /** Ordered: messages that RMC gave up here, and messages that it dropped because they came after that. */
  readonly givenUp: number;
  readonly late: number;
}

/** A block was freed: its `free`, and `app client` or `RMC`. */
export interface FreedView {
  readonly event: number;
  readonly timeUs: number;
  readonly by: string;
}

/** Who has learned of one failure, and who has not. */
export interface LedgerView {
  /** The node, or `<node>.rmc`, or an application's name. */
  readonly about: string;
  /** The event that it began with: `node_down`, `process_exit`, `process_hang`, `cut`. */
  readonly what: string;
  readonly event: number;
  readonly sinceUs: number;
  readonly rows: readonly LedgerRow[];
}

export interface LedgerRow {
  readonly app: string;
  readonly node: string;
  readonly release: string;
  readonly session: string;
  readonly told: boolean;
  /**
   * What will come of it if no application calls anything and nothing else fails: `not yet`: something runs that may
   * tell it; `never`: nothing does.
   */
  readonly outlook: 'told' | 'not yet' | 'never';
  /** `not yet`: the virtual time by which it is told, or else never will be; -1: nobody can say. Else -1. */
  readonly untilUs: number;
  /** When heartbeats were due that did not come, in virtual time: what its RMC counts, or counted (D15). */
  readonly missedUs: readonly number[];
  /** The `learned` by which it was told; 0 while it was not. */
  readonly event: number;
  /** `abort_session`, `io`, `send`, `open`, `close_session`; empty while not told. */
  readonly how: string;
  /** Rules that say so: `S20`, `D15 S20`, `S17`. */
  readonly rule: string;
  /** Virtual time from the failure to the telling, or to now while not told. */
  readonly afterUs: number;
  /** For a person: `100 ms heartbeat missed 3 times`, `idle: no IO that could fail`. */
  readonly why: string;
}

export interface BusView {
  readonly latencyUs: number;
  /** `oneWay`: frames still pass from `to` to `from`. */
  readonly cuts: readonly { readonly from: string; readonly to: string; readonly oneWay: boolean }[];
  readonly injections: readonly { readonly name: string; readonly kind: string; readonly taken: number }[];
  /** Frames on their way, and those that wait for a process that is busy or hangs. */
  readonly inFlight: number;
  /** Frames on their way, the first to arrive first: at most 64. A copy that the bus made is one more. */
  readonly flying: readonly FlyingFrame[];
}

/** A frame on its way. */
export interface FlyingFrame {
  /** Number of its frame_sent. */
  readonly event: number;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  /** The sender's session; empty for a frame of none. */
  readonly session: string;
  /** The bus has damaged it: it will be dropped when it arrives. */
  readonly corrupt: boolean;
  readonly sentUs: number;
  /** When it will be there, with all that the link and injections add. */
  readonly arrivesUs: number;
}
