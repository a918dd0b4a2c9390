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
  check: (world, claims) =>
    world.memory.errors
      .filter((error) => !claims.names({ event: 'memory_error', fields: error.fields }))
      .filter((error) => error.kind !== 'leak' || !isLeakClaimed(error, claims))
      .map((error) => ({
        message: `memory error ${error.kind} that no check named`,
        event: error.event,
        ...node(error.fields.get('node')),
      })),
};

/** `expect memory <node>|<app> --leaked <n>` passed with the very number, so it names the leaks there. */
function isLeakClaimed(error: MemoryErrorRecord, claims: Claims): boolean {
  return ['app', 'node'].some((field) => (claims.claimed('leak', String(error.fields.get(field))) ?? 0) > 0);
}

function node(name: string | number | undefined): { readonly node?: string } {
  return typeof name === 'string' ? { node: name } : {};
}

/** What must hold at the end of every drill, whatever kinds of node are in it. */
export const worldEndChecks: readonly EndCheck[] = Object.freeze([injectionsTookEffect, memoryErrorsNamed]);
