import type { Language } from '../monitor/language.js';
import type { ParsedCommand } from '../monitor/parseCommand.js';
import type { Scope } from '../monitor/scope.js';
import { DrillCursor } from './cursor.js';
import type { Drill } from './drillAst.js';

/** Goes through the commands of a drill as they will run, with the names that there are at each. Nothing runs. */
export function eachCommand(
  drill: Drill,
  language: Language,
  visit: (command: ParsedCommand, scope: Scope) => void,
): void {
  const scope = language.newScope();
  const cursor = new DrillCursor(drill.items, language);
  for (let next = cursor.next(scope); next !== undefined; next = cursor.next(scope)) {
    visit(next.command, scope);
    next.command.bound.declare(scope);
  }
}
