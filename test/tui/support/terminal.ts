import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** The built command. */
export const MAIN = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

/** How a cell looks, as far as the tests ask. */
export interface CellLook {
  readonly text: string;
  readonly bold: boolean;
  readonly reverse: boolean;
  readonly underline: boolean;
  /** Palette number, or -1 for the terminal's own. */
  readonly colour: number;
}

export interface ScreenOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** What to start instead of the built command. */
  readonly program?: string;
}

// What the painter writes when it shows and hides the cursor, for xterm and for the Linux console.
const SHOWN = '(?:\\x1b\\[\\?12l)?\\x1b\\[\\?25h(?:\\x1b\\[\\?\\d+c)?';
const HIDDEN = '\\x1b\\[\\?25l(?:\\x1b\\[\\?\\d+c)?';
/** A screen that was cleared and drawn whole; the painter puts the cursor in its place at the end of each frame. */
const DRAWN_ANEW = new RegExp(
  `\\x1b\\[H\\x1b\\[2?J[^]*\\x1b8(?:${SHOWN})?(?:${HIDDEN}|\\x1b\\[\\d+;\\d+H${SHOWN})$`,
);

const running = new Set<RealScreen>();

/** Ends whatever a test left running: for `afterEach`. */
export function killScreens(): void {
  for (const screen of running) screen.kill();
  running.clear();
}

/** Starts the built command in a pseudo-terminal. */
export function startScreen(parameters: readonly string[], options: ScreenOptions = {}): RealScreen {
  const screen = new RealScreen(parameters, options);
  running.add(screen);
  return screen;
}

/** A program in a pseudo-terminal, and a terminal of the same size that understands what it writes. */
export class RealScreen {
  readonly stateFolder = mkdtempSync(join(tmpdir(), 'rmc-emu-tui-'));
  private readonly pty: IPty;
  private readonly terminal: InstanceType<typeof xterm.Terminal>;
  private unparsed = 0;
  private status: number | undefined;
  private beforeClear = '';
  written = '';

  constructor(parameters: readonly string[], options: ScreenOptions) {
    const { columns = 80, rows = 24, environment = {}, program } = options;
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.terminal.parser.registerCsiHandler({ final: 'J' }, () => {
      this.beforeClear = this.text();
      return false;
    });
    const inherited = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.stateFolder,
      XDG_STATE_HOME: this.stateFolder,
    };
    const env = { ...inherited, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', ...environment };
    const [file, argv] =
      program === undefined ? [process.execPath, [MAIN, ...parameters]] : [program, [...parameters]];
    this.pty = spawn(file, argv, { cols: columns, rows, name: env.TERM, env });
    this.pty.onData((data) => {
      this.written += data;
      this.unparsed += 1;
      this.terminal.write(data, () => {
        this.unparsed -= 1;
      });
    });
    this.terminal.onData((data) => this.pty.write(data));
    this.pty.onExit(({ exitCode, signal }) => {
      this.status = signal !== undefined && signal !== 0 ? 1000 + signal : exitCode;
    });
  }

  get processId(): number {
    return this.pty.pid;
  }

  send(text: string): void {
    this.pty.write(text);
  }

  /**
   * Sends keys, waits until all of them are answered, and returns the screen as they left it. Ctrl-L comes after them:
   * when the screen has been drawn anew they are done, and it must look as before.
   */
  async answer(keys: string): Promise<string> {
    const from = this.written.length;
    this.send(`${keys}\f`);
    await this.until(
      () => DRAWN_ANEW.test(this.written.slice(from)),
      `the screen after ${JSON.stringify(keys)}`,
    );
    return this.beforeClear;
  }

  signal(name: string): void {
    this.pty.kill(name);
  }

  /** Closes the terminal under the program, as when a window is closed or a connection breaks. */
  hangUp(): void {
    const { pty } = this;
    if ('destroy' in pty && typeof pty.destroy === 'function') pty.destroy();
  }

  kill(): void {
    if (this.status === undefined) this.pty.kill('SIGKILL');
  }

  /** Writes across the screen, as other programs on the same terminal do. */
  scribble(text: string): Promise<void> {
    return new Promise((resolve) => this.terminal.write(text, resolve));
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    this.pty.resize(columns, rows);
  }

  /** The screen's rows, without trailing blanks. */
  lines(): string[] {
    const buffer = this.terminal.buffer.active;
    return Array.from({ length: this.terminal.rows }, (_, row) =>
      (buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** Looks of all cells of a row. */
  cells(row: number): CellLook[] {
    const buffer = this.terminal.buffer.active;
    const line = buffer.getLine(buffer.baseY + row);
    return Array.from({ length: this.terminal.cols }, (_, column) => {
      const cell = line?.getCell(column);
      return {
        text: cell?.getChars() || ' ',
        bold: cell?.isBold() !== 0,
        reverse: cell?.isInverse() !== 0,
        underline: cell?.isUnderline() !== 0,
        colour: cell?.isFgPalette() ? cell.getFgColor() : -1,
      };
    });
  }

  get alternate(): boolean {
    return this.terminal.buffer.active.type === 'alternate';
  }

  get cursor(): { x: number; y: number } {
    const buffer = this.terminal.buffer.active;
    return { x: buffer.cursorX, y: buffer.cursorY };
  }

  /** Whether the cursor is to be seen. */
  get cursorShown(): boolean {
    return this.written.lastIndexOf('\x1b[?25h') > this.written.lastIndexOf('\x1b[?25l');
  }

  get mouseMode(): string {
    return this.terminal.modes.mouseTrackingMode;
  }

  get pasteMode(): boolean {
    return this.terminal.modes.bracketedPasteMode;
  }

  /** Waits until all output is parsed and `holds`; fails with the screen. */
  async until(holds: (screen: this) => boolean, what = 'the condition', limitMs = 15_000): Promise<void> {
    const end = Date.now() + limitMs;
    while (Date.now() < end) {
      if (this.unparsed === 0 && holds(this)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(
      `${what} did not come within ${limitMs} ms; status ${this.status}; the screen:\n${this.text()}`,
    );
  }

  /** Waits for text on the screen. */
  async shows(text: string | RegExp, limitMs?: number): Promise<void> {
    const holds = (): boolean =>
      typeof text === 'string' ? this.text().includes(text) : text.test(this.text());
    await this.until(holds, String(text), limitMs);
  }

  /** Waits for the end; the exit status, or 1000 and the signal's number. */
  async exited(): Promise<number> {
    await this.until(() => this.status !== undefined, 'the exit');
    return this.status ?? -1;
  }
}
