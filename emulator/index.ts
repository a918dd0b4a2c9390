export type { Block } from './blocks.js';
export type { Bus } from './bus.js';
export { Column } from './eventStore.js';
export type { CommonField, EventDeclaration, EventRegistry, FieldDeclaration, FieldType } from './events.js';
export { commonFields } from './events.js';
export { type EndCheck, type Extension, ExtensionKey } from './extension.js';
export type { FaultRecord, Faults } from './faults.js';
export type { EventFilter } from './filter.js';
export { type FramePool, MAX_FRAME_LENGTH } from './frames.js';
export {
  frameInjections,
  type InjectionKind,
  type InjectionOptions,
  type InjectionState,
  type Injections,
} from './injections.js';
export { defaultLimits, LimitReached, type Limits } from './limits.js';
export { defaultLink, type LinkSetting, type LinkSettings, type LinkState, type Links } from './links.js';
export type { EventLog, LogMode } from './log.js';
export type { LoggedEvent } from './loggedEvent.js';
export type { MemoryErrorRecord, MemorySpaces, OwnerState } from './memory.js';
export type { MemoryPolicy, MemorySpace } from './memorySpace.js';
export { type ArgType, type Earlier, fault, listed, type Parsed } from './monitor/argType.js';
export {
  appName,
  bandwidth,
  choice,
  count,
  duration,
  fileName,
  hexBytes,
  integer,
  nameOf,
  newName,
  nodeName,
  probability,
  sessionName,
  size,
  text,
} from './monitor/argTypes.js';
export { type ClaimedEvent, Claims } from './monitor/claims.js';
export {
  type AnyOption,
  type ArgFault,
  type CommandDeclaration,
  type CommandShape,
  defineCommand,
  type Effect,
  type ExtraArg,
  flag,
  later,
  option,
  optional,
  repeated,
  required,
  rest,
} from './monitor/command.js';
export { eventFields, eventName, eventNames, eventNumber, frameType } from './monitor/eventTypes.js';
export type {
  CheckFailure,
  CommandContext,
  Engine,
  Outcome,
  PromptRequest,
  Wait,
} from './monitor/outcome.js';
export { type Fault, type Place, type Problem, placeText, problemText } from './monitor/problem.js';
export { type Facts, Scope } from './monitor/scope.js';
export type { NodeModel, NodeState, NodeTable, Power } from './power.js';
export type { InboxHandler, Processes, ProcessModel, ProcessRunState, ProcessState } from './processes.js';
export type { RandomStream, RandomStreams } from './random.js';
export { Refused } from './refusal.js';
export type { StringTable } from './strings.js';
export type { Observer, ObserverFailure, Subscription } from './subscribe.js';
export { type EntryHandler, World, type WorldOptions } from './world.js';
export {
  type Allocator,
  allocators,
  type DropReason,
  dropReasons,
  type ExitReason,
  exitReasons,
  type MemoryErrorKind,
  memoryErrorKinds,
  type OwnerKind,
  ownerKinds,
  worldEvents,
} from './worldEvents.js';
