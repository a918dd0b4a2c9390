import type { Language, Scope } from '../emulator/index.js';
import type { Fabric } from './fabric.js';

/** The names that a world has, for commands to a world that was not made by commands. */
export function scopeOf(fabric: Fabric, language: Language): Scope {
  const scope = language.newScope();
  addNames(scope, fabric);
  return scope;
}

/** Adds the names that a world has. */
export function addNames(scope: Scope, fabric: Fabric): void {
  for (const { state, kind } of fabric.nodes.values()) {
    const { rmcIsProcess, placesAcceptSessions } = kind;
    scope.add('node', state.name, {
      kind: kind.name,
      release: state.release,
      rmcIsProcess,
      placesAcceptSessions,
    });
  }
  for (const app of fabric.apps) scope.add('app', app.name, { node: fabric.node(app.node).state.name });
  for (const record of fabric.sessions.values()) scope.add('session', record.name);
}
