import type { Clock } from './clock.js';
import type { Faults } from './faults.js';
import { checkLimit } from './limits.js';
import type { EventLog } from './log.js';
import { Refused } from './refusal.js';
import type { StringTable } from './strings.js';

/** What a node does when the world does something to it. */
export interface NodeModel {
  /** The power went off: everything on the node is gone, and nothing may be said. */
  powerLost(): void;
  /** The boot time is over: start what starts by itself, and say `nodes.up` when the node is ready. */
  booted(): void;
  /**
   * A frame arrived; `frame` is its slot in the frame pool. The model says `bus.delivered` or `bus.dropped`, and when
   * it needs the bytes no more `bus.release`, at once or later.
   */
  frameArrived(frame: number): void;
}

export type Power = 'on' | 'off' | 'booting';

export interface NodeState {
  readonly name: string;
  /** String id of the name. */
  readonly nameId: number;
  power: Power;
  /** When the power came to be so. */
  sinceUs: number;
  /** Counts power changes, so that a boot that was cut short ends nothing. */
  changes: number;
}

/** What the table needs of its world. */
export interface NodeTableParts {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly strings: StringTable;
  readonly faults: Faults;
  readonly limit: number;
  readonly downEvent: number;
  readonly upEvent: number;
  /** A node has come. */
  nodeAdded(node: number): void;
  /** Asks for {@link NodeTable.bootOver} at a time. */
  atBootOver(timeUs: number, node: number, changes: number): void;
}

/** The nodes of a world, from 1, and their power. */
export class NodeTable {
  readonly #parts: NodeTableParts;
  readonly #models: NodeModel[] = [];
  readonly #byName = new Map<string, number>();
  readonly state: NodeState[] = [];

  constructor(parts: NodeTableParts) {
    this.#parts = parts;
  }

  /** Adds a node, which is on; its index, from 1. */
  add(name: string, model: NodeModel): number {
    if (this.#byName.has(name)) throw new Refused(`there is a node ${name} already`);
    checkLimit(this.state.length + 1, this.#parts.limit, 'nodes');
    this.#models.push(model);
    const nameId = this.#parts.strings.intern(name);
    const sinceUs = this.#parts.clock.nowUs;
    const count = this.state.push({ name, nameId, power: 'on', sinceUs, changes: 0 });
    this.#byName.set(name, count);
    this.#parts.nodeAdded(count);
    return count;
  }

  get count(): number {
    return this.state.length;
  }

  /** The index of a name, 0 when there is no such node. */
  find(name: string): number {
    return this.#byName.get(name) ?? 0;
  }

  get(node: number): NodeState {
    const state = this.state[node - 1];
    if (state === undefined) throw new Error(`there is no node ${node}`);
    return state;
  }

  name(node: number): string {
    return this.get(node).name;
  }

  /** String id of a node's name. */
  nameId(node: number): number {
    return this.get(node).nameId;
  }

  isOn(node: number): boolean {
    return this.get(node).power === 'on';
  }

  model(node: number): NodeModel {
    return this.#models[node - 1]!;
  }

  /** Power off, at once and with nothing said (D20). A node that boots may be switched off. */
  powerOff(node: number): void {
    const state = this.get(node);
    if (state.power === 'off') throw new Refused(`${state.name} is off already`);
    this.#change(state, 'off');
    const { log, clock, faults, downEvent } = this.#parts;
    const event = log.emit(downEvent, state.nameId, -1, -1, -1);
    faults.noteNode(node, { what: 'node_down', timeUs: clock.nowUs, event });
    const cause = log.cause;
    log.cause = event;
    this.model(node).powerLost();
    log.cause = cause;
  }

  /** Power on: the model is told after `bootUs`. */
  powerOn(node: number, bootUs: number): void {
    const state = this.get(node);
    if (state.power === 'on') throw new Refused(`${state.name} is on already`);
    if (state.power === 'booting') throw new Refused(`${state.name} is booting already`);
    this.#change(state, 'booting');
    this.#parts.atBootOver(this.#parts.clock.nowUs + bootUs, node, state.changes);
  }

  /** The node is ready: logs node_up, and returns the event's number. Its model says so. */
  up(node: number): number {
    return this.#parts.log.emit(this.#parts.upEvent, this.nameId(node), -1, -1, -1);
  }

  /** The boot time of a power-on is over. Run by the world. */
  bootOver(node: number, changes: number): void {
    const state = this.get(node);
    if (state.power !== 'booting' || state.changes !== changes) return;
    this.#change(state, 'on');
    this.model(node).booted();
  }

  #change(state: NodeState, power: Power): void {
    state.power = power;
    state.sinceUs = this.#parts.clock.nowUs;
    state.changes += 1;
  }

  get held(): readonly unknown[] {
    return [this.state, this.#models, this.#byName];
  }
}
