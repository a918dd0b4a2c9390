import type { ExitReason, MemorySpace } from '../../emulator/index.js';
import { callbackGoesOn, runCallback } from '../app/callbacks.js';
import { deliver } from '../app/deliver.js';
import type { Fabric } from '../fabric.js';
import type { NodeKind, NodeState, RmcNode } from '../kind.js';
import { loseSessions, nodeFailed, noteFreedBlocks, processFailed } from '../lifecycle.js';
import { auditLeaks } from '../memory/audit.js';
import type { AppRecord, SessionRecord } from '../records.js';
import { type Carrier, RmcHost } from '../rmc/host.js';
import { discardFrame, sendFrame } from '../rmc/inbound.js';
import { freePortsOf } from '../rmc/ports.js';
import type { ProcessBox } from '../views/view.js';
import { sscBox } from './boxes.js';

/**
 * An SSC controller (D19): each application's process has RMC inside, as a library, and memory of its own. Calls are
 * function calls, callbacks run in the middle of RMC's work, and the process takes its RMC along when it dies.
 */
export class SscNode implements RmcNode, Carrier {
  readonly rmcPlacer = 'RMC (library)';
  readonly blocksHeld = new Map<number, number>();
  readonly kind: NodeKind;
  readonly fabric: Fabric;
  readonly state: NodeState;
  /** The living RMC instances by place, which is the process's slot. */
  readonly instances = new Map<number, RmcHost>();

  constructor(kind: NodeKind, fabric: Fabric, state: NodeState) {
    this.kind = kind;
    this.fabric = fabric;
    this.state = state;
  }

  // ---- power

  added(): void {}

  /** D20: all of it, silently. */
  powerLost(): void {
    nodeFailed(this.fabric, this.state.index);
    for (const host of [...this.instances.values()]) this.#end(host, 'power');
  }

  /** Applications do not come back with their node: `launch` does that. */
  booted(): void {
    this.fabric.world.nodes.up(this.state.index);
  }

  // ---- processes

  launch(app: AppRecord): void {
    const { fabric, state } = this;
    const { world } = fabric;
    const process = world.processes.start(state.index, app.name, app.nameId, {
      goesOn: () => {
        callbackGoesOn(fabric, app);
        host.pump();
      },
      drained: () => host.runTimers(),
    });
    const space = world.memory.create(app.name, state.memoryBytes, undefined, state.policy);
    app.process = process;
    app.owner = space.owner(app.name, 'app', process, app.heapBytes);
    const owner = space.owner(`${app.name} RMC`, 'rmc', process, state.memoryBytes);
    const host = new RmcHost(fabric, state, {
      place: app.place,
      process,
      owner,
      space,
      carrier: this,
      appNameId: app.nameId,
    });
    host.core.setCredit(process, Number.POSITIVE_INFINITY);
    this.instances.set(app.place, host);
    runCallback(fabric, app, { name: 'onStart' });
    host.pump();
  }

  /** D20: its RMC instance goes with it, and nobody says goodbye. */
  endApp(app: AppRecord, reason: ExitReason): void {
    const host = this.instances.get(app.place)!;
    if (reason === 'stop') auditLeaks(this.fabric, app);
    this.#end(host, reason);
  }

  #end(host: RmcHost, reason: ExitReason): void {
    const { fabric, state } = this;
    const app = fabric.app(state.apps[host.place - 1]!);
    const { log } = fabric.world;
    const cause = log.cause;
    noteFreedBlocks(fabric, (record) => record.process === host.process);
    this.instances.delete(host.place);
    this.blocksHeld.delete(host.process);
    log.cause = fabric.world.processes.exit(host.process, reason);
    app.pending = null;
    processFailed(fabric, app, reason);
    loseSessions(host);
    freePortsOf(state, app.index);
    fabric.world.memory.drop(host.space);
    log.cause = cause;
  }

  // ---- RMC

  rmcOf(app: AppRecord): RmcHost | undefined {
    return this.instances.get(app.place);
  }

  spaceOf(app: AppRecord): MemorySpace | undefined {
    return this.instances.get(app.place)?.space;
  }

  commonSpace(): undefined {
    return undefined;
  }

  /** A call is a function call: what it causes goes at once, unless an outer pump will take it along. */
  afterCall(host: RmcHost): void {
    host.pump();
  }

  closeReturned(host: RmcHost | undefined, session: SessionRecord): void {
    host?.closeReturned(session);
    host?.pump();
  }

  settingsChanged(): void {}

  frameOut(host: RmcHost): void {
    sendFrame(host);
  }

  toApp(host: RmcHost, record: SessionRecord): void {
    deliver(this.fabric, record, host.core.output);
  }

  running(host: RmcHost): boolean {
    return this.fabric.world.processes.isRunning(host.process);
  }

  // ---- frames

  /** D11, D12: by place, or by port through the node's demultiplexer. D21: at most `mailbox` wait for a hung process. */
  frameArrived(slot: number): void {
    const { bus, processes } = this.fabric.world;
    const place = bus.frames.place[slot]!;
    const host = place === 0 ? this.#byPort(bus.frames.port[slot]!) : this.instances.get(place);
    if (host === undefined) return discardFrame(this.fabric, slot);
    if (processes.limitedWaiting(host.process) >= this.state.settings.mailbox) {
      bus.dropped(slot, 'mailbox');
      bus.release(slot);
      return;
    }
    processes.deliver(host.process, this.fabric.entries.frame, slot, host.id, true);
  }

  /** The process that listens on the port, else the living RMC instance of lowest place, which refuses. */
  #byPort(port: number): RmcHost | undefined {
    const app = this.state.ports.get(port);
    return this.instances.get(
      app === undefined ? Math.min(...this.instances.keys()) : this.fabric.app(app).place,
    );
  }

  // ---- what an SSC does not have

  endRmc(): void {
    throw new Error('RMC on an SSC is a library (D19)');
  }

  rmcProcess(): number {
    return 0;
  }

  lastRmcProcess(): number {
    return 0;
  }

  stubClosed(): void {
    throw new Error('an SSC application has no stub: its RMC dies with it (D20)');
  }

  // ---- views

  boxes(): readonly ProcessBox[] {
    return this.state.apps.map((index) => sscBox(this, this.fabric.app(index)));
  }

  between(): string {
    return '';
  }

  silenceNote(): string {
    return '';
  }

  get held(): readonly unknown[] {
    return [this.state, this.instances, this.blocksHeld];
  }
}
