import { DrillRunner, parseDrill } from '../../emulator/index.js';
import { type Emulator, language } from '../../index.js';
import { fabricOf, scopeOf } from '../../nodes/index.js';

const commands = language();

/** Gives a line of the monitor language, and does not mind when it is refused. What else goes wrong is thrown. */
export function attempt(emulator: Emulator, line: string): void {
  const { world } = emulator;
  const scope = scopeOf(fabricOf(world), commands);
  const parsed = parseDrill(line, 'attempt', commands, { prompt: { scope, defaults: new Map() } });
  if ('problems' in parsed) return;
  const runner = new DrillRunner(world, parsed.drill, commands, { scope, said: () => undefined });
  while (runner.state === 'running') runner.move(Number.POSITIVE_INFINITY);
}
