// The OPEN session (S2, S5): what a client's session does.
import type { StateTable } from './table.js';

const CLOSE_WHILE_OPENING = [
  'stopOpening',
  'closeWhenDrained',
  'openDoneAborted',
] as const satisfies readonly string[];

const FLUSH = ['flush'] as const satisfies readonly string[];
const FAIL = ['leaveWire', 'failIos', 'abortSession'] as const satisfies readonly string[];

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
    ACK: { actions: ['takeAck', 'sendWaiting', 'hearAsk'] },
    gap_timeout: { actions: ['giveUpGaps'] },
    resend: { actions: ['resendData'] },
    io_timeout: { next: 'FAILED', first: FLUSH, actions: ['sendAbort', ...FAIL] },
    ABORT: { next: 'FAILED', first: FLUSH, actions: ['peerFailed', ...FAIL] },
    peer_silent: { next: 'FAILED', first: FLUSH, actions: FAIL },
    peer_restarted: { next: 'FAILED', first: FLUSH, actions: FAIL },
    corrupted: { next: 'FAILED', first: FLUSH, actions: FAIL },
  },
  CLOSING: {
    DATA: { actions: ['takeAck', 'sendWaiting', 'receive', 'closeWhenDrained'] },
    ACK: { actions: ['takeAck', 'sendWaiting', 'hearAsk', 'closeWhenDrained'] },
    gap_timeout: { actions: ['giveUpGaps'] },
    resend: { actions: ['resendData', 'resendClose'] },
    CLOSE_ACK: { next: 'CLOSED', first: FLUSH, actions: ['leaveWire', 'failIos', 'closeDoneOk'] },
    ABORT: { next: 'CLOSED', first: FLUSH, actions: ['leaveWire', 'failIos', 'closeDoneOk'] },
    close_timeout: { next: 'CLOSED', first: FLUSH, actions: ['leaveWire', 'failIos', 'closeDoneTimedOut'] },
    io_timeout: {
      next: 'CLOSED',
      first: FLUSH,
      actions: ['sendAbort', 'leaveWire', 'failIos', 'closeDoneAborted'],
    },
    peer_silent: { next: 'CLOSED', first: FLUSH, actions: ['leaveWire', 'failIos', 'closeDoneAborted'] },
    peer_restarted: { next: 'CLOSED', first: FLUSH, actions: ['leaveWire', 'failIos', 'closeDoneAborted'] },
    corrupted: { next: 'CLOSED', first: FLUSH, actions: ['leaveWire', 'failIos', 'closeDoneAborted'] },
  },
  FAILED: {
    rmc_send: { returns: 'RMC_ECONNABORTED', actions: [] },
    rmc_close: { next: 'CLOSED', returns: 'RMC_INPROGRESS', actions: ['closeDoneOk'] },
    owner_gone: { next: 'CLOSED', actions: ['closeDoneOk'] },
  },
  CLOSED: {},
} as const satisfies StateTable;
