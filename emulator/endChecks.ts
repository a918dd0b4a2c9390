import type { EndCheck } from './extension.js';
import type { MemoryErrorRecord } from './memory.js';
import type { Claims } from './monitor/claims.js';

/** A fault that was injected and met nothing shows that the drill does not test what it says. */
const injectionsTookEffect: EndCheck = {
  name: 'every injection took effect',
  check: (world) =>
    world.injections.unused().map((name) => ({ message: `the injection ${name} never took effect` })),
};

/** A memory error that no check named. */
const memoryErrorsNamed: EndCheck = {
  name: 'no memory error that no check named',
  check: (world, claims) => {
    const used = new Map<string, number>();
    return world.memory.errors
      .filter((error) => !claims.names({ event: 'memory_error', fields: error.fields }))
      .filter((error) => error.kind !== 'leak' || !takesClaim(error, claims, used))
      .map((error) => ({
        message: `memory error ${error.kind} that no check named`,
        event: error.event,
        ...node(error.fields.get('node')),
      }));
  },
};

/** `expect memory <node>|<app> --leaked <n>` passed, so it names that many leaks there: later ones it has not seen. */
function takesClaim(error: MemoryErrorRecord, claims: Claims, used: Map<string, number>): boolean {
  for (const field of ['app', 'node']) {
    const subject = String(error.fields.get(field));
    const before = used.get(subject) ?? 0;
    if (before >= (claims.claimed('leak', subject) ?? 0)) continue;
    used.set(subject, before + 1);
    return true;
  }
  return false;
}

function node(name: string | number | undefined): { readonly node?: string } {
  return typeof name === 'string' ? { node: name } : {};
}

/** What must hold at the end of every drill, whatever kinds of node are in it. */
export const worldEndChecks: readonly EndCheck[] = Object.freeze([injectionsTookEffect, memoryErrorsNamed]);
