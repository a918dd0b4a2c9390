import type { ExitReason, MemorySpace } from '../../emulator/index.js';
import { OutputKind } from '../../rmc-core/index.js';
import { callbackGoesOn, runCallback } from '../app/callbacks.js';
import { type News, newsOf } from '../app/news.js';
import type { Fabric } from '../fabric.js';
import type { NodeKind, NodeState, RmcNode } from '../kind.js';
import { loseSessions, nodeFailed, noteFreedBlocks, processFailed } from '../lifecycle.js';
import { auditLeaks } from '../memory/audit.js';
import type { AppRecord, SessionRecord } from '../records.js';
import { type Carrier, RmcHost } from '../rmc/host.js';
import { discardFrame } from '../rmc/inbound.js';
import type { ProcessBox } from '../views/view.js';
import { eeeBoxes } from './boxes.js';
import { answerClose, rmcGone } from './stub.js';
import type { EeeTransport } from './transport.js';

/**
 * An EEE node (D19): RMC is a process of its own, all processes share one flat memory, and calls go by IPC. RMC
 * outlives its applications, and they outlive it.
 */
export class EeeNode implements RmcNode, Carrier {
  readonly rmcPlacer = 'RMC (EEE: always)';
  readonly blocksHeld = new Map<number, number>();
  readonly kind: NodeKind;
  readonly fabric: Fabric;
  readonly state: NodeState;
  readonly transport: EeeTransport;
  readonly space: MemorySpace;
  rmc: RmcHost | undefined;
  /** The RMC process that runs or ran last. */
  #rmcProcess = 0;
  /** How long what the pump lets out still has to travel from the application (D19). */
  #lagUs = 0;
  readonly #restartKind: number;

  constructor(kind: NodeKind, fabric: Fabric, state: NodeState, transport: EeeTransport) {
    this.kind = kind;
    this.fabric = fabric;
    this.state = state;
    this.transport = transport;
    this.space = fabric.world.memory.create(state.name, state.memoryBytes, undefined, state.policy);
    this.#restartKind = transport.restartEntry;
  }

  // ---- power and the RMC process

  added(): void {
    this.#startRmc();
  }

  powerLost(): void {
    const { fabric, state } = this;
    nodeFailed(fabric, state.index);
    noteFreedBlocks(fabric, (record) => record.node === state.index && this.#hasMemory(record.process));
    for (const index of state.apps) this.#endProcess(fabric.app(index), 'power');
    const { rmc } = this;
    this.rmc = undefined;
    if (rmc !== undefined) {
      fabric.world.processes.exit(rmc.process, 'power');
      loseSessions(rmc);
    }
    fabric.loseSessions((record) => record.node === state.index);
    state.ports.clear();
    this.blocksHeld.clear();
    for (const process of this.#zombies()) this.transport.zombies.delete(process);
    this.space.reset();
  }

  /** `node_up` comes when RMC runs. */
  booted(): void {
    this.#startRmc();
    this.fabric.world.nodes.up(this.state.index);
  }

  #startRmc(): void {
    const { fabric, state, space } = this;
    const process = fabric.world.processes.start(state.index, `${state.name}.rmc`, -1, {
      drained: () => host.runTimers(),
      goesOn: () => host.pump(),
    });
    this.#rmcProcess = process;
    const owner = space.owner(`${state.name}.rmc`, 'rmc', process, state.memoryBytes);
    const host = new RmcHost(fabric, state, {
      place: 0,
      process,
      owner,
      space,
      carrier: this,
      appNameId: -1,
    });
    this.rmc = host;
    for (const index of state.apps) this.#creditFor(fabric.app(index));
  }

  /** D20: every session on the node is lost, and the node starts RMC again after `rmc_restart`. */
  endRmc(reason: ExitReason): void {
    const { fabric, state } = this;
    const rmc = this.rmc!;
    const { world } = fabric;
    const cause = world.log.cause;
    this.rmc = undefined;
    world.log.cause = world.processes.exit(rmc.process, reason);
    const fault = world.faults.lastFaultOfProcess(rmc.process)!;
    const own = [...rmc.sessions.values()].filter((record) => !record.over && record.type !== 'LISTEN');
    fabric.ledger.failed(state.name, '', fault, (far) => far.node === state.index);
    fabric.ledger.ownRmcFailed(`${state.name}.rmc`, fault, own);
    rmcGone(this, rmc);
    for (const process of this.#zombies()) this.#giveBack(process, this.transport.zombies.get(process)!);
    world.at(world.nowUs + state.settings.rmcRestartUs, this.#restartKind, state.index, rmc.process);
    world.log.cause = cause;
  }

  /** The restart that was asked for when RMC process `dead` died; the node may have lost power meanwhile. */
  restartRmc(dead: number): void {
    if (this.#rmcProcess === dead && this.fabric.world.nodes.isOn(this.state.index)) this.#startRmc();
  }

  rmcProcess(): number {
    return this.rmc?.process ?? 0;
  }

  lastRmcProcess(): number {
    return this.#rmcProcess;
  }

  // ---- applications

  launch(app: AppRecord): void {
    const { fabric, state } = this;
    const process = fabric.world.processes.start(state.index, app.name, app.nameId, {
      goesOn: () => callbackGoesOn(fabric, app),
    });
    app.process = process;
    app.owner = this.space.owner(app.name, 'app', process, app.heapBytes);
    this.#creditFor(app);
    runCallback(fabric, app, { name: 'onStart' });
  }

  /** D21: as many messages as the application's mailbox has room for; those of a dead RMC may still be in it. */
  #creditFor(app: AppRecord): void {
    if (!this.fabric.isAlive(app)) return;
    const used = this.transport.mailboxes.messages(app.process);
    this.rmc?.core.setCredit(app.process, this.state.settings.mailbox - used);
  }

  /** `mailbox` may be another: what waits for room that there is now goes on. */
  settingsChanged(): void {
    for (const index of this.state.apps) this.#creditFor(this.fabric.app(index));
    this.rmc?.pump();
  }

  /** D20: RMC lives on; it learns of the death in the same instant, closes and reclaims. */
  endApp(app: AppRecord, reason: ExitReason): void {
    if (!this.fabric.isAlive(app)) return;
    const { world } = this.fabric;
    const cause = world.log.cause;
    const { pending } = app;
    if (reason === 'stop') auditLeaks(this.fabric, app);
    world.log.cause = this.#endProcess(app, reason);
    processFailed(this.fabric, app, reason);
    const { rmc } = this;
    if (rmc !== undefined) {
      rmc.core.tag = world.log.cause;
      rmc.core.ownerGone(app.process, world.nowUs);
      rmc.pump();
    }
    if (pending?.name === 'closeSession') this.#neverReturned(pending.session);
    this.fabric.loseSessions((record) => record.process === app.process);
    this.#stubGone(app.process);
    this.#giveBack(app.process, app.owner);
    world.log.cause = cause;
  }

  /** The application died in its close_session: RMC waits for it no more. */
  #neverReturned(session: number): void {
    const record = this.fabric.session(session);
    /* v8 ignore next -- @preserve off the record are only sessions that no callback is waited for */
    if (record !== undefined) this.closeReturned(this.fabric.hosts.get(record.host), record);
  }

  /** Blocks that only the application's stub still referred to, because their RMC died before it (D20). */
  #stubGone(process: number): void {
    for (const record of this.fabric.sessions.values()) {
      const held = record.process === process && record.type !== 'ACCEPT' && !record.released;
      if (held && !this.fabric.hosts.has(record.host)) this.fabric.blockReleased(record);
    }
  }

  #endProcess(app: AppRecord, reason: ExitReason): number {
    app.pending = null;
    return this.fabric.isAlive(app) ? this.fabric.world.processes.exit(app.process, reason) : 0;
  }

  /** D20: the memory of an ended process is given back when RMC has let go of its sessions. */
  #giveBack(process: number, owner: number): void {
    if ((this.blocksHeld.get(process) ?? 0) > 0 && this.rmc !== undefined) {
      this.transport.zombies.set(process, owner);
      return;
    }
    noteFreedBlocks(this.fabric, (record) => record.process === process);
    this.blocksHeld.delete(process);
    this.transport.zombies.delete(process);
    this.space.dropOwner(owner, 'exit');
  }

  /** What went with a process before was not freed by anybody. */
  #hasMemory(process: number): boolean {
    return this.fabric.world.processes.isAlive(process) || this.transport.zombies.has(process);
  }

  /** Ended processes of this node whose memory RMC still refers to. */
  #zombies(): readonly number[] {
    const { processes } = this.fabric.world;
    return [...this.transport.zombies.keys()].filter(
      (process) => processes.get(process).node === this.state.index,
    );
  }

  /** RMC let go of a block of a process that is gone. */
  orphanClosed(record: SessionRecord): void {
    this.fabric.blockReleased(record);
    this.fabric.sessionOver(record);
    const owner = this.transport.zombies.get(record.process);
    if (owner !== undefined) this.#giveBack(record.process, owner);
  }

  // ---- RMC

  rmcOf(_app: AppRecord): RmcHost | undefined {
    return this.rmc;
  }

  spaceOf(_app: AppRecord): MemorySpace {
    return this.space;
  }

  commonSpace(): MemorySpace {
    return this.space;
  }

  afterCall(host: RmcHost): void {
    this.#lagUs = this.state.settings.ipcUs;
    host.pump();
    this.#lagUs = 0;
  }

  closeReturned(host: RmcHost | undefined, session: SessionRecord): void {
    // With the power everything goes at once, and nobody says or frees anything more (D20).
    if (!this.fabric.world.nodes.isOn(this.state.index)) return;
    if (host === undefined) this.freeOrphan(session);
    else this.transport.toRmc.closeReturned(host, session);
  }

  /** A block of a dead RMC, when nobody needs it any more. */
  freeOrphan(record: SessionRecord): void {
    if (!this.fabric.world.nodes.isOn(this.state.index)) return;
    const block = this.space.blockStarting(record.address);
    if (block?.live && block.madeBy === record.madeBy) this.space.free(record.address, block.owner);
  }

  frameOut(host: RmcHost): void {
    this.transport.frames.send(host, this.#lagUs);
  }

  toApp(host: RmcHost, record: SessionRecord): void {
    const { fabric } = this;
    if (fabric.world.processes.isAlive(record.process)) {
      this.transport.mailboxes.post(record, newsOf(host), this.#lagUs + this.state.settings.ipcUs);
      return;
    }
    const { kind } = host.core.output;
    if (kind === OutputKind.CLOSING) this.closeReturned(host, record);
    else if (kind === OutputKind.CLOSE_DONE) this.orphanClosed(record);
  }

  /** News that an application's own stub has for it. */
  post(record: SessionRecord, news: News): void {
    this.transport.mailboxes.post(record, news, this.state.settings.ipcUs);
  }

  stubClosed(record: SessionRecord): void {
    answerClose(this, record);
  }

  running(host: RmcHost): boolean {
    return this.fabric.world.processes.isRunning(host.process);
  }

  /** An EEE's RMC always answers (D11), as long as it is there. */
  frameArrived(slot: number): void {
    const { rmc, fabric } = this;
    if (rmc === undefined) discardFrame(fabric, slot);
    else fabric.world.processes.deliver(rmc.process, fabric.entries.frame, slot, rmc.id, false);
  }

  // ---- views

  boxes(): readonly ProcessBox[] {
    return eeeBoxes(this);
  }

  between(): string {
    return `IPC ${this.state.settings.ipcUs}us`;
  }

  silenceNote(app: AppRecord): string {
    const { processes } = this.fabric.world;
    if (processes.get(app.process).state !== 'hung') return '';
    if (this.rmc === undefined || processes.get(this.rmc.process).state === 'hung') return '';
    return 'RMC answers for the hung application';
  }

  get held(): readonly unknown[] {
    return [this.state, this.transport, this.space, this.blocksHeld, this.rmc];
  }

  keep(): () => void {
    const rmc = this.rmc;
    const rmcProcess = this.#rmcProcess;
    const lagUs = this.#lagUs;
    return () => {
      this.rmc = rmc;
      this.#rmcProcess = rmcProcess;
      this.#lagUs = lagUs;
    };
  }
}
