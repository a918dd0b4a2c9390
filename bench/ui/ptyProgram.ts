import { existsSync, readFileSync } from 'node:fs';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** The painter hides the cursor at the end of every frame. */
const FRAME_END = '\x1b[?25l';
/** Questions that a terminal has to answer: where the cursor is, what it is, which colours it has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character
const QUESTIONS = /\x1b\[(\?|>|=)?\d*(c|n)|\x1b\][^\x07\x1b]*\?|\x1bP[^\x1b]*\x1b\\/g;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A program on a pseudo-terminal, seen from outside: what it writes, how long its answers take, what it costs. */
export class PtyProgram {
  private readonly pty: IPty;
  private readonly terminal: InstanceType<typeof xterm.Terminal>;
  private waiting: (() => void)[] = [];
  bytes = 0;
  frames = 0;
  questions = 0;
  status: number | undefined;

  constructor(
    argv: readonly string[],
    { columns, rows }: Size,
    environment: Readonly<Record<string, string>>,
  ) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    const env = { ...process.env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', ...environment };
    this.pty = spawn(process.execPath, [...argv], { cols: columns, rows, name: env.TERM, env });
    this.pty.onData((data) => {
      this.bytes += Buffer.byteLength(data);
      this.frames += data.split(FRAME_END).length - 1;
      this.questions += data.match(QUESTIONS)?.length ?? 0;
      this.terminal.write(data, () => this.changed());
    });
    this.pty.onExit(({ exitCode }) => {
      this.status = exitCode;
      this.changed();
    });
  }

  private changed(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const look of waiting) look();
  }

  send(keys: string): void {
    this.pty.write(keys);
  }

  /** The text on the screen. */
  get text(): string {
    const buffer = this.terminal.buffer.active;
    const rows = Array.from({ length: this.terminal.rows }, (_, row) =>
      buffer.getLine(buffer.baseY + row)?.translateToString(true),
    );
    return rows.join('\n');
  }

  /** Waits until something holds, looking each time the screen has changed; false when it did not within the limit. */
  async until(holds: () => boolean, limitMs = 20_000): Promise<boolean> {
    const end = performance.now() + limitMs;
    while (!holds()) {
      const leftMs = end - performance.now();
      if (leftMs <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return true;
  }

  /** Memory that the process has in use; NaN where the system does not say. */
  get residentBytes(): number {
    const text = this.procFile('status');
    return 1024 * Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? Number.NaN);
  }

  /** Seconds of CPU that the process has had; NaN where the system does not say. */
  get cpuSeconds(): number {
    const fields = this.procFile('stat')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) / 100;
  }

  private procFile(name: string): string {
    const path = `/proc/${this.pty.pid}/${name}`;
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  kill(): void {
    if (this.status === undefined) this.pty.kill('SIGKILL');
  }
}
