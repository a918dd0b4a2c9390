import { runCallback } from './app/callbacks.js';
import { ProcessEnded } from './app/processEnded.js';
import type { Fabric } from './fabric.js';
import type { AppRecord } from './records.js';
import { discardFrame, handleFrame } from './rmc/inbound.js';

/** What the nodes of a world put into its queue and into the inboxes of processes. */
export interface FabricEntries {
  /** Queue: an RMC instance's next timeout. */
  readonly wake: number;
  /** Inbox: a frame for an RMC instance. */
  readonly frame: number;
  /** Inbox: an operator's call, for an application that could not take it at once. */
  readonly call: number;
  /** Timers that run, and calls that wait. */
  readonly waiting: readonly object[];
  startTimer(app: AppRecord, afterUs: number, name: string): void;
  /** Whether a timer of the process runs: its application may do something by itself. */
  hasTimer(process: number): boolean;
  /** Runs `call` in the application's process: now, or when its slow callback returns. */
  whenFree(app: AppRecord, call: () => void): void;
}

interface Timer {
  readonly app: number;
  readonly process: number;
  readonly name: string;
}

export function registerEntries(fabric: Fabric): FabricEntries {
  const { world } = fabric;
  const { processes } = world;
  const wake = world.handler('rmc timeout', (host) => fabric.hosts.get(host)?.wake());
  const frame = processes.handler(
    'frame',
    (_process, slot, hostId) => {
      // What still waits when the process of the RMC instance ends is discarded.
      handleFrame(fabric.hosts.get(hostId)!, slot);
    },
    (_process, slot) => discardFrame(fabric, slot),
  );
  const { call, calls, whenFree } = registerCalls(fabric);
  const { timers, startTimer, hasTimer } = registerTimers(fabric);
  return { wake, frame, call, whenFree, startTimer, hasTimer, waiting: [timers, calls] };
}

function registerTimers(fabric: Fabric) {
  const { world } = fabric;
  const timers = { last: 0, byId: new Map<number, Timer>() };
  const due = world.processes.handler(
    'application timer',
    (_process, id) => {
      const timer = timers.byId.get(id)!;
      timers.byId.delete(id);
      runCallback(fabric, fabric.app(timer.app), { name: 'onTimer', text: timer.name });
    },
    (_process, id) => timers.byId.delete(id),
  );
  const entry = world.handler('application timer', (id) => {
    world.processes.deliver(timers.byId.get(id)!.process, due, id, 0, false);
  });
  world.part('application timers', () => timers.byId, []);
  const startTimer = (app: AppRecord, afterUs: number, name: string): void => {
    timers.last += 1;
    timers.byId.set(timers.last, { app: app.index, process: app.process, name });
    world.at(world.nowUs + afterUs, entry, timers.last);
  };
  const hasTimer = (process: number): boolean =>
    [...timers.byId.values()].some((timer) => timer.process === process);
  return { timers, startTimer, hasTimer };
}

function registerCalls(fabric: Fabric) {
  const calls = { last: 0, byId: new Map<number, () => void>() };
  const call = fabric.world.processes.handler(
    'operator call',
    (_process, id) => {
      const run = calls.byId.get(id);
      calls.byId.delete(id);
      try {
        run?.();
      } catch (error) {
        if (!(error instanceof ProcessEnded)) throw error;
      }
    },
    (_process, id) => calls.byId.delete(id),
  );
  const whenFree = (app: AppRecord, run: () => void): void => {
    calls.last += 1;
    calls.byId.set(calls.last, run);
    fabric.world.processes.deliver(app.process, call, calls.last, 0, false);
  };
  return { call, calls, whenFree };
}
