import { basename } from 'node:path';
import type { Given } from './commandLine.js';
import { definesOf, seedOf } from './drill/drillOptions.js';
import { type ReadDrill, readDrill, runDrill } from './drill/engine.js';
import { problemsText } from './drill/pretty.js';
import { type ExitStatus, UsageError, WRONG } from './exitStatus.js';
import type { Host } from './host.js';
import { drillOperand } from './operand.js';
import { builtInDrill } from './packageFiles.js';
import { startAtOf } from './startAt.js';
import { storyText } from './story/storyText.js';

/** Consoles of Windows have other keys, signals and escape sequences than the screen is made for. */
const ON_WINDOWS = [
  'rmc-emu: on Windows the terminal UI runs in WSL only. Without WSL there is the same by lines:',
  '  rmc-emu monitor [<drill>]     the prompt, and all commands of the UI',
  '  rmc-emu ui [<drill>] | more   the run told as a timeline',
  '',
].join('\n');

/** `rmc-emu ui` without a terminal: the run as a timeline, then who has learned what and whose memory is whose. */
function tellStory(drill: ReadDrill, seed: number, isBuiltIn: boolean, host: Host): ExitStatus {
  const run = runDrill(drill, seed, 'kept');
  host.out(storyText(isBuiltIn ? basename(drill.file) : drill.file, run));
  return run.status;
}

/** `rmc-emu [ui]`: the terminal UI, or without a terminal the same story as text. */
export async function runUiCommand(given: Given, host: Host): Promise<ExitStatus> {
  const seed = seedOf(given.options);
  const operand = given.operands[0];
  const read = readDrill(
    operand === undefined ? builtInDrill() : drillOperand(operand),
    definesOf(given.options),
  );
  if ('problems' in read) {
    host.err(problemsText(read.problems));
    return WRONG;
  }
  const isScreen = host.terminal.in && host.terminal.out;
  if (!isScreen && startAtOf(given.options) !== undefined) throw new UsageError('--at needs a terminal');
  if (!isScreen) return tellStory(read, seed, operand === undefined, host);
  if (host.platform === 'win32') {
    host.err(ON_WINDOWS);
    return WRONG;
  }
  const { showScreen } = await import('./screen.js');
  return await showScreen(read, seed, operand === undefined, given.options);
}
