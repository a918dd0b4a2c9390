import type { SessionDeadlines } from '../../rmc-core/index.js';
import type { Fabric } from '../fabric.js';
import type { SessionRecord } from '../records.js';
import { farSide, type LedgerEntry, type Witness } from './ledger.js';
import type { Why } from './why.js';

/** Nothing that runs can tell it. */
export const NEVER = Number.POSITIVE_INFINITY;

/** Something may tell it, and nobody can say when. */
export const NO_BOUND = -1;

/**
 * Why a witness has not been told, and until when it may be if no application calls anything and nothing else fails:
 * a virtual time, `NO_BOUND`, or `NEVER`. By that time it is told, or it is clear that it never will be.
 */
export interface Untold extends Why {
  readonly untilUs: number;
}

const never = (rule: string, why: string): Untold => ({ rule, why, untilUs: NEVER });

const closes: Untold = never('D14', 'it closes its session: close_done does not say');

/** What is known of a session of which it is asked who tells its application. */
interface Waiting {
  readonly fabric: Fabric;
  readonly entry: LedgerEntry;
  readonly record: SessionRecord;
  readonly deadlines: SessionDeadlines;
  readonly isPending: boolean;
  /** Its RMC and the peer's watch each other by heartbeats (D15). */
  readonly isWatched: boolean;
  /** From its RMC to the application. */
  readonly ipcUs: number;
}

const NO_DEADLINES: SessionDeadlines = { silentAtUs: NEVER, heardUs: 0, ioAtUs: NEVER, openAtUs: NEVER };

/** Why nobody has told it, what could, and until when. */
export function whyNotTold(fabric: Fabric, entry: LedgerEntry, witness: Witness): Untold {
  const record = fabric.session(witness.session);
  const { processes } = fabric.world;
  if (record === undefined || !processes.isAlive(record.process)) return never('D20', 'it died itself');
  const untold = waits(waitingOf(fabric, entry, record));
  const isHung = [record.process, record.rmcProcess].some(
    (process) => processes.isAlive(process) && processes.get(process).state === 'hung',
  );
  if (!isHung || untold.untilUs === NEVER) return untold;
  return { rule: 'D21', why: 'it hangs itself: what comes for it waits', untilUs: NO_BOUND };
}

function waitingOf(fabric: Fabric, entry: LedgerEntry, record: SessionRecord): Waiting {
  const core = fabric.hosts.get(record.host)?.core;
  const deadlines = core?.deadlines(record.handle) ?? NO_DEADLINES;
  const { kind, state } = fabric.node(record.node);
  return {
    ...{ fabric, entry, record, deadlines },
    isPending: record.ioBegun > record.ioEnded,
    isWatched: deadlines.heardUs > 0,
    ipcUs: kind.rmcIsProcess ? state.settings.ipcUs : 0,
  };
}

function waits(waiting: Waiting): Untold {
  const { fabric, entry, record, deadlines, isPending } = waiting;
  if (entry.about.endsWith('.rmc')) return ownRmcDied(waiting);
  if (record.over) return never('D14', 'its session is closed');
  if (record.state === 'FAILED') return hasFailed(waiting);
  if (record.closing && !isPending) return closes;
  if (record.state === 'OPENING') {
    return { rule: 'D2', why: 'rmc_open will end in an error', untilUs: deadlines.openAtUs + waiting.ipcUs };
  }
  if (hasSuccessor(waiting)) return never('D12', 'its session is with what came after');
  const note = entry.app === '' ? '' : fabric.node(record.peerNode).silenceNote(fabric.appNamed(entry.app));
  if (note !== '') return { rule: 'D21', why: note, untilUs: isPending ? ioUntilUs(waiting) : NEVER };
  if (goesOn(waiting)) return never('D21', 'it goes on: what hung was resumed in time');
  if (rmcThereLives(waiting)) {
    if (record.type === 'ACCEPT') return never('D20', 'RMC there closes the session: no failure to tell');
    if (waiting.isWatched && record.hasAbortSession) {
      return {
        rule: 'D20',
        why: 'RMC there lives: its ABORT is on the way',
        untilUs: failsUntilUs(waiting),
      };
    }
  }
  return record.type === 'ACCEPT' ? acceptWaits(waiting) : openWaits(waiting);
}

/** D20: the stub tells of the death of the node's own RMC, where there is something to tell it by. */
function ownRmcDied({ entry, record, isPending, ipcUs }: Waiting): Untold {
  const isAccept = record.type === 'ACCEPT';
  const hasHandler = isAccept ? record.hasCloseSession : record.hasAbortSession || record.state === 'OPENING';
  if (record.closing && !isPending) return closes;
  if (hasHandler || isPending) {
    return { rule: 'D19', why: 'on its way by IPC', untilUs: entry.timeUs + ipcUs };
  }
  return isAccept
    ? never('S11', 'no close_session to tell it')
    : never('S21', 'no abort_session: its next IO fails at once');
}

/** RMC knows; what it says may be on its way to the application (D19), or there is nothing to say it by. */
function hasFailed({ fabric, record, isPending, ipcUs }: Waiting): Untold {
  if (isPending) return { rule: 'D19', why: 'on its way by IPC', untilUs: fabric.world.nowUs + ipcUs };
  if (record.told !== 0) return never('D30', 'it was told of something else that failed');
  if (record.hasAbortSession)
    return { rule: 'D19', why: 'on its way by IPC', untilUs: fabric.world.nowUs + ipcUs };
  return never('S21', 'no abort_session: its next IO fails at once');
}

/** It was opening when that failed, and something that was made later has answered it. */
function hasSuccessor({ fabric, entry, record }: Waiting): boolean {
  const far = farSide(fabric, record);
  return far !== undefined && !far.over && far.madeBy > entry.event;
}

/** D21: what hung was resumed, its session is still there, and it has been heard, or will be before its silence counts. */
function goesOn({ fabric, entry, record, deadlines, isPending }: Waiting): boolean {
  if (entry.what !== 'process_hang' || isPending) return false;
  const far = farSide(fabric, record);
  if (far === undefined || far.over || far.state === 'FAILED') return false;
  const { processes, bus, nowUs } = fabric.world;
  const hung = processes.get(entry.app === '' ? far.rmcProcess : far.process);
  if (hung.state === 'hung' || hung.state === 'exited') return false;
  if (deadlines.heardUs === 0) return true;
  return deadlines.silentAtUs > nowUs + bus.links.link(record.peerNode, record.node).latencyUs;
}

/** D20: an application died, and the RMC process of its node lives to end its sessions properly. */
function rmcThereLives({ fabric, entry, record }: Waiting): boolean {
  return entry.app !== '' && entry.what === 'process_exit' && fabric.node(record.peerNode).rmcProcess() !== 0;
}

function openWaits(waiting: Waiting): Untold {
  const { record, isPending, isWatched } = waiting;
  if (isWatched) {
    const untilUs = failsUntilUs(waiting);
    if (record.hasAbortSession) return { rule: 'D15', why: 'heartbeats are being missed', untilUs };
    return isPending
      ? { rule: 'D17', why: 'no abort_session: its pending IO will fail', untilUs }
      : idle(waiting, 'S21', 'no abort_session: its next IO fails at once');
  }
  return isPending ? ioWillTimeOut(waiting) : idle(waiting, 'S17', 'idle: no IO that could fail');
}

function acceptWaits(waiting: Waiting): Untold {
  const { record, isPending, isWatched } = waiting;
  if (isWatched && (record.hasCloseSession || isPending)) {
    const why = record.hasCloseSession ? 'heartbeats are being missed' : 'its pending IO will fail';
    return { rule: record.hasCloseSession ? 'D16' : 'D17', why, untilUs: failsUntilUs(waiting) };
  }
  if (isPending) return ioWillTimeOut(waiting);
  if (!record.hasCloseSession) return idle(waiting, 'S11', 'no close_session to tell it');
  return idle(waiting, 'D16', 'only its own IO could fail');
}

const ioWillTimeOut = (waiting: Waiting): Untold => ({
  rule: 'S17',
  why: 'its pending IO will time out',
  untilUs: ioUntilUs(waiting),
});

/** Only what its application does could make it learn; a timer of the application may do it. */
function idle({ fabric, record }: Waiting, rule: string, why: string): Untold {
  return { rule, why, untilUs: fabric.entries.hasTimer(record.process) ? NO_BOUND : NEVER };
}

function ioUntilUs({ deadlines, ipcUs, fabric }: Waiting): number {
  // RMC has no IO any more: what it said of it is on its way by IPC.
  return (Number.isFinite(deadlines.ioAtUs) ? deadlines.ioAtUs : fabric.world.nowUs) + ipcUs;
}

/** When the session fails at the latest: of silence, which frames that are still on their way put off, or of its IO. */
function failsUntilUs(waiting: Waiting): number {
  const { fabric, record, deadlines, ipcUs } = waiting;
  const { silentAtUs, heardUs, ioAtUs, openAtUs } = deadlines;
  const lastUs = lastArrivalUs(fabric, record);
  const silentUs = lastUs > heardUs ? silentAtUs + lastUs - heardUs : silentAtUs;
  return Math.min(silentUs, ioAtUs, openAtUs) + ipcUs;
}

/** When the last of the frames that the peer's node has sent will be there; 0: none is on its way. */
function lastArrivalUs(fabric: Fabric, record: SessionRecord): number {
  const { bus } = fabric.world;
  const { from, to } = bus.frames;
  return bus
    .flying()
    .filter(({ slot }) => from[slot] === record.peerNode && to[slot] === record.node)
    .reduce((last, { arrivesUs }) => Math.max(last, arrivesUs), 0);
}
