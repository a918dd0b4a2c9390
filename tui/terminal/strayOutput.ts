import { format } from 'node:util';

const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;

/**
 * Sends what code writes with `console` to `take` instead of across the screen. Returns how to put the console back.
 */
export function catchConsole(take: (text: string) => void): () => void {
  const target: Console = globalThis.console;
  const kept = methods.map((name) => [name, target[name]] as const);
  for (const name of methods) target[name] = (...values: unknown[]) => take(format(...values));
  return () => {
    for (const [name, method] of kept) target[name] = method;
  };
}
