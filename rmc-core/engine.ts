// Runs the state tables: an event of a session is looked up, the state changes, then the cell's actions run.
import { writeBlockState } from './block.js';
import type { Action, Machine, Program } from './machine.js';
import { OutputKind, SessionState, type SessionStateName, SessionType, sessionStateNames } from './names.js';
import { pushOutput } from './outputs.js';
import type { Session } from './session.js';
import { Status } from './status.js';
import { acceptTable } from './tables/accept.js';
import { listenTable } from './tables/listen.js';
import { openTable } from './tables/open.js';
import {
  type ActionName,
  type Cell,
  cellOf,
  type EventName,
  eventNames,
  eventNumber,
  type StateTable,
} from './tables/table.js';

const EVENTS = eventNames.length + 1;
const STATES = sessionStateNames.length + 1;

/** Numbers of the events, by name. */
export const Event: Readonly<Record<EventName, number>> = {
  rmc_send: eventNumber('rmc_send'),
  rmc_close: eventNumber('rmc_close'),
  rmc_shutdown: eventNumber('rmc_shutdown'),
  OPEN_REQ: eventNumber('OPEN_REQ'),
  OPEN_ACK: eventNumber('OPEN_ACK'),
  OPEN_NAK: eventNumber('OPEN_NAK'),
  DATA: eventNumber('DATA'),
  ACK: eventNumber('ACK'),
  CLOSE_REQ: eventNumber('CLOSE_REQ'),
  CLOSE_ACK: eventNumber('CLOSE_ACK'),
  HEARTBEAT: eventNumber('HEARTBEAT'),
  ABORT: eventNumber('ABORT'),
  resend: eventNumber('resend'),
  io_timeout: eventNumber('io_timeout'),
  open_timeout: eventNumber('open_timeout'),
  close_timeout: eventNumber('close_timeout'),
  peer_silent: eventNumber('peer_silent'),
  peer_restarted: eventNumber('peer_restarted'),
  reuse: eventNumber('reuse'),
  moved: eventNumber('moved'),
  closed_early: eventNumber('closed_early'),
  listen_ended: eventNumber('listen_ended'),
  child_gone: eventNumber('child_gone'),
  owner_gone: eventNumber('owner_gone'),
  corrupted: eventNumber('corrupted'),
  gap_timeout: eventNumber('gap_timeout'),
};

/** The three tables by the number of their type. */
export const stateTables: readonly {
  readonly type: 'OPEN' | 'LISTEN' | 'ACCEPT';
  readonly table: StateTable;
}[] = [
  { type: 'OPEN', table: openTable },
  { type: 'LISTEN', table: listenTable },
  { type: 'ACCEPT', table: acceptTable },
];

function programIndex(type: number, state: number, event: number): number {
  return (type * STATES + state) * EVENTS + event;
}

function compileCell(cell: Cell, actions: ReadonlyMap<ActionName, Action>): Program {
  return {
    next: cell.next === undefined ? 0 : SessionState[cell.next],
    status: cell.returns === undefined ? -1 : Status[cell.returns],
    first: (cell.first ?? []).map((name) => actionNamed(name, actions)),
    run: cell.actions.map((name) => actionNamed(name, actions)),
  };
}

function actionNamed(name: ActionName, actions: ReadonlyMap<ActionName, Action>): Action {
  const action = actions.get(name);
  if (action === undefined) throw new Error(`rmc-core: no action ${name}`);
  return action;
}

/** Makes the flat list of programs that `fire` looks cells up in. */
export function compileTables(actions: ReadonlyMap<ActionName, Action>): (Program | undefined)[] {
  const programs = new Array<Program | undefined>(4 * STATES * EVENTS).fill(undefined);
  for (const { type, table } of stateTables) {
    for (const state of sessionStateNames) {
      for (const event of eventNames) {
        const cell = cellOf(table, state, event);
        if (cell === undefined) continue;
        const index = programIndex(SessionType[type], SessionState[state as SessionStateName], Event[event]);
        programs[index] = compileCell(cell, actions);
      }
    }
  }
  return programs;
}

/** Puts a session into a state: record, block and host hear of it (D27). */
export function enterState(m: Machine, s: Session, state: number): void {
  s.state = state;
  writeBlockState(m.memory, s.block, state);
  pushOutput(m.state.outputs, OutputKind.STATE, s.handle, state, 0, 0);
}

function runProgram(m: Machine, s: Session, event: number, program: Program): void {
  const first = program.first;
  for (let i = 0; i < first.length; i++) first[i]!(m, s, event);
  if (program.next !== 0) enterState(m, s, program.next);
  const run = program.run;
  for (let i = 0; i < run.length; i++) run[i]!(m, s, event);
}

/** Does what the table says. False: nothing stands there, and nothing was done. */
export function fire(m: Machine, s: Session, event: number): boolean {
  const program = m.programs[programIndex(s.type, s.state, event)];
  if (program === undefined) return false;
  runProgram(m, s, event, program);
  return true;
}

/** As `fire`, for a call: what it returns. An action may have put something else in `callStatus` (D26). */
export function fireCall(m: Machine, s: Session, event: number): number {
  const program = m.programs[programIndex(s.type, s.state, event)];
  m.callStatus = program === undefined ? Status.RMC_EINVAL : program.status;
  if (program !== undefined) runProgram(m, s, event, program);
  return m.callStatus;
}
