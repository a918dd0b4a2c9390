// What a state table is: state × event → what happens. The three tables are the behaviour of the three session types;
// this file names their events and actions and turns a table into something quick to run and something to print.
import { type SessionStateName, sessionStateNames } from '../names.js';
import type { StatusName } from '../status.js';

/** Calls of the application, frames, times, the peer, and what happens around a session. In the order of their numbers. */
export const eventNames = [
  'rmc_send',
  'rmc_close',
  'rmc_shutdown',
  'OPEN_REQ',
  'OPEN_ACK',
  'OPEN_NAK',
  'DATA',
  'ACK',
  'CLOSE_REQ',
  'CLOSE_ACK',
  'HEARTBEAT',
  'ABORT',
  'resend',
  'io_timeout',
  'open_timeout',
  'close_timeout',
  'peer_silent',
  'peer_restarted',
  'reuse',
  'moved',
  'closed_early',
  'listen_ended',
  'child_gone',
  'owner_gone',
  'corrupted',
  'gap_timeout',
] as const;
export type EventName = (typeof eventNames)[number];

/** What a cell may do, in the order in which it stands there. `actions.ts` says how. */
export const actionNames = [
  'queueMessage',
  'takeAck',
  'sendWaiting',
  'receive',
  'hearAsk',
  'giveUpGaps',
  'flush',
  'sendOpenReq',
  'sendOpenAck',
  'extendOpen',
  'learnPeer',
  'beatAtOnce',
  'confirm',
  'closeWhenDrained',
  'resendClose',
  'resendData',
  'sendCloseAck',
  'sendAbort',
  'stopOpening',
  'leaveWire',
  'openDoneOk',
  'openDoneRefused',
  'openDoneTimedOut',
  'openDoneAborted',
  'peerFailed',
  'failIos',
  'abortSession',
  'closeDoneOk',
  'closeDoneTimedOut',
  'closeDoneAborted',
  'closing',
  'considerOpen',
  'freePort',
  'endChildren',
  'closeDoneWhenEmpty',
] as const;
export type ActionName = (typeof actionNames)[number];

/**
 * One cell. `next` is the state after it (the same when left out), `returns` what a call gets, `first` what is done
 * while the session is still in the old state.
 */
export interface Cell {
  readonly next?: SessionStateName;
  readonly returns?: StatusName;
  readonly first?: readonly ActionName[];
  readonly actions: readonly ActionName[];
}

/**
 * A table: the states of a type, in each the events that mean something there. What is missing does nothing: a frame
 * or an event is dropped, a call returns RMC_EINVAL (D1, D13).
 */
export type StateTable = { readonly [S in SessionStateName]?: { readonly [E in EventName]?: Cell } };

/** Number of an event, from 1. */
export function eventNumber(name: EventName): number {
  return eventNames.indexOf(name) + 1;
}

/** The cell for a state and an event, if there is one. */
export function cellOf(table: StateTable, state: SessionStateName, event: EventName): Cell | undefined {
  return table[state]?.[event];
}

/** Prints a table, one line a cell: state, event, next state, (what is done first) actions, what the call returns. */
export function printTable(title: string, table: StateTable): string {
  const lines = [title];
  for (const state of sessionStateNames) {
    if (table[state] === undefined) continue;
    for (const event of eventNames) {
      const cell = cellOf(table, state, event);
      if (cell === undefined) continue;
      const returns = cell.returns === undefined ? '' : `  = ${cell.returns}`;
      const next = (cell.next ?? state).padEnd(12);
      const first = cell.first === undefined ? '' : `(${cell.first.join(', ')}) `;
      lines.push(
        `  ${state.padEnd(12)}${event.padEnd(15)}${next}${first}${cell.actions.join(', ')}${returns}`,
      );
    }
  }
  return lines.join('\n');
}
