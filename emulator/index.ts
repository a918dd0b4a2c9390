export { Beside, type Loss, type Rewrite } from './beside/beside.js';
export { type GivenOption, withOption, withWord } from './beside/mend.js';
export type { Block } from './blocks.js';
export type { Bus } from './bus.js';
export { checkpointPartOf, remembered } from './checkpoint/remembered.js';
export {
  type Divergence,
  divergenceLines,
  divergenceOf,
  type RunView,
  type SideView,
  viewOfLog,
} from './divergence/divergence.js';
export { lockstep, type Runnable } from './divergence/lockstep.js';
export {
  type SectionDifference,
  type StateRow,
  type StateSection,
  stateDifferences,
} from './divergence/rows.js';
export type { Branch } from './drill/branches.js';
export { type Call, CallRun, type Standing } from './drill/callRun.js';
export { checkDeterminism, type DeterminismResult } from './drill/determinism.js';
export { type Drill, linesRun } from './drill/drillAst.js';
export { DrillRun, type DrillRunOptions, runDrill } from './drill/drillRun.js';
export { eachCommand } from './drill/eachCommand.js';
export { CommandEngine } from './drill/engine.js';
export { chainOfCauses, eventText, lastEvents, timeText } from './drill/eventText.js';
export type { DrillFailure } from './drill/failure.js';
export { type DrillOptions, type DrillParsed, parseDrill } from './drill/parseDrill.js';
export type { Position } from './drill/position.js';
export { type Answer, Prompt, type PromptOptions } from './drill/prompt.js';
export type { ReadFile } from './drill/readTree.js';
export type { DrillResult, ExitCode, FailureReport } from './drill/result.js';
export { type Act, DrillRunner, type Moved, type RunState } from './drill/runner.js';
export { MOST_SEEN_CHECKS } from './drill/seenChecks.js';
export { Timeline } from './drill/timeline.js';
export type { PlayBudget, TimelineMode, TimelineOptions } from './drill/timelineOptions.js';
export { Column } from './eventStore.js';
export type { CommonField, EventDeclaration, EventRegistry, FieldDeclaration, FieldType } from './events.js';
export { commonFields } from './events.js';
export { type EndCheck, type Extension, type ExtensionKey, extensionKey } from './extension.js';
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
export type { MemoryErrorRecord, MemorySpaces, OwnerState, ReportedBlock } from './memory.js';
export type { SeriesState } from './memorySeries.js';
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
  type FlagOption,
  flag,
  later,
  needed,
  option,
  optional,
  repeated,
  required,
  rest,
} from './monitor/command.js';
export type { Candidate, Completion } from './monitor/complete.js';
export { eventFields, eventName, eventNames, eventNumber, frameType } from './monitor/eventTypes.js';
export { composeLanguage, Language, type LanguagePart } from './monitor/language.js';
export { nearestWord } from './monitor/nearest.js';
export type {
  CheckFailure,
  CommandContext,
  Engine,
  Outcome,
  PromptRequest,
  Wait,
} from './monitor/outcome.js';
export { type ParsedCommand, usageOf } from './monitor/parseCommand.js';
export { type Fault, type Place, type Problem, placeText, problemText } from './monitor/problem.js';
export { type Facts, Scope } from './monitor/scope.js';
export type { Topic } from './monitor/topic.js';
export { durationText, readDuration } from './monitor/values.js';
export { columnOf, quoteWord } from './monitor/words.js';
export { addressText, clockText } from './numberText.js';
export type { NodeModel, NodeState, NodeTable, Power } from './power.js';
export type { InboxHandler, Processes, ProcessModel, ProcessRunState, ProcessState } from './processes.js';
export type { RandomStream, RandomStreams } from './random.js';
export { Refused } from './refusal.js';
export type { StringTable } from './strings.js';
export type { Observer, ObserverFailure, Subscription } from './subscribe.js';
export type { About } from './why/about.js';
export type { History, Subject } from './why/subject.js';
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
