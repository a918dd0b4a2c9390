import type { Fabric } from '../fabric.js';
import type { LedgerEntry, Witness } from './ledger.js';

/** Missed heartbeats that a view shows, the latest. */
const MOST_SHOWN = 16;

/**
 * When the heartbeats were due that a witness's RMC has missed since the failure, in virtual time (D15); empty where
 * its RMC does not count them, or learned in another way.
 */
export function missedBeats(fabric: Fabric, entry: LedgerEntry, witness: Witness): readonly number[] {
  const record = fabric.session(witness.session);
  /* v8 ignore next -- @preserve off the record are only sessions after which thousands have ended: nobody waits for them */
  if (record === undefined) return [];
  const { kind, state } = fabric.node(record.node);
  const misses = state.settings.heartbeatMisses;
  const wasTold = witness.how !== '';
  let heardUs: number;
  let beatUs: number;
  if (wasTold) {
    if (witness.reason !== 'silence') return [];
    const ipcUs = kind.rmcIsProcess ? state.settings.ipcUs : 0;
    beatUs = fabric.node(record.peerNode).state.settings.heartbeatUs;
    heardUs = witness.toldUs - ipcUs - beatUs * (misses + 0.5);
  } else {
    const deadlines = fabric.hosts.get(record.host)?.core.deadlines(record.handle);
    if (deadlines === undefined || !Number.isFinite(deadlines.silentAtUs)) return [];
    heardUs = deadlines.heardUs;
    beatUs = (deadlines.silentAtUs - heardUs) / (misses + 0.5);
  }
  const untilUs = wasTold ? witness.toldUs : fabric.world.nowUs;
  return Array.from({ length: misses }, (_, beat) => Math.round(heardUs + beatUs * (beat + 1)))
    .filter((dueUs) => dueUs >= entry.timeUs && dueUs <= untilUs)
    .slice(-MOST_SHOWN);
}
