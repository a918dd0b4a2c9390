import { createInterface } from 'node:readline';
import { clockText } from '../emulator/index.js';
import type { Given } from './commandLine.js';
import { definesOf, seedOf } from './drill/drillOptions.js';
import { readDrill } from './drill/engine.js';
import { problemsText } from './drill/pretty.js';
import { type ExitStatus, PASSED, UsageError, WRONG, worst } from './exitStatus.js';
import type { Host } from './host.js';
import { type LineAnswer, MonitorSession } from './monitorSession.js';
import { drillOperand } from './operand.js';

const isEnd = (line: string): boolean => /^\s*(quit|exit)\s*(#.*)?$/.test(line);

function print(answer: LineAnswer, host: Host): ExitStatus {
  if (answer.lines.length > 0) host.out(`${answer.lines.join('\n')}\n`);
  return answer.status;
}

/** Lines from a pipe: no prompt, no echo; the worst line gives the exit status. */
async function readPipe(session: MonitorSession, host: Host): Promise<ExitStatus> {
  const statuses: ExitStatus[] = [];
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (isEnd(line) || host.outputGone()) break;
    statuses.push(print(session.line(line), host));
  }
  lines.close();
  process.stdin.destroy();
  statuses.push(print(session.end(), host));
  return worst(statuses);
}

/** Lines from a person: a prompt with the virtual time, completion with Tab, history. */
function readTerminal(session: MonitorSession, host: Host): Promise<ExitStatus> {
  const { timeline } = session;
  const { language } = timeline.session;
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: true,
    completer: (line: string) => {
      const { from, candidates } = language.complete(line, line.length, timeline.scope);
      return [candidates.map(({ text }) => text), line.slice(from)];
    },
  });
  const ask = (): void => {
    lines.setPrompt(session.isOpen ? '… ' : `${clockText(timeline.world.nowUs)} > `);
    lines.prompt();
  };
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      if (isEnd(line)) {
        lines.close();
        return;
      }
      // While a command runs, Ctrl-C is the signal that ends the program, and no key.
      process.stdin.setRawMode(false);
      print(session.line(line), host);
      process.stdin.setRawMode(true);
      ask();
    });
    lines.on('SIGINT', () => {
      const [said = '(quit or Ctrl-D ends the monitor)'] = session.abandon();
      host.out(`\n${said}\n`);
      ask();
    });
    lines.on('close', () => {
      if (session.isOpen) host.out('\n');
      print(session.end(), host);
      resolve(PASSED);
    });
    host.out('help lists the commands; Tab completes; quit or Ctrl-D ends.\n');
    ask();
  });
}

/** `rmc-emu monitor`: the monitor by lines. */
export async function runMonitorCommand(given: Given, host: Host): Promise<ExitStatus> {
  const seed = seedOf(given.options);
  const defines = definesOf(given.options);
  const operand = given.operands[0];
  if (operand === undefined && defines.size > 0) {
    throw new UsageError('--define is for the variables of a drill; name the drill', 'monitor');
  }
  const read = operand === undefined ? undefined : readDrill(drillOperand(operand), defines);
  if (read !== undefined && 'problems' in read) {
    host.err(problemsText(read.problems));
    return WRONG;
  }
  const onTerminal = host.terminal.in && host.terminal.out;
  const session = new MonitorSession(read, seed, !onTerminal);
  return await (onTerminal ? readTerminal(session, host) : readPipe(session, host));
}
