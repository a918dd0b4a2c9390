/** A failure that somebody may learn about later. */
export interface FaultRecord {
  readonly what: 'node_down' | 'process_exit' | 'process_hang' | 'cut';
  readonly timeUs: number;
  /** The event that logged it (for a cut: the event of the command). */
  readonly event: number;
}

const PAIR = 65_536;

/**
 * Remembers the last failure of each node, of each process and between each pair of nodes, so that "how long after it
 * happened" can be told (D30). It remembers; it judges nothing.
 */
export class Faults {
  readonly state = {
    nodes: new Map<number, FaultRecord>(),
    /** Of the nodes: only when their power went. */
    power: new Map<number, FaultRecord>(),
    processes: new Map<number, FaultRecord>(),
    pairs: new Map<number, FaultRecord>(),
  };

  noteNode(node: number, fault: FaultRecord): void {
    this.state.nodes.set(node, fault);
    this.state.power.set(node, fault);
  }

  /** A process failed: also the last failure of its node. */
  noteProcess(process: number, node: number, fault: FaultRecord): void {
    this.state.processes.set(process, fault);
    this.state.nodes.set(node, fault);
  }

  /** Frames from one node no longer reach the other. */
  notePair(from: number, to: number, fault: FaultRecord): void {
    this.state.pairs.set(from * PAIR + to, fault);
  }

  /**
   * The last failure of a node or of one of its processes, or of the way between it and `byNode` in either
   * direction; undefined when nothing failed.
   */
  lastFault(aboutNode: number, byNode: number): FaultRecord | undefined {
    const there = this.state.nodes.get(aboutNode);
    const out = this.state.pairs.get(aboutNode * PAIR + byNode);
    const back = this.state.pairs.get(byNode * PAIR + aboutNode);
    return later(later(there, out), back);
  }

  /** As `lastFault`, but of all the node's processes only these count. */
  lastFaultAmong(processes: readonly number[], aboutNode: number, byNode: number): FaultRecord | undefined {
    const there = this.state.power.get(aboutNode);
    const out = this.state.pairs.get(aboutNode * PAIR + byNode);
    const back = this.state.pairs.get(byNode * PAIR + aboutNode);
    const ways = later(later(there, out), back);
    return processes.map((process) => this.state.processes.get(process)).reduce(later, ways);
  }

  /** The last time that the way from one node to another was cut. */
  lastCut(from: number, to: number): FaultRecord | undefined {
    return this.state.pairs.get(from * PAIR + to);
  }

  /** The last failure of one process. */
  lastFaultOfProcess(process: number): FaultRecord | undefined {
    return this.state.processes.get(process);
  }

  get held(): readonly unknown[] {
    return [this.state];
  }
}

function later(one: FaultRecord | undefined, other: FaultRecord | undefined): FaultRecord | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.timeUs !== other.timeUs) return other.timeUs > one.timeUs ? other : one;
  return other.event > one.event ? other : one;
}
