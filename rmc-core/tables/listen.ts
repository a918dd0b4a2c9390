// The LISTEN session (S3, S5): waits for somebody's open; its ACCEPT sessions end with it (D1, D22).
import type { StateTable } from './table.js';

/** Closed at once; `close_done` comes when the last close_session under it has returned. */
export const listenTable = {
  LISTENING: {
    OPEN_REQ: { actions: ['considerOpen'] },
    rmc_shutdown: {
      next: 'CLOSED',
      returns: 'RMC_INPROGRESS',
      actions: ['freePort', 'endChildren', 'closeDoneWhenEmpty'],
    },
    owner_gone: { next: 'CLOSED', actions: ['freePort', 'endChildren', 'closeDoneWhenEmpty'] },
    corrupted: { next: 'FAILED', actions: ['freePort', 'endChildren'] },
  },
  FAILED: {
    rmc_shutdown: { next: 'CLOSED', returns: 'RMC_INPROGRESS', actions: ['closeDoneWhenEmpty'] },
    owner_gone: { next: 'CLOSED', actions: ['closeDoneWhenEmpty'] },
  },
  CLOSED: {
    child_gone: { actions: ['closeDoneWhenEmpty'] },
  },
} as const satisfies StateTable;
