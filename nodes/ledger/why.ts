import type { Fabric } from '../fabric.js';
import type { SessionRecord } from '../records.js';
import type { LedgerEntry, Witness } from './ledger.js';

export interface Why {
  readonly rule: string;
  /** For a person, in a few words. */
  readonly why: string;
}

/** How RMC, or the application, came to know. */
export function whyTold(fabric: Fabric, witness: Witness): Why {
  const { rule, reason } = witness;
  switch (reason) {
    case 'silence': {
      const { settings } = fabric.node(fabric.app(witness.app).node).state;
      return { rule: `D15 ${rule}`, why: `${settings.heartbeatMisses} heartbeats missed` };
    }
    case 'abort':
      return { rule: `D15 ${rule}`, why: 'the far RMC said so (ABORT)' };
    case 'incarnation':
      return { rule: `D15 ${rule}`, why: 'a newer incarnation was seen' };
    case 'io':
      return { rule, why: 'an IO was not acknowledged in time' };
    case 'rmc':
      return { rule, why: 'the RMC process of its own node died' };
    case 'send':
      return { rule, why: 'a new IO was refused at once' };
    default:
      return { rule, why: `rmc_open ended in ${reason}` };
  }
}

/** Why nobody has told it, and what could. */
export function whyNotTold(fabric: Fabric, entry: LedgerEntry, witness: Witness): Why {
  const record = fabric.session(witness.session);
  if (record === undefined || record.lost || !fabric.world.processes.isAlive(record.process)) {
    return { rule: 'D20', why: 'it died itself' };
  }
  if (fabric.world.processes.get(record.process).state === 'hung') {
    return { rule: 'D21', why: 'it hangs itself: what comes for it waits' };
  }
  if (entry.about.endsWith('.rmc')) return { rule: 'D19', why: 'on its way by IPC' };
  if (record.over) return { rule: 'D14', why: 'its session is closed' };
  const note = entry.app === '' ? '' : fabric.node(record.peerNode).silenceNote(fabric.appNamed(entry.app));
  if (note !== '') return { rule: 'D21', why: note };
  if (isTellingNow(fabric, entry, record))
    return { rule: 'D20', why: 'RMC there lives: its ABORT is on the way' };
  return record.type === 'ACCEPT' ? acceptWaits(fabric, record) : openWaits(fabric, record);
}

/** D20: an application died, and the RMC process of its node lives to say so. */
function isTellingNow(fabric: Fabric, entry: LedgerEntry, record: SessionRecord): boolean {
  if (entry.app === '' || entry.what !== 'process_exit' || !record.hasAbortSession) return false;
  return fabric.node(record.peerNode).rmcProcess() !== 0 && isMonitored(fabric, record);
}

function isMonitored(fabric: Fabric, record: SessionRecord): boolean {
  const own = fabric.node(record.node).state.release;
  return own === 'R1.1' && fabric.node(record.peerNode).state.release === 'R1.1';
}

function openWaits(fabric: Fabric, record: SessionRecord): Why {
  if (isMonitored(fabric, record)) {
    if (record.hasAbortSession) return { rule: 'D15', why: 'heartbeats are being missed' };
    return record.ioBegun > record.ioEnded
      ? { rule: 'D17', why: 'no abort_session: its pending IO will fail' }
      : { rule: 'S21', why: 'no abort_session: its next IO fails at once' };
  }
  return record.ioBegun > record.ioEnded
    ? { rule: 'S17', why: 'its pending IO will time out' }
    : { rule: 'S17', why: 'idle: no IO that could fail' };
}

function acceptWaits(fabric: Fabric, record: SessionRecord): Why {
  if (!record.hasCloseSession) return { rule: 'S11', why: 'no close_session to tell it' };
  if (isMonitored(fabric, record)) return { rule: 'D16', why: 'heartbeats are being missed' };
  return { rule: 'D16', why: 'only its own IO could fail' };
}
