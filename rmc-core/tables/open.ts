// The OPEN session (S2, S5): what a client's session does.
import type { StateTable } from './table.js';

const CLOSE_WHILE_OPENING = [
  'stopOpening',
  'closeWhenDrained',
  'openDoneAborted',
] as const satisfies readonly string[];

/** D13, D14, D15, D17. After an unsuccessful open the session is FAILED and still has to be closed. */
export const openTable = {
  OPENING: {
    rmc_send: { returns: 'RMC_ENOTCONN', actions: [] },
    rmc_close: { next: 'CLOSING', returns: 'RMC_INPROGRESS', actions: CLOSE_WHILE_OPENING },
    owner_gone: { next: 'CLOSING', actions: CLOSE_WHILE_OPENING },
    OPEN_ACK: { next: 'OPEN', actions: ['learnPeer', 'beatAtOnce', 'openDoneOk'] },
    OPEN_NAK: { next: 'FAILED', actions: ['leaveWire', 'openDoneRefused'] },
    resend: { actions: ['sendOpenReq'] },
    open_timeout: { next: 'FAILED', actions: ['leaveWire', 'openDoneTimedOut'] },
    corrupted: { next: 'FAILED', actions: ['leaveWire', 'openDoneAborted'] },
  },
  OPEN: {
    rmc_send: { returns: 'RMC_INPROGRESS', actions: ['queueMessage', 'sendWaiting'] },
    rmc_close: { next: 'CLOSING', returns: 'RMC_INPROGRESS', actions: ['closeWhenDrained'] },
    owner_gone: { next: 'CLOSING', actions: ['closeWhenDrained'] },
    DATA: { actions: ['takeAck', 'sendWaiting', 'receive'] },
    ACK: { actions: ['takeAck', 'sendWaiting'] },
    resend: { actions: ['resendData'] },
    io_timeout: { next: 'FAILED', actions: ['sendAbort', 'leaveWire', 'failIos', 'abortSession'] },
    ABORT: { next: 'FAILED', actions: ['peerFailed', 'leaveWire', 'failIos', 'abortSession'] },
    peer_silent: { next: 'FAILED', actions: ['leaveWire', 'failIos', 'abortSession'] },
    peer_restarted: { next: 'FAILED', actions: ['leaveWire', 'failIos', 'abortSession'] },
    corrupted: { next: 'FAILED', actions: ['leaveWire', 'failIos', 'abortSession'] },
  },
  CLOSING: {
    DATA: { actions: ['takeAck', 'sendWaiting', 'receive', 'closeWhenDrained'] },
    ACK: { actions: ['takeAck', 'sendWaiting', 'closeWhenDrained'] },
    resend: { actions: ['resendData', 'resendClose'] },
    CLOSE_ACK: { next: 'CLOSED', actions: ['leaveWire', 'failIos', 'closeDoneOk'] },
    ABORT: { next: 'CLOSED', actions: ['leaveWire', 'failIos', 'closeDoneOk'] },
    close_timeout: { next: 'CLOSED', actions: ['leaveWire', 'failIos', 'closeDoneTimedOut'] },
    io_timeout: { next: 'CLOSED', actions: ['sendAbort', 'leaveWire', 'failIos', 'closeDoneAborted'] },
    peer_silent: { next: 'CLOSED', actions: ['leaveWire', 'failIos', 'closeDoneAborted'] },
    peer_restarted: { next: 'CLOSED', actions: ['leaveWire', 'failIos', 'closeDoneAborted'] },
    corrupted: { next: 'CLOSED', actions: ['leaveWire', 'failIos', 'closeDoneAborted'] },
  },
  FAILED: {
    rmc_send: { returns: 'RMC_ECONNABORTED', actions: [] },
    rmc_close: { next: 'CLOSED', returns: 'RMC_INPROGRESS', actions: ['closeDoneOk'] },
    owner_gone: { next: 'CLOSED', actions: ['closeDoneOk'] },
  },
  CLOSED: {},
} as const satisfies StateTable;
