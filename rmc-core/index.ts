// The pure protocol machine: everything that other parts may import from rmc-core is exported here.
export {
  BLOCK_ALIGN,
  BLOCK_BYTES,
  type BlockField,
  BlockFlag,
  blockFields,
  rmcFreeSession,
} from './block.js';
export type { SessionDeadlines } from './clock.js';
export { type Handle, RmcCore } from './core.js';
export { stateTables } from './engine.js';
export {
  checkFrame,
  decodeFrame,
  type FrameHeader,
  type FrameVerdict,
  frameFields,
  HEADER_BYTES,
  MAX_FRAME_BYTES,
  MAX_MESSAGE_BYTES,
  makeFrameHeader,
} from './frame.js';
export type { CoreConfig } from './machine.js';
export {
  CloseCause,
  type CloseCauseName,
  closeCauseName,
  type DeliveryName,
  FailReason,
  type FailReasonName,
  FrameType,
  type FrameTypeName,
  failReasonName,
  frameTypeName,
  frameTypeNames,
  OutputKind,
  type Release,
  SessionState,
  type SessionStateName,
  SessionType,
  type SessionTypeName,
  sessionStateName,
  sessionTypeName,
} from './names.js';
export type { CoreFrame } from './outbox.js';
export type { CoreOutput } from './outputs.js';
export type { SessionInfo } from './session.js';
export type { ListenParameters, OpenParameters } from './sessions.js';
export type { CoreCounters, CoreState } from './state.js';
export {
  Status,
  type StatusCode,
  type StatusEntry,
  type StatusName,
  statuses,
  statusName,
} from './status.js';
export { printTable, type StateTable } from './tables/table.js';
export { type CoreTimers, defaultCoreTimers, MAX_WINDOW, ORDERED_WINDOW } from './timers.js';
