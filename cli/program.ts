import type { Given } from './commandLine.js';
import { type ExitStatus, PASSED, STOPPED, UsageError, WRONG } from './exitStatus.js';
import { commandHelp, programHelp } from './helpText.js';
import type { Host } from './host.js';
import { version } from './packageFiles.js';

/** Each command's code is loaded when it is asked for: a drill needs no screen. */
async function runGiven(given: Given, host: Host): Promise<ExitStatus> {
  switch (given.command.name) {
    case 'drill':
      return (await import('./drill.js')).runDrillCommand(given, host);
    case 'monitor':
      return (await import('./monitor.js')).runMonitorCommand(given, host);
    default:
      return (await import('./ui.js')).runUiCommand(given, host);
  }
}

async function run(args: readonly string[], host: Host): Promise<ExitStatus> {
  // The two that need nothing else are answered without loading anything else.
  if (args.length === 1 && args[0] === '--version') return told(host, `${version()}\n`);
  if (args.length === 1 && args[0] === '--help') return told(host, programHelp());
  const { readCommandLine } = await import('./commandLine.js');
  const given = readCommandLine(args);
  if (given.options.flag('version') === true) return told(host, `${version()}\n`);
  if (given.options.flag('help') === true) {
    return told(host, given.named ? commandHelp(given.command) : programHelp());
  }
  return await runGiven(given, host);
}

function told(host: Host, text: string): ExitStatus {
  host.out(text);
  return PASSED;
}

/** Limits and full disks have a name; anything else is a mistake of ours, shown with where it happened. */
function stopText(error: unknown): string {
  if (!(error instanceof Error)) return `internal error: ${String(error)}`;
  if (error.name === 'LimitReached' || error.name === 'OutputFailed') return error.message;
  return `internal error, please report it: ${error.stack ?? error.message}`;
}

/** Runs the command that the words ask for and says how it ended. Nothing is thrown. */
export async function runProgram(args: readonly string[], host: Host): Promise<ExitStatus> {
  try {
    return await run(args, host);
  } catch (error) {
    if (error instanceof UsageError) {
      const command = error.command === undefined ? '' : `${error.command} `;
      host.err(`rmc-emu: ${error.message}\nTry: rmc-emu ${command}--help\n`);
      return WRONG;
    }
    host.err(`rmc-emu: ${stopText(error)}\n`);
    return STOPPED;
  }
}
