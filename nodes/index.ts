export type {
  Address,
  AppApi,
  Application,
  CallResult,
  FailReason,
  ListenRequest,
  Offer,
  OpenRequest,
  Returned,
  SessionId,
  Slow,
  SscListenRequest,
} from './application.js';
export { NEVER, RESUMED, slowly } from './application.js';
export { type BehaviourDeclaration, type BehaviourOf, behaviours } from './console/behaviour.js';
export { rmcEvents } from './events.js';
export { rmcExtension } from './extension.js';
export { type Fabric, fabricOf } from './fabric.js';
export type { NodeKind, NodeSetup, Policy } from './kind.js';
export { nodeKinds } from './kinds.js';
export { type MemoryErrorMeaning, memoryErrorMeanings } from './memoryErrorKinds.js';
export { bytesByColumn, mostBytes, sparkline } from './memoryOverTime.js';
export { memoryReport } from './memoryReport.js';
export type { BlockRole, OwnershipPart, OwnershipRow, RmcPlace } from './ownership/rows.js';
export { ownership } from './ownership/table.js';
export { type Duty, dutyText, type Holding, holdings } from './ownership/words.js';
export type { AppRecord, SessionRecord } from './records.js';
export { rmcExtensions } from './registered.js';
export { isAssumption, type Rule } from './rules/rule.js';
export { originOf, rules } from './rules/rules.js';
export { scopeOf } from './scope.js';
export { type NodeSettings, type SettingDeclaration, settingDeclarations } from './settings.js';
export { spanText, table } from './text.js';
export type {
  BusView,
  LedgerRow,
  LedgerView,
  MemoryOverTime,
  NodeView,
  OwnerLetter,
  ProcessBox,
  SessionView,
  WorldView,
} from './view.js';
export { worldView } from './worldView.js';
