import { STOPPED } from './exitStatus.js';

/** What a command is given of the process that it runs in; tests give their own. */
export interface Host {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The operating system, as Node.js names it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether standard input, standard output, standard error is a terminal. */
  readonly terminal: { readonly in: boolean; readonly out: boolean; readonly err: boolean };
  /** Whoever read standard output has gone (`| head`): nobody is served by more of it. */
  readonly outputGone: () => boolean;
}

export function processHost(): Host {
  let gone = false;
  // Without a listener a closed pipe would end the program with a stack trace.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    gone = true;
    if (error.code === 'EPIPE') return;
    process.exitCode = STOPPED;
    process.stderr.write(`rmc-emu: standard output cannot be written: ${error.message}\n`);
  });
  process.stderr.on('error', () => {});
  return {
    out: (text) => void (gone || process.stdout.write(text)),
    err: (text) => void process.stderr.write(text),
    platform: process.platform,
    environment: process.env,
    terminal: {
      in: process.stdin.isTTY === true,
      out: process.stdout.isTTY === true,
      err: process.stderr.isTTY === true,
    },
    outputGone: () => gone,
  };
}

/** Whether to colour what goes to a terminal or not: the option first, then NO_COLOR, then what the output is. */
export function wantsColor(option: boolean | undefined, host: Host): boolean {
  if (option !== undefined) return option;
  const { NO_COLOR: noColor, TERM: terminal } = host.environment;
  if (noColor !== undefined && noColor !== '') return false;
  return host.terminal.out && terminal !== 'dumb';
}
