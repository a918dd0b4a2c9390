import type { ExitReason } from '../emulator/index.js';
import type { Fabric } from './fabric.js';
import type { AppRecord, SessionRecord } from './records.js';
import type { RmcHost } from './rmc/host.js';

/** Heap and RMC quota: RMC may take what the application's heap leaves. */
export interface Quotas {
  readonly appBytes: number;
  readonly rmcBytes: number;
}

/** Everything that RMC held for sessions is gone with it: nobody closed them, and no call reaches them (D20). */
export function loseSessions(host: RmcHost): void {
  for (const record of host.sessions.values()) {
    if (!record.over) record.lost = true;
    host.fabric.sessionOver(record);
  }
  host.end();
}

/** Before memory goes with its process or node: which blocks had been freed by then. */
export function noteFreedBlocks(fabric: Fabric, isGoing: (record: SessionRecord) => boolean): void {
  for (const record of fabric.sessions.values()) {
    if (record.freed || !isGoing(record)) continue;
    const space = fabric.node(record.node).spaceOf(fabric.app(record.app))!;
    const block = space.blockAt(record.address);
    record.freed = block?.live !== true || block.madeBy !== record.madeBy;
  }
}

/** Puts the failure of an application's process into the ledger; a process that stops has not failed. */
export function processFailed(fabric: Fabric, app: AppRecord, reason: ExitReason): void {
  if (reason === 'stop' || reason === 'power') return;
  const fault = fabric.world.faults.lastFaultOfProcess(app.process)!;
  const about = fabric.node(app.node).state.name;
  fabric.ledger.failed(about, app.name, fault, (far) => far.process === app.process);
}

/** Puts the failure of a whole node into the ledger: before its sessions are taken apart. */
export function nodeFailed(fabric: Fabric, node: number): void {
  const fault = fabric.world.faults.lastFault(node, node)!;
  const about = fabric.node(node).state.name;
  fabric.ledger.failed(about, '', fault, (far) => far.node === node);
}

/** A process handles nothing from now on (D21): nobody is told, and the ledger begins to wait. */
export function hangProcess(fabric: Fabric, process: number): void {
  const { world } = fabric;
  const { node, app } = world.processes.get(process);
  const rmc = fabric.node(node).rmcProcess();
  const isBehindHungRmc = rmc !== 0 && world.processes.get(rmc).state === 'hung';
  world.processes.hang(process);
  // Who talks to an application behind a hung RMC waits already, for that RMC.
  if (isBehindHungRmc) return;
  const fault = world.faults.lastFaultOfProcess(process)!;
  const about = fabric.node(node).state.name;
  const isRmc = app < 0;
  const name = isRmc ? '' : world.strings.text(app);
  fabric.ledger.failed(about, name, fault, (far) => (isRmc ? far.node === node : far.process === process));
}

/** A hung process goes on: a callback that never returned, then what waits, then the timers that fell due (D21). */
export function resumeProcess(fabric: Fabric, process: number): void {
  fabric.world.processes.resume(process);
}
