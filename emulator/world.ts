import { Bus } from './bus.js';
import type { Clock } from './clock.js';
import { EventRegistry } from './events.js';
import type { Extension, ExtensionKey } from './extension.js';
import { Faults } from './faults.js';
import { EventFilter } from './filter.js';
import { Injections } from './injections.js';
import { defaultLimits, LimitReached, type Limits } from './limits.js';
import { Links } from './links.js';
import { EventLog, type LogMode } from './log.js';
import { MemorySpaces } from './memory.js';
import { NodeTable } from './power.js';
import { Processes } from './processes.js';
import { EventQueue } from './queue.js';
import { RandomStreams } from './random.js';
import { StringTable } from './strings.js';
import { type Observer, type ObserverFailure, type Subscription, Subscriptions } from './subscribe.js';
import { worldEvents } from './worldEvents.js';
import { WorldParts } from './worldParts.js';

export interface WorldOptions {
  /** A safe integer from 0; 1 when left out. */
  readonly seed?: number;
  /** `kept` when left out. */
  readonly log?: LogMode;
  readonly extensions?: readonly Extension[];
  readonly limits?: Partial<Limits>;
}

/** Runs a queue entry; `a` and `b` are what it was made with. */
export type EntryHandler = (a: number, b: number) => void;

/**
 * A world: virtual time, and all that happens in it. It runs only inside the calls that let it run, on one thread, and
 * depends on nothing but its seed and what it is told.
 */
export class World {
  readonly seed: number;
  readonly limits: Limits;
  readonly strings: StringTable;
  readonly events: EventRegistry;
  readonly log: EventLog;
  readonly random: RandomStreams;
  readonly nodes: NodeTable;
  readonly faults = new Faults();
  readonly injections: Injections;
  readonly bus: Bus;
  readonly memory: MemorySpaces;
  readonly processes: Processes;
  readonly #clock: Clock = { nowUs: 0 };
  readonly #queue: EventQueue;
  readonly #handlers: EntryHandler[] = [];
  readonly #handlerNames: string[] = [];
  readonly #extensions: readonly Extension[];
  readonly #slots = new Map<ExtensionKey<unknown>, unknown>();
  readonly #parts = new WorldParts();
  readonly #subscriptions: Subscriptions;
  readonly #commandEvent: number;
  #steps = 0;
  #instantUs = -1;
  #atInstant = 0;

  constructor(options: WorldOptions = {}) {
    const limits = { ...defaultLimits, ...options.limits };
    const clock = this.#clock;
    this.seed = options.seed ?? 1;
    if (!Number.isSafeInteger(this.seed) || this.seed < 0) throw new Error(`a seed cannot be ${this.seed}`);
    this.limits = limits;
    this.strings = new StringTable(limits.strings);
    this.events = new EventRegistry(this.strings);
    for (const declaration of worldEvents) this.events.declare(declaration);
    this.#commandEvent = this.eventType('command');
    this.log = new EventLog(options.log ?? 'kept', clock, this.strings, this.events, limits);
    this.random = new RandomStreams(this.seed, limits.randomStreams);
    this.#queue = new EventQueue(limits.queueEntries);
    this.#subscriptions = new Subscriptions(this.log, limits.observers);
    this.injections = new Injections(clock, this.random, limits.injections);
    const links = new Links(clock, this.log, this.faults);
    this.nodes = this.#makeNodes(links);
    this.bus = this.#makeBus(links);
    this.processes = this.#makeProcesses();
    this.memory = this.#makeMemory();
    this.#registerParts(links);
    this.#extensions = options.extensions ?? [];
    for (const extension of this.#extensions) {
      for (const declaration of extension.events) this.events.declare(declaration);
    }
    for (const extension of this.#extensions) extension.install(this);
    this.#parts.complete();
  }

  /** Virtual time in microseconds: a safe integer. */
  get nowUs(): number {
    return this.#clock.nowUs;
  }

  /** Steps so far: queue entries that logged an event. */
  get steps(): number {
    return this.#steps;
  }

  get extensions(): readonly Extension[] {
    return this.#extensions;
  }

  /** The number of a kind of event; one that nobody declared is a mistake of ours. */
  eventType(name: string): number {
    const type = this.events.find(name);
    if (type < 0) throw new Error(`no event ${name} is declared`);
    return type;
  }

  /** A filter for events of a kind ('' for any) with these field values. */
  filter(event: string, conditions: readonly (readonly [string, string])[] = []): EventFilter {
    const type = event === '' ? -1 : this.eventType(event);
    return new EventFilter(this.log, this.events, this.strings, type, conditions);
  }

  /** Registers a kind of queue entry; its name is for messages. */
  handler(name: string, run: EntryHandler): number {
    this.#handlerNames.push(name);
    return this.#handlers.push(run) - 1;
  }

  /** Puts an entry into the queue. Its cause is the cause of now. It cannot be taken back. */
  at(timeUs: number, kind: number, a = 0, b = 0): void {
    if (!(timeUs >= this.#clock.nowUs)) throw new Error(`an entry cannot be at ${timeUs} us`);
    if (timeUs > Number.MAX_SAFE_INTEGER) throw new LimitReached('limit reached: the end of virtual time');
    if (!Number.isInteger(timeUs)) throw new Error(`an entry cannot be at ${timeUs} us`);
    this.#queue.push(timeUs, kind, a, b, this.log.cause);
  }

  /** Time of the next queue entry, Infinity for none. */
  nextTimeUs(): number {
    return this.#queue.nextTimeUs();
  }

  /** Logs an operator's or a drill's command; its number, which is to be the cause of what the command does. */
  command(text: string): number {
    return this.log.emit(this.#commandEvent, -1, -1, -1, -1, this.log.textOf(text));
  }

  /**
   * One step: runs queue entries up to and with the first that logs an event (one that logs nothing is a timer that
   * came to nothing). False when the queue is empty.
   */
  step(): boolean {
    this.#mustNotDeliver();
    while (this.#queue.size > 0) {
      if (this.#runEntry()) return true;
    }
    return false;
  }

  /** As {@link step}, but only up to `untilUs`, included. False: nothing was left to see, and now is `untilUs`. */
  stepWithin(untilUs: number): boolean {
    this.#mustNotDeliver();
    while (this.#queue.nextTimeUs() <= untilUs) {
      if (this.#runEntry()) return true;
    }
    this.#moveTo(untilUs);
    return false;
  }

  /** Runs up to `timeUs`, included; now is `timeUs` then. */
  runTo(timeUs: number): void {
    this.#mustNotDeliver();
    while (this.#queue.nextTimeUs() <= timeUs) this.#runEntry();
    this.#moveTo(timeUs);
  }

  /** Keeps something of an extension's in this world. */
  attach<T>(key: ExtensionKey<T>, value: T): void {
    if (this.#slots.has(key)) throw new Error(`${key.name} is attached twice`);
    this.#slots.set(key, value);
  }

  get<T>(key: ExtensionKey<T>): T {
    if (!this.#slots.has(key)) throw new Error(`${key.name} is not attached`);
    return this.#slots.get(key) as T;
  }

  has(key: ExtensionKey<unknown>): boolean {
    return this.#slots.has(key);
  }

  /**
   * The events so far, and from now on every event to `observer`: no gap, no repeat. Observers run after the queue
   * entry or command that logged the event; they must not run the world.
   */
  subscribe(observer: Observer): Subscription {
    return this.#subscriptions.add(observer);
  }

  /** Observers that threw, and were dropped. */
  get observerFailures(): readonly ObserverFailure[] {
    return this.#subscriptions.failures;
  }

  /** Hands the events of a command to the observers; runs and steps do so themselves. */
  settle(): void {
    this.#subscriptions.deliver();
  }

  /** All that changes in this world. */
  get held(): readonly unknown[] {
    return this.#parts.holders;
  }

  keep(): () => void {
    const steps = this.#steps;
    const instantUs = this.#instantUs;
    const atInstant = this.#atInstant;
    return () => {
      this.#steps = steps;
      this.#instantUs = instantUs;
      this.#atInstant = atInstant;
    };
  }

  /** Runs something that observers do not see, and that is taken back by a checkpoint. */
  unseen<T>(run: () => T): T {
    return this.#subscriptions.mute(run);
  }

  /** To be called when the world was brought to another moment by a checkpoint. */
  restored(): void {
    this.#subscriptions.moved();
    this.#subscriptions.deliver();
  }

  /** Adds a part, while the world is being made: `state` gives it as plain data, as it is now; `holders` hold it. */
  part(name: string, state: () => unknown, holders: readonly object[]): void {
    this.#parts.add(name, state, holders);
  }

  /** The parts of the state, in order of adding. */
  stateParts(): ReadonlyMap<string, unknown> {
    return this.#parts.states();
  }

  /** Fingerprint of the world as it is now: 16 hex digits. */
  stateDigest(): string {
    return this.#parts.digest();
  }

  /** Runs the next entry with all that it causes at that instant; whether it logged an event. */
  #runEntry(): boolean {
    const queue = this.#queue;
    const log = this.log;
    queue.pop();
    this.#clock.nowUs = queue.timeUs;
    this.#countEntry();
    const before = log.count;
    log.cause = queue.cause;
    this.#handlers[queue.kind]!(queue.a, queue.b);
    log.cause = 0;
    if (log.count === before) return false;
    this.#steps += 1;
    this.#subscriptions.deliver();
    return true;
  }

  #countEntry(): void {
    const nowUs = this.#clock.nowUs;
    if (nowUs !== this.#instantUs) {
      this.#instantUs = nowUs;
      this.#atInstant = 0;
    }
    this.#atInstant += 1;
    const limit = this.limits.entriesAtOneInstant;
    if (this.#atInstant > limit) {
      const last = this.#handlerNames[this.#queue.kind];
      throw new LimitReached(
        `limit reached: more than ${limit} entries at ${nowUs} us, the last one: ${last}`,
      );
    }
  }

  #moveTo(timeUs: number): void {
    if (timeUs > Number.MAX_SAFE_INTEGER) throw new LimitReached('limit reached: the end of virtual time');
    if (timeUs > this.#clock.nowUs) this.#clock.nowUs = timeUs;
  }

  #mustNotDeliver(): void {
    if (this.#subscriptions.delivering) throw new Error('an observer must not run the world');
  }

  #makeNodes(links: Links): NodeTable {
    const bootKind = this.handler('boot', (node, changes) => this.nodes.bootOver(node, changes));
    return new NodeTable({
      clock: this.#clock,
      log: this.log,
      strings: this.strings,
      faults: this.faults,
      limit: this.limits.nodes,
      downEvent: this.eventType('node_down'),
      upEvent: this.eventType('node_up'),
      nodeAdded: (node) => links.nodeAdded(node),
      atBootOver: (timeUs, node, changes) => this.at(timeUs, bootKind, node, changes),
    });
  }

  #makeBus(links: Links): Bus {
    return new Bus({
      clock: this.#clock,
      log: this.log,
      strings: this.strings,
      random: this.random,
      nodes: this.nodes,
      queue: this.#queue,
      injections: this.injections,
      links,
      frameLimit: this.limits.frames,
      arrivalKind: this.handler('frame', (frame) => this.bus.arrive(frame)),
      sentEvent: this.eventType('frame_sent'),
      deliveredEvent: this.eventType('frame_delivered'),
      droppedEvent: this.eventType('frame_dropped'),
    });
  }

  #makeProcesses(): Processes {
    const busyKind = this.handler('busy', (process) => this.processes.busyEnds(process));
    return new Processes({
      clock: this.#clock,
      log: this.log,
      strings: this.strings,
      nodes: this.nodes,
      faults: this.faults,
      limit: this.limits.processes,
      inboxLimit: this.limits.inboxEntries,
      events: {
        start: this.eventType('process_start'),
        exit: this.eventType('process_exit'),
        hang: this.eventType('process_hang'),
        resume: this.eventType('process_resume'),
      },
      atBusyEnd: (timeUs, process) => this.at(timeUs, busyKind, process),
      countEntry: () => this.#countEntry(),
    });
  }

  #makeMemory(): MemorySpaces {
    return new MemorySpaces({
      clock: this.#clock,
      log: this.log,
      strings: this.strings,
      nodes: this.nodes,
      processes: this.processes,
      injections: this.injections,
      errorLimit: this.limits.memoryErrors,
      byteLimit: this.limits.memoryBytes,
      events: {
        alloc: this.eventType('alloc'),
        free: this.eventType('free'),
        error: this.eventType('memory_error'),
      },
    });
  }

  #registerParts(links: Links): void {
    const { nodes, bus, injections, random, processes, memory, faults } = this;
    const [clock, queue] = [this.#clock, this.#queue];
    this.part('clock', () => ({ ...clock }), [clock, this.log, this.strings]);
    this.part('queue', () => queue.state, [queue]);
    this.part('nodes', () => nodes.state, [nodes]);
    this.part('frames', () => bus.frames.state, [bus]);
    this.part('links', () => links.state, [links]);
    this.part('injections', () => injections.state, [injections]);
    this.part('random', () => random.state, [random]);
    this.part('processes', () => processes.state, [processes]);
    this.part('memory', () => memory.state, [memory]);
    this.part('faults', () => faults.state, [faults]);
  }
}
