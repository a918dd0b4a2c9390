// The ACCEPT session (S4): made and managed by RMC. Every end of it runs close_session (D7), with the flag of D8 and D9.
import type { StateTable } from './table.js';

const FLUSH = ['flush'] as const satisfies readonly string[];
const END = ['leaveWire', 'failIos', 'closing'] as const satisfies readonly string[];

/** D8, D9, D14, D16, D20, D22. CLOSED is the time until close_session has returned; calls then are RMC_EINVAL (D10). */
export const acceptTable = {
  ESTABLISHED: {
    rmc_send: { returns: 'RMC_INPROGRESS', actions: ['queueMessage', 'sendWaiting'] },
    rmc_close: { returns: 'RMC_ENOTOWNER', actions: [] },
    rmc_shutdown: { returns: 'RMC_ENOTOWNER', actions: [] },
    OPEN_REQ: { actions: ['extendOpen', 'sendOpenAck'] },
    DATA: { actions: ['confirm', 'takeAck', 'sendWaiting', 'receive'] },
    ACK: { actions: ['confirm', 'takeAck', 'sendWaiting', 'hearAsk'] },
    HEARTBEAT: { actions: ['confirm'] },
    gap_timeout: { actions: ['giveUpGaps'] },
    resend: { actions: ['resendData'] },
    CLOSE_REQ: { next: 'CLOSED', first: FLUSH, actions: ['takeAck', 'sendCloseAck', ...END] },
    closed_early: { next: 'CLOSED', first: FLUSH, actions: END },
    ABORT: { next: 'CLOSED', first: FLUSH, actions: ['peerFailed', ...END] },
    io_timeout: { next: 'CLOSED', first: FLUSH, actions: ['sendAbort', ...END] },
    open_timeout: { next: 'CLOSED', first: FLUSH, actions: END },
    peer_silent: { next: 'CLOSED', first: FLUSH, actions: END },
    peer_restarted: { next: 'CLOSED', first: FLUSH, actions: END },
    reuse: { next: 'CLOSED', first: FLUSH, actions: END },
    moved: { next: 'CLOSED', first: FLUSH, actions: END },
    listen_ended: { next: 'CLOSED', first: FLUSH, actions: ['sendAbort', ...END] },
    owner_gone: { next: 'CLOSED', first: FLUSH, actions: ['sendAbort', ...END] },
    corrupted: { next: 'CLOSED', first: FLUSH, actions: END },
  },
  CLOSED: {},
} as const satisfies StateTable;
