import { LimitReached, type MemorySpace, type World } from '../../emulator/index.js';
import { type CoreConfig, RmcCore } from '../../rmc-core/index.js';
import type { Fabric } from '../fabric.js';
import type { NodeState } from '../kind.js';
import type { SessionRecord } from '../records.js';
import { newSessionReturned } from './accept.js';
import { handleOutput } from './outputs.js';

/** Outputs that one pump may take before it must have come to rest: beyond that something feeds itself. */
const OUTPUTS_PER_PUMP = 1_000_000;

/** How frames leave an RMC instance and how news reach its applications: what a kind of node decides (D19). */
export interface Carrier {
  /** Takes the frame that `host.core.frame` holds now. */
  frameOut(host: RmcHost): void;
  /** Takes the output that `host.core.output` holds now to its application. */
  toApp(host: RmcHost, record: SessionRecord): void;
  /** Whether the process that RMC runs in can go on. */
  running(host: RmcHost): boolean;
}

export interface HostSetup {
  readonly place: number;
  readonly process: number;
  /** Memory owner of RMC's own blocks. */
  readonly owner: number;
  readonly space: MemorySpace;
  readonly carrier: Carrier;
  /** Name of the one application that the instance serves (SSC), as string id; -1 for an EEE's. */
  readonly appNameId: number;
}

/** One running RMC instance: a core, where it lies, and what goes in and out of it. */
export class RmcHost {
  readonly fabric: Fabric;
  readonly node: NodeState;
  readonly id: number;
  readonly core: RmcCore;
  readonly place: number;
  readonly incarnation: number;
  readonly process: number;
  readonly owner: number;
  readonly space: MemorySpace;
  readonly carrier: Carrier;
  readonly appNameId: number;
  /** Sessions by the core's handles. */
  readonly sessions = new Map<number, SessionRecord>();
  /** Stands for the bytes of news that have none. */
  readonly noBytes = new Uint8Array(0);
  alive = true;
  /** The timeout that the queue has an entry for. */
  #wakeUs = Number.POSITIVE_INFINITY;
  #pumping = false;
  /** What follows from an output with the first tag has the second as its cause instead. */
  #replacedTag = -1;
  #replacement = 0;

  constructor(fabric: Fabric, node: NodeState, setup: HostSetup) {
    this.fabric = fabric;
    this.node = node;
    this.id = fabric.nextHostId();
    this.place = setup.place;
    this.process = setup.process;
    this.owner = setup.owner;
    this.space = setup.space;
    this.carrier = setup.carrier;
    this.appNameId = setup.appNameId;
    this.incarnation = nextIncarnation(node, setup.place);
    this.core = new RmcCore(this.#config());
    fabric.addHost(this);
  }

  #config(): CoreConfig {
    return {
      node: this.node.index,
      place: this.place,
      incarnation: this.incarnation,
      release: this.node.release,
      timers: { ...this.node.settings },
      memory: this.space.bytes,
      memoryBase: this.space.base,
    };
  }

  get world(): World {
    return this.fabric.world;
  }

  /**
   * Lets out everything that the core has to say: frames first, then one output, and round again until it is quiet
   * or its process cannot go on. A callback that calls RMC adds to what the outer pump goes on with.
   */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    const { core, carrier } = this;
    const { log } = this.world;
    const cause = log.cause;
    let outputs = 0;
    while (this.alive && carrier.running(this)) {
      while (core.pollFrame()) {
        log.cause = this.#causeOf(core.frame.tag);
        carrier.frameOut(this);
      }
      if (!core.pollOutput()) break;
      log.cause = this.#causeOf(core.output.tag);
      handleOutput(this);
      outputs += 1;
      /* v8 ignore next -- @preserve a million outputs of one pump would take a test too long */
      if (outputs > OUTPUTS_PER_PUMP) {
        throw new LimitReached(
          `RMC on ${this.node.name} had more than ${OUTPUTS_PER_PUMP} outputs at one instant`,
        );
      }
    }
    log.cause = cause;
    this.#replacedTag = -1;
    this.#pumping = false;
    this.scheduleWake();
  }

  /** For the rest of this pump: a better cause than `tag` is known for what came with it. */
  replaceCause(tag: number, cause: number): void {
    this.#replacedTag = tag;
    this.#replacement = cause;
  }

  #causeOf(tag: number): number {
    return tag === this.#replacedTag ? this.#replacement : tag;
  }

  /** Sees to it that the queue has an entry for the core's next timeout. */
  scheduleWake(): void {
    if (!this.alive) return;
    const dueUs = this.core.nextTimeoutUs();
    if (dueUs >= this.#wakeUs) return;
    this.#wakeUs = dueUs;
    this.world.at(Math.max(dueUs, this.world.nowUs), this.fabric.entries.wake, this.id);
  }

  /** The queue's entry is due. An entry that an earlier one made needless does nothing. */
  wake(): void {
    if (this.world.nowUs < this.#wakeUs) return;
    this.#wakeUs = Number.POSITIVE_INFINITY;
    // A process that is dead or hangs handles no timers; `runTimers` catches up when it goes on (D21).
    if (this.carrier.running(this)) this.runTimers();
  }

  runTimers(): void {
    const { core, world } = this;
    core.tag = world.log.cause;
    core.handleTimeout(world.nowUs);
    this.pump();
    this.scheduleWake();
  }

  /** `new_session` returned the block for a client's offer, or NULL. */
  newSessionReturned(listen: SessionRecord, offer: number, peer: string, address: number): void {
    newSessionReturned(this, listen, offer, peer, address);
  }

  /** close_session returned, or there is none. RMC gives its own block back unless it keeps it (D8, D19). */
  closeReturned(record: SessionRecord): void {
    const { core, world } = this;
    core.tag = world.log.cause;
    if (!record.placedByApp && !record.kept) {
      this.space.freeOwn(record.address, this.owner, record.madeBy);
    }
    core.closeReturned(record.handle, world.nowUs);
    if (!record.kept) this.sessions.delete(record.handle);
  }

  /** Nothing more comes out of this instance. */
  end(): void {
    this.alive = false;
    this.fabric.hosts.delete(this.id);
  }

  get held(): readonly unknown[] {
    return [this.core, this.sessions, this.space];
  }

  keep(): () => void {
    const alive = this.alive;
    const wakeUs = this.#wakeUs;
    // At rest nothing is pumped; but a limit of the world may have stopped it in the middle of a pump.
    const pumping = this.#pumping;
    const replacedTag = this.#replacedTag;
    const replacement = this.#replacement;
    return () => {
      this.alive = alive;
      this.#wakeUs = wakeUs;
      this.#pumping = pumping;
      this.#replacedTag = replacedTag;
      this.#replacement = replacement;
    };
  }
}

function nextIncarnation(node: NodeState, place: number): number {
  const incarnation = (node.incarnations[place] ?? 0) + 1;
  node.incarnations[place] = incarnation;
  return incarnation;
}
