/**
 * What the model holds of RMC's visible behaviour where rmc.md gives a value: one entry a sentence. A test changes one
 * at a time and shows that the emulator then disagrees.
 */
export interface Opinion {
  /** S9, D9: a block that the application placed, at any end but reuse. */
  readonly placedEnds: 'TRUE' | 'FALSE';
  /** S10, D8: a block that is kept for reuse. */
  readonly reuseEnds: 'TRUE' | 'FALSE';
  /** S12, S13, S16: a block of RMC's own. */
  readonly ownBlockEnds: 'TRUE' | 'FALSE';
  /** D13. */
  readonly sendWhileOpening: string;
  readonly sendWhenFailed: string;
  readonly closeTwice: string;
  /** D1. */
  readonly wrongCloser: string;
  readonly closeOfAccept: string;
  /** D11. */
  readonly portTaken: string;
  readonly portZero: string;
  /** D20. */
  readonly noRmc: string;
  /** D10: on an ACCEPT session whose close_session runs, and after. */
  readonly callWhenOver: string;
  /** D15: a peer is silent after heartbeat × (misses + this). */
  readonly graceOfHeartbeats: number;
  /** D15: R1.0.x has neither HEARTBEAT nor ABORT. */
  readonly oldSaysAbort: boolean;
  /** S20, D17: how often abort_session runs for a failed session. */
  readonly abortSessions: number;
  /** D7: how often close_session runs for an ACCEPT session that ended. */
  readonly closeSessions: number;
  /** D17: the status of the IO that timed out, and of the others. */
  readonly ioTimedOut: string;
  readonly ioGivenUp: string;
  /** D2, D14: times, as parts of the timers that the rules name. */
  readonly openTimeouts: number;
  readonly closeTimeouts: number;
  readonly ioTimeouts: number;
  /** D19: what comes back from an EEE's RMC takes this many `ipc`. */
  readonly ipcBack: number;
  /** D24: copies of a message that an application may be handed. */
  readonly copies: number;
  /** D25: a hole is given up after so many `gap_timeout`, or with so many more than `gap_tolerance` behind it. */
  readonly gapTimeouts: number;
  readonly gapTolerance: number;
  /** D25: how an IO ends that the receiver gave up. */
  readonly missingIo: string;
  /** D25: what waits when a session ends is handed up. */
  readonly flushes: boolean;
  /** D25: what comes later than that is dropped. */
  readonly dropsLate: boolean;
  /** D25: so many are counted as late that were not. */
  readonly lateBefore: number;
  /** D29: under `hardware` a wrong free is carried out. */
  readonly carriesOut: boolean;
  /** D28: what the living have not closed is said at the end. */
  readonly saysNeverClosed: boolean;
  /** D28: a crash takes its memory with it. */
  readonly crashLeaks: boolean;
}

export const ruleBook: Opinion = {
  placedEnds: 'TRUE',
  reuseEnds: 'FALSE',
  ownBlockEnds: 'FALSE',
  sendWhileOpening: 'RMC_ENOTCONN',
  sendWhenFailed: 'RMC_ECONNABORTED',
  closeTwice: 'RMC_EINVAL',
  wrongCloser: 'RMC_EINVAL',
  closeOfAccept: 'RMC_ENOTOWNER',
  portTaken: 'RMC_EADDRINUSE',
  portZero: 'RMC_OK',
  noRmc: 'RMC_ENOTCONN',
  callWhenOver: 'RMC_EINVAL',
  graceOfHeartbeats: 0.5,
  oldSaysAbort: false,
  abortSessions: 1,
  closeSessions: 1,
  ioTimedOut: 'RMC_ETIMEDOUT',
  ioGivenUp: 'RMC_ECONNABORTED',
  openTimeouts: 1,
  closeTimeouts: 1,
  ioTimeouts: 1,
  ipcBack: 1,
  copies: 1,
  gapTimeouts: 1,
  gapTolerance: 0,
  missingIo: 'RMC_ETIMEDOUT',
  flushes: true,
  dropsLate: true,
  lateBefore: 0,
  carriesOut: true,
  saysNeverClosed: true,
  crashLeaks: false,
};
