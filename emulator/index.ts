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
export { eventFields, eventName, eventNames, eventNumber, type FieldWanted } from './monitor/eventTypes.js';
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
