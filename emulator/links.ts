import type { Clock } from './clock.js';
import type { Faults } from './faults.js';
import type { EventLog } from './log.js';
import { Refused } from './refusal.js';

/** What a link does to each frame. Probabilities are 0 to 1. */
export interface LinkSettings {
  latencyUs: number;
  /** Up to this much is added to the latency, evenly drawn. */
  jitterUs: number;
  /** Bits a second; 0: unlimited. */
  bandwidthBitsPerS: number;
  loss: number;
  duplicate: number;
  reorder: number;
  corrupt: number;
}

export type LinkSetting = keyof LinkSettings;

export const defaultLink: Readonly<LinkSettings> = {
  latencyUs: 100,
  jitterUs: 0,
  bandwidthBitsPerS: 0,
  loss: 0,
  duplicate: 0,
  reorder: 0,
  corrupt: 0,
};

/** One direction between two nodes. */
export interface LinkState extends LinkSettings {
  readonly from: number;
  readonly to: number;
  cut: boolean;
  /** Until when its bandwidth is taken. */
  busyUntilUs: number;
}

/** One `link` command: node 0 stands for every node. */
interface LinkRule {
  readonly setting: LinkSetting;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

const PAIR = 65_536;

/**
 * The directions between nodes: their settings and their cuts. A setting for all links, or for all of one node, also
 * holds for nodes that come later; of several commands on one setting the later one wins where both apply. A link
 * of a node to itself can have settings and is never cut.
 */
export class Links {
  readonly #clock: Clock;
  readonly #log: EventLog;
  readonly #faults: Faults;
  readonly state = {
    rules: [] as LinkRule[],
    links: new Map<number, LinkState>(),
    /** Directions that are cut, as from * 65,536 + to. */
    cut: new Set<number>(),
    isolated: new Set<number>(),
  };

  constructor(clock: Clock, log: EventLog, faults: Faults) {
    this.#clock = clock;
    this.#log = log;
    this.#faults = faults;
  }

  /** Sets one setting, for one direction or (0) from or to every node. */
  set(setting: LinkSetting, value: number, from = 0, to = 0): void {
    checkSetting(setting, value);
    const rules = this.state.rules;
    const same = rules.findIndex((r) => r.setting === setting && r.from === from && r.to === to);
    if (same >= 0) rules.splice(same, 1);
    rules.push({ setting, value, from, to });
    for (const link of this.state.links.values()) {
      if ((from === 0 || from === link.from) && (to === 0 || to === link.to)) link[setting] = value;
    }
  }

  /** One direction, as it is now. */
  link(from: number, to: number): LinkState {
    const key = from * PAIR + to;
    const known = this.state.links.get(key);
    if (known !== undefined) return known;
    const link: LinkState = { ...defaultLink, from, to, cut: this.state.cut.has(key), busyUntilUs: 0 };
    for (const rule of this.state.rules) {
      if ((rule.from === 0 || rule.from === from) && (rule.to === 0 || rule.to === to)) {
        link[rule.setting] = rule.value;
      }
    }
    this.state.links.set(key, link);
    return link;
  }

  /** Nothing passes from one to the other, nor (unless `oneWay`) back. What is in flight still arrives. */
  cut(from: number, to: number, oneWay: boolean): void {
    if (from === to) throw new Refused('a node cannot be cut from itself');
    this.#setCut(from, to);
    if (!oneWay) this.#setCut(to, from);
  }

  /** Cuts a node from every other, also from those that come later. `nodes` is how many there are now. */
  isolate(node: number, nodes: number): void {
    this.state.isolated.add(node);
    for (let other = 1; other <= nodes; other += 1) {
      if (other !== node) this.cut(node, other, false);
    }
  }

  /** A node has come: it is cut from those that are isolated. */
  nodeAdded(node: number): void {
    for (const isolated of this.state.isolated) this.cut(isolated, node, false);
  }

  /** Mends the way between two nodes, or (0, 0) every way. */
  heal(one = 0, other = 0): void {
    if (one === 0) this.state.isolated.clear();
    for (const key of [...this.state.cut]) {
      const from = Math.floor(key / PAIR);
      const to = key % PAIR;
      if (one !== 0 && !(from === one && to === other) && !(from === other && to === one)) continue;
      this.state.cut.delete(key);
      const link = this.state.links.get(key);
      if (link !== undefined) link.cut = false;
    }
  }

  /** What is cut: each pair once, `oneWay` when frames still pass from `to` to `from`. */
  cuts(): { from: number; to: number; oneWay: boolean }[] {
    const cuts: { from: number; to: number; oneWay: boolean }[] = [];
    for (const key of this.state.cut) {
      const from = Math.floor(key / PAIR);
      const to = key % PAIR;
      const oneWay = !this.state.cut.has(to * PAIR + from);
      if (oneWay || from < to) cuts.push({ from, to, oneWay });
    }
    return cuts;
  }

  #setCut(from: number, to: number): void {
    this.state.cut.add(from * PAIR + to);
    const link = this.state.links.get(from * PAIR + to);
    if (link !== undefined) link.cut = true;
    this.#faults.notePair(from, to, { what: 'cut', timeUs: this.#clock.nowUs, event: this.#log.cause });
  }

  get held(): readonly unknown[] {
    return [this.state];
  }
}

function checkSetting(setting: LinkSetting, value: number): void {
  if (setting === 'latencyUs' || setting === 'jitterUs' || setting === 'bandwidthBitsPerS') {
    if (!Number.isSafeInteger(value) || value < 0) throw new Refused(`${setting} cannot be ${value}`);
  } else if (!(value >= 0 && value <= 1)) {
    throw new Refused(`the probability of ${setting} cannot be ${value}`);
  }
}
