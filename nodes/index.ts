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
} from './app/application.js';
export { NEVER, RESUMED, slowly } from './app/application.js';
export type { Difference } from './beside/differences.js';
export type { FlipBy } from './beside/flip.js';
export { OtherRun } from './beside/otherRun.js';
export { type BehaviourDeclaration, type BehaviourOf, behaviours } from './console/behaviour.js';
export { rmcEvents } from './events.js';
export { rmcExtension } from './extension.js';
export { type Fabric, fabricOf } from './fabric.js';
export type { NodeKind, NodeSetup, Policy } from './kind.js';
export { nodeKinds } from './kinds.js';
export { type MemoryErrorMeaning, memoryErrorMeanings } from './memory/memoryErrorKinds.js';
export { bytesByColumn, mostBytes, sparkline } from './memory/memoryOverTime.js';
export { memoryReport } from './memory/memoryReport.js';
export type { BlockRole, OwnershipPart, OwnershipRow, RmcPlace } from './ownership/rows.js';
export { ownership } from './ownership/table.js';
export { type Duty, dutyText, type Holding, holdings } from './ownership/words.js';
export { checkRecording, type RecordedCall, type Recording, recordingOf } from './recording/recording.js';
export { type Replayer, type ReplayParts, replayAll } from './recording/replaying.js';
export type { AppRecord, SessionRecord } from './records.js';
export { rmcExtensions } from './registered.js';
export { isAssumption, type Rule } from './rules/rule.js';
export { originOf, rules } from './rules/rules.js';
export { scopeOf } from './scope.js';
export { type NodeSettings, type SettingDeclaration, settingDeclarations } from './settings.js';
export { type BlockDetail, blockDetail, type FieldView } from './views/blockDetail.js';
export {
  type BlockView,
  type EventMoment,
  memoryMap,
  type OwnerView,
  type PoolView,
  type SpaceView,
} from './views/memoryMap.js';
export { outlookText, spanText, table } from './views/text.js';
export type {
  BusView,
  FlyingFrame,
  LedgerRow,
  LedgerView,
  MemoryOverTime,
  NodeView,
  OwnerLetter,
  ProcessBox,
  SessionView,
  WorldView,
} from './views/view.js';
export { worldView } from './views/worldView.js';
