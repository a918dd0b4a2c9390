import type { BehaviourSeen } from './commandText.js';
import type { InboxSeen } from './inbox.js';
import type { Opinion } from './opinion.js';
import { field, type Seen } from './seen.js';

/** What the model believes of a world after the events so far. Plain shapes; the rules read them, `apply.ts` writes. */
export interface NodeSeen {
  readonly name: string;
  readonly kind: string;
  release: string;
  power: 'on' | 'off' | 'booting';
  /** When the power went on and off again last. */
  changedUs: number;
  /** When it is up again, once it was switched on. */
  upUs: number;
  slowestIpcUs: number;
  /** The most `heartbeat_misses` that it ever had. */
  mostMisses: number;
  readonly timers: Map<string, number>;
  readonly policy: string;
}

/** One life of a process: a name that starts again is another. */
export interface ProcessSeen {
  readonly name: string;
  readonly node: NodeSeen;
  /** '' for an EEE's RMC. */
  readonly app: string;
  readonly startedUs: number;
  alive: boolean;
  endedUs: number;
  hung: boolean;
  /** Until when a callback of it may be taking its time, as far as can be told. */
  busyUntilUs: number;
  /** When it was last able to go on with what waited. */
  freeSinceUs: number;
  stopping: boolean;
  /** EEE's RMC: when it is started again. */
  restartUs: number;
  /** EEE: when the last of its mail is there. */
  mailUntilUs: number;
}

export interface IoSeen {
  readonly io: number;
  readonly atUs: number;
  /** Undefined where the model does not know it. */
  readonly text: string | undefined;
  readonly size: number | undefined;
  status: string;
  /** D25: the receiver gave it up, and that fails nothing. */
  missing: boolean;
}

export interface SessionSeen {
  readonly name: string;
  readonly type: 'OPEN' | 'LISTEN' | 'ACCEPT';
  readonly node: NodeSeen;
  readonly process: ProcessSeen;
  /** The process in which its RMC runs. */
  readonly rmc: ProcessSeen;
  /** As the application has it: 'node:port' or 'node'. */
  readonly peer: string;
  /** Of a LISTEN on port 0 it is not known until a client comes. */
  port: number;
  /** LISTEN on port 0. */
  readonly picksPort: boolean;
  readonly madeUs: number;
  /** ACCEPT: when RMC handled the open request. */
  readonly askedUs: number;
  readonly madeBy: number;
  readonly address: number;
  readonly behaviours: ReadonlyMap<string, BehaviourSeen>;
  readonly echoes: boolean;
  /** D25. */
  readonly ordered: boolean;
  /** Ordered: how many DATA frames it has sent, and what came from the other side. */
  dataSent: number;
  readonly inbox: InboxSeen;
  /** Both sides are R1.1, as far as is known. */
  bothNew: boolean;
  readonly timers: ReadonlyMap<string, number>;
  /** '' until the first session_state. */
  state: string;
  stateUs: number;
  /** The state before. */
  stateBefore: string;
  stateEvent: number;
  /** When it became FAILED: the number of that event. */
  failedEvent: number;
  thenFree: boolean;
  /** The application's own doing. */
  closeCalledUs: number;
  openDone: string;
  /** The statuses with which its open and its close may end; empty while they may not. */
  openMay: readonly string[];
  closeMay: readonly string[];
  closeDone: string;
  abortSessions: number;
  /** What close_session read, for each time it ran. */
  closeSessions: string[];
  readonly ios: IoSeen[];
  iosDone: number;
  received: number;
  /** The other side, once both are known: of an OPEN its latest ACCEPT. */
  partner: SessionSeen | undefined;
  readonly listen: SessionSeen | undefined;
  /** ACCEPT: the application placed its block. */
  readonly placed: boolean;
  readonly before: SessionSeen | undefined;
  successor: SessionSeen | undefined;
  /** It ended because the other side, or its own RMC, was found failed. */
  lost: boolean;
  corrupted: boolean;
  /** Somebody wrote over its block, or the memory that it stands in is damaged. */
  poked: boolean;
  /** RMC holds no reference any more. */
  letGo: boolean;
  saysWritable: boolean;
}

export interface BlockSeen {
  readonly address: number;
  readonly size: number;
  readonly owner: string;
  /** The application, or '' for an EEE's RMC. */
  readonly app: string;
  readonly node: NodeSeen;
  readonly process: ProcessSeen | undefined;
  readonly madeBy: number;
  readonly cause: number;
  live: boolean;
}

export interface FrameSeen {
  readonly event: Seen;
  readonly frame: string;
  readonly from: string;
  readonly to: string;
  readonly latencyUs: number;
  /** The session that it is of, as it stood when the frame left. */
  readonly session: SessionSeen | undefined;
  /** Sent by; undefined where it cannot be told. */
  readonly process: ProcessSeen | undefined;
  /** What the bus may do to it. */
  readonly mayBe: Readonly<Record<'doubled' | 'late' | 'lost' | 'corrupt' | 'injected', boolean>>;
  readonly cut: boolean;
  /** Ordered: the IO that a DATA frame carries, 0 for others; and how many its session had sent by then. */
  readonly io: number;
  readonly sentSoFar: number;
  /** The release of its node when it left. */
  readonly release: string;
  /** It may be this one that fell with its process, or another of its kind. */
  guessed: boolean;
  fates: number;
}

export interface LinkSeen {
  latency: number;
  jitter: number;
  bandwidth: number;
  loss: number;
  duplicate: number;
  reorder: number;
  corrupt: number;
}

export interface InjectionSeen {
  readonly kind: string;
  readonly options: ReadonlyMap<string, string>;
  readonly atUs: number;
  cleared: boolean;
}

/** What may have made a peer silent: D30's "how long after it happened". */
export interface MishapSeen {
  readonly atUs: number;
  readonly nodes: readonly string[];
}

export class Picture {
  readonly events: Seen[] = [];
  readonly nodes = new Map<string, NodeSeen>();
  /** The last life of each, by name. */
  readonly processes = new Map<string, ProcessSeen>();
  /** The latest session of each name. */
  readonly sessions = new Map<string, SessionSeen>();
  readonly allSessions: SessionSeen[] = [];
  /** By space and address. */
  readonly blocks = new Map<string, BlockSeen>();
  readonly frames = new Map<number, FrameSeen>();
  /** What came of a command or a message that makes an application send: by its event. */
  readonly sends = new Map<number, { calls: number; last: Seen }>();
  /** When a frame of a node was last handled: by receiving node, application and sender. */
  readonly heardUs = new Map<string, number>();
  /** The same of its heartbeats alone: they are valid for certain (D15). */
  readonly beatUs = new Map<string, number>();
  readonly links = new Map<string, LinkSeen>();
  readonly cuts = new Set<string>();
  readonly injections: InjectionSeen[] = [];
  readonly mishaps: MishapSeen[] = [];
  /** D29, `hardware`: address spaces in which a wrong free was carried out, and the event that says so. */
  readonly damaged = new Map<string, Seen>();
  /** Every heartbeat interval that a node has had. */
  readonly toldHeartbeats = new Map<string, number[]>();
  readonly opinion: Opinion;
  nowUs = 0;
  ended = false;

  constructor(opinion: Opinion) {
    this.opinion = opinion;
  }

  node(name: string): NodeSeen | undefined {
    return this.nodes.get(name);
  }

  process(name: string): ProcessSeen | undefined {
    return this.processes.get(name);
  }

  /** The event and what it came from, up to the command. */
  *chain(event: Seen): Generator<Seen> {
    for (let at: Seen | undefined = event; at !== undefined; at = this.events[at.cause - 1]) {
      yield at;
      if (at.cause === 0) return;
    }
  }

  /** The nearest event of these kinds that this one came from. */
  origin(event: Seen, ...kinds: readonly string[]): Seen | undefined {
    for (const at of this.chain(event)) {
      if (at !== event && kinds.includes(at.event)) return at;
    }
    return undefined;
  }

  /** The frame that arrived or was dropped. What waited for a process that is killed falls with it, not of its own. */
  frameOf(event: Seen): FrameSeen | undefined {
    const frame = this.frames.get(event.cause);
    if (frame !== undefined || event.event !== 'frame_dropped') return frame;
    let found: FrameSeen | undefined;
    const [kind, from, to] = ['frame', 'from', 'to'].map((name) => event.fields.get(name));
    for (const waiting of this.frames.values()) {
      if (
        (waiting.fates > 0 && !waiting.mayBe.doubled) ||
        waiting.frame !== kind ||
        waiting.from !== from ||
        waiting.to !== to
      )
        continue;
      if (waiting.event.fields.get('session') !== event.fields.get('session')) continue;
      waiting.guessed = true;
      found ??= waiting;
    }
    return found;
  }

  link(from: string, to: string): LinkSeen {
    const key = `${from}>${to}`;
    const found = this.links.get(key);
    if (found !== undefined) return found;
    const clean = { latency: 100, jitter: 0, bandwidth: 0, loss: 0, duplicate: 0, reorder: 0, corrupt: 0 };
    this.links.set(key, clean);
    return clean;
  }

  isCut(from: string, to: string): boolean {
    return this.cuts.has(`${from}>${to}`);
  }

  /** Whether an injection of these kinds may touch such a frame now. */
  injected(frame: string, from: string, to: string, ...kinds: readonly string[]): boolean {
    return this.injections.some(
      ({ kind, options, cleared, atUs }) =>
        !cleared &&
        (kinds.length === 0 || kinds.includes(kind)) &&
        kind !== 'alloc-failure' &&
        this.nowUs - atUs <= Number(options.get('--for') ?? Number.POSITIVE_INFINITY) &&
        (options.get('--frame') ?? frame) === frame &&
        (options.get('--from') ?? from) === from &&
        (options.get('--to') ?? to) === to,
    );
  }

  /** The process in which RMC runs for an application. */
  rmcOf(process: ProcessSeen): ProcessSeen | undefined {
    return process.node.kind === 'eee' ? this.process(`${process.node.name}.rmc`) : process;
  }

  /** The address space that a block lies in: a process's own on an SSC, the node's on an EEE. */
  spaceOf(node: NodeSeen, app: string): string {
    return node.kind === 'eee' ? node.name : `${node.name}/${app}`;
  }

  /** Why what an event says of memory cannot be judged; undefined when it can. */
  damageOf(event: Seen): string | undefined {
    const node = this.node(field(event, 'node'));
    if (node === undefined || this.damaged.size === 0) return undefined;
    const space = this.spaceOf(node, field(event, 'app'));
    const since = this.damaged.get(space);
    return since && `the memory of ${space} is damaged since @${since.number} ${field(since, 'kind')} (D29)`;
  }

  /** When a frame of a node was last handled by an RMC of this node, or of this application on an SSC. */
  lastHeardUs(node: NodeSeen, app: string, from: string, of = this.heardUs): number {
    return of.get(`${node.name}/${node.kind === 'eee' ? '' : app}<${from}`) ?? 0;
  }

  block(node: NodeSeen, app: string, address: number): BlockSeen | undefined {
    return this.blocks.get(`${this.spaceOf(node, app)}:${address}`);
  }
}

/** Whether the two sides of a session speak R1.1 (D18), as their handshake told them. */
export const bothNew = (_picture: Picture, session: SessionSeen): boolean => session.bothNew;

export const areNew = (picture: Picture, node: NodeSeen, peer: string): boolean =>
  node.release === 'R1.1' && picture.node(peer.split(':')[0] ?? '')?.release === 'R1.1';

export const timer = (timers: ReadonlyMap<string, number>, name: string): number => timers.get(name) ?? 0;

/** D19: what a way between an application and RMC takes; where it was changed, the longest that it ever took. */
export const ipcOf = ({ kind, slowestIpcUs }: NodeSeen): number => (kind === 'eee' ? slowestIpcUs : 0);

/** rmc.md §7. */
export const defaultTimers: readonly (readonly [string, number])[] = [
  ['rto', 50_000],
  ['rto_max', 400_000],
  ['io_timeout', 2_000_000],
  ['open_timeout', 2_000_000],
  ['close_timeout', 1_000_000],
  ['heartbeat', 100_000],
  ['heartbeat_misses', 3],
  ['window', 32],
  ['send_queue', 256],
  ['mailbox', 64],
  ['gap_tolerance', 8],
  ['gap_timeout', 100_000],
  ['boot', 500_000],
  ['rmc_restart', 200_000],
  ['ipc', 5],
];

/** The session that an event names, as it stands. */
export const sessionOf = (picture: Picture, event: Seen): SessionSeen | undefined =>
  picture.sessions.get(field(event, 'session'));
