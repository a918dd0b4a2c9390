import type { Clock } from './clock.js';
import type { Faults } from './faults.js';
import { Inbox } from './inbox.js';
import { checkLimit } from './limits.js';
import type { EventLog } from './log.js';
import type { NodeTable } from './power.js';
import { Refused } from './refusal.js';
import type { StringTable } from './strings.js';
import type { ExitReason } from './worldEvents.js';

/** `hung`: handles nothing until it is resumed; `busy`: handles nothing until a time. */
export type ProcessRunState = 'running' | 'hung' | 'busy' | 'exited';

/** What a process does when it goes on. Both run before the world goes on with anything else. */
export interface ProcessModel {
  /** It handles things again, after a busy time or a hang; before what waits in its inbox. */
  goesOn?(process: number): void;
  /** After a hang or a busy time, when all that waited is handled: now the timers that fell due. */
  drained?(process: number): void;
}

/** A process instance. It is never used again: a new start makes a new one. */
export interface ProcessState {
  readonly id: number;
  readonly node: number;
  readonly name: string;
  readonly nameId: number;
  /** String id of its application, -1 for none. */
  readonly app: number;
  state: ProcessRunState;
  /** While busy (also while hung): until when. */
  busyUntilUs: number;
  readonly startedUs: number;
  /** Its inbox is being drained: what comes now waits behind what is there. */
  draining: boolean;
}

/** Handles one inbox entry of a process. */
export type InboxHandler = (process: number, a: number, b: number) => void;

/** What the table needs of its world. */
export interface ProcessParts {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly strings: StringTable;
  readonly nodes: NodeTable;
  readonly faults: Faults;
  readonly limit: number;
  readonly inboxLimit: number;
  readonly events: {
    readonly start: number;
    readonly exit: number;
    readonly hang: number;
    readonly resume: number;
  };
  /** Asks for {@link Processes.busyEnds} at a time. */
  atBusyEnd(timeUs: number, process: number): void;
  /** Counts one more entry that runs at this instant. */
  countEntry(): void;
}

/** The processes of a world and their inboxes. */
export class Processes {
  readonly #parts: ProcessParts;
  readonly #table: ProcessState[] = [];
  readonly #inboxes: Inbox[] = [];
  readonly #models: ProcessModel[] = [];
  readonly #handlers: InboxHandler[] = [];
  readonly #kindNames: string[] = [];
  readonly #discards: (InboxHandler | undefined)[] = [];

  constructor(parts: ProcessParts) {
    this.#parts = parts;
  }

  /**
   * Registers a kind of inbox entry. `discard` gets the entries that still wait when their process exits (to give
   * back what they hold).
   */
  handler(name: string, run: InboxHandler, discard?: InboxHandler): number {
    this.#kindNames.push(name);
    this.#discards.push(discard);
    return this.#handlers.push(run) - 1;
  }

  /** Starts a process; its id, from 1. `app` is the string id of its application, -1 for none. */
  start(node: number, name: string, app = -1, model: ProcessModel = {}): number {
    const { clock, log, strings, nodes, limit, inboxLimit, events } = this.#parts;
    checkLimit(this.#table.length + 1, limit, 'processes');
    const nameId = strings.intern(name);
    const id = this.#table.length + 1;
    this.#table.push({
      id,
      node,
      name,
      nameId,
      app,
      state: 'running',
      busyUntilUs: 0,
      startedUs: clock.nowUs,
      draining: false,
    });
    this.#inboxes.push(new Inbox(inboxLimit));
    this.#models.push(model);
    log.emit(events.start, nodes.nameId(node), app, -1, -1, nameId);
    return id;
  }

  get count(): number {
    return this.#table.length;
  }

  get(process: number): ProcessState {
    const state = this.#table[process - 1];
    if (state === undefined) throw new Error(`there is no process ${process}`);
    return state;
  }

  /** Whether it handles what comes at once. */
  isRunning(process: number): boolean {
    return this.get(process).state === 'running';
  }

  /** Whether it has not exited. */
  isAlive(process: number): boolean {
    return this.get(process).state !== 'exited';
  }

  /** Entries that wait, and those of them that a mailbox limit counts. */
  waiting(process: number): number {
    return this.#inboxes[this.get(process).id - 1]!.count;
  }

  limitedWaiting(process: number): number {
    return this.#inboxes[this.get(process).id - 1]!.limitedCount;
  }

  /**
   * Hands an entry to a process: handled at once (true) when it is running and nothing waits, else it waits in order
   * (false), with the cause of now. `limited` entries are counted, for those who bound them. For an exited process the
   * entry is discarded (false).
   */
  deliver(process: number, kind: number, a: number, b: number, limited: boolean): boolean {
    const state = this.get(process);
    if (state.state === 'running' && !state.draining) {
      this.#handlers[kind]!(process, a, b);
      return true;
    }
    if (state.state === 'exited') this.#discards[kind]?.(process, a, b);
    else this.#inboxes[process - 1]!.push(kind, a, b, this.#parts.log.cause, limited);
    return false;
  }

  /** The name of a kind of inbox entry. */
  kindName(kind: number): string {
    return this.#kindNames[kind] ?? '';
  }

  /** Ends a process; the number of process_exit. What waits in its inbox is discarded. */
  exit(process: number, reason: ExitReason): number {
    const { strings, events } = this.#parts;
    const state = this.#alive(process);
    state.state = 'exited';
    const event = this.#emit(events.exit, state, strings.intern(reason));
    // A regular end is no failure, and with the power the node failed, not the process.
    if (reason === 'kill' || reason === 'crash') this.#note(state, 'process_exit', event);
    const inbox = this.#inboxes[process - 1]!;
    while (inbox.take()) this.#discards[inbox.kind]?.(process, inbox.a, inbox.b);
    return event;
  }

  /** The process handles nothing from now on (D21); the number of process_hang. */
  hang(process: number): number {
    const state = this.#alive(process);
    if (state.state === 'hung') throw new Refused(`${state.name} hangs already`);
    state.state = 'hung';
    const event = this.#emit(this.#parts.events.hang, state, -1);
    this.#note(state, 'process_hang', event);
    return event;
  }

  /** A hung process goes on: first what waits. The number of process_resume. */
  resume(process: number): number {
    const { log, clock, events } = this.#parts;
    const state = this.#alive(process);
    if (state.state !== 'hung') throw new Refused(`${state.name} does not hang`);
    const event = this.#emit(events.resume, state, -1);
    const cause = log.cause;
    log.cause = event;
    if (state.busyUntilUs > clock.nowUs) state.state = 'busy';
    else this.#goOn(state);
    log.cause = cause;
    return event;
  }

  /** The process handles nothing until `untilUs`, then its model's goesOn runs. */
  busy(process: number, untilUs: number): void {
    const state = this.#alive(process);
    if (state.state !== 'running') throw new Error(`process ${process} is ${state.state}`);
    state.state = 'busy';
    state.busyUntilUs = untilUs;
    this.#parts.atBusyEnd(untilUs, process);
  }

  /** A busy time may be over. Run by the world. */
  busyEnds(process: number): void {
    const state = this.get(process);
    if (state.state === 'busy' && state.busyUntilUs <= this.#parts.clock.nowUs) this.#goOn(state);
  }

  /** All processes, and what waits for them, as plain data. */
  get state(): readonly object[] {
    return this.#table.map((state, index) => ({ ...state, inbox: this.#inboxes[index]!.state }));
  }

  /** Running again: the busy time's end, then what waits, in order, then the model's timers. */
  #goOn(state: ProcessState): void {
    const { log } = this.#parts;
    const model = this.#models[state.id - 1]!;
    const cause = log.cause;
    state.busyUntilUs = 0;
    state.state = 'running';
    // What goesOn causes for this process comes after what waits already.
    const outer = state.draining;
    state.draining = true;
    model.goesOn?.(state.id);
    const inbox = this.#inboxes[state.id - 1]!;
    while (this.isRunning(state.id) && inbox.take()) {
      this.#parts.countEntry();
      log.cause = inbox.cause;
      this.#handlers[inbox.kind]!(state.id, inbox.a, inbox.b);
    }
    log.cause = cause;
    state.draining = outer;
    if (this.isRunning(state.id)) model.drained?.(state.id);
  }

  #alive(process: number): ProcessState {
    const state = this.get(process);
    if (state.state === 'exited') throw new Refused(`${state.name} is not running`);
    return state;
  }

  #emit(type: number, state: ProcessState, reason: number): number {
    const { log, nodes } = this.#parts;
    const node = nodes.nameId(state.node);
    if (reason < 0) return log.emit(type, node, state.app, -1, -1, state.nameId);
    return log.emit(type, node, state.app, -1, -1, reason, state.nameId);
  }

  #note(state: ProcessState, what: 'process_exit' | 'process_hang', event: number): void {
    const timeUs = this.#parts.clock.nowUs;
    this.#parts.faults.noteProcess(state.id, state.node, { what, timeUs, event });
  }

  get held(): readonly unknown[] {
    return [this.#table, this.#inboxes, this.#models];
  }
}
