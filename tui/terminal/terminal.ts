import { createPainter, type Painter } from '../blessed.js';
import { toAscii } from '../text/glyphs.js';
import type { Line } from '../text/line.js';
import { sgr, type ThemeName, themes } from '../text/theme.js';
import { type InputEvent, KeyDecoder } from './keyDecoder.js';
import { type Environment, isUtf8 } from './locale.js';

/** How long an escape may wait for the rest of its sequence before it is the Escape key. */
const ESCAPE_WAIT_MS = 40;

const MOUSE_ON = '\x1b[?1000h\x1b[?1006h';
const MOUSE_OFF = '\x1b[?1006l\x1b[?1000l';
const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l';

export interface TerminalOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly environment: Environment;
  readonly mouse: boolean;
  /** Draw in ASCII whatever the locale says. */
  readonly ascii: boolean;
  readonly onInput: (event: InputEvent) => void;
  readonly onResize: (width: number, height: number) => void;
  /** The terminal is gone: nobody can see or type anything any more. */
  readonly onGone: () => void;
}

/** How roles look, and whether all is bold: it can be read from further away. */
export interface Look {
  readonly theme: ThemeName;
  readonly isBold: boolean;
}

/** The person's terminal while the UI has it: raw mode, alternate screen, mouse and paste modes. */
export class Terminal {
  private readonly options: TerminalOptions;
  private readonly unicode: boolean;
  private readonly decoder = new KeyDecoder();
  private readonly painter: Painter;
  private escapeTimer: NodeJS.Timeout | undefined;
  private held = true;

  constructor(options: TerminalOptions) {
    this.options = options;
    this.unicode = !options.ascii && isUtf8(options.environment);
    this.painter = createPainter({
      output: options.output,
      environment: options.environment,
      unicode: this.unicode,
    });
    this.modes(true);
    options.input.setEncoding('utf8');
    options.input.on('data', this.read);
    options.input.on('end', options.onGone);
    options.output.on('error', options.onGone);
    options.output.on('resize', this.resized);
    options.input.resume();
  }

  get width(): number {
    return this.options.output.columns || 80;
  }

  get height(): number {
    return this.options.output.rows || 24;
  }

  /** Shows the lines, and the cursor if there is one. */
  draw(
    lines: readonly Line[],
    cursor: { readonly x: number; readonly y: number } | undefined,
    look: Look,
  ): void {
    if (!this.held) return;
    this.painter.paint(
      lines.map((spans) => this.rowText(spans, look)),
      cursor,
    );
  }

  private rowText(spans: Line, { theme, isBold }: Look): string {
    let text = '';
    for (const piece of spans) {
      const attributes = themes[theme].get(piece.role) ?? {};
      const start = sgr(isBold ? { ...attributes, bold: true } : attributes);
      const body = this.unicode ? piece.text : toAscii(piece.text);
      text += start === '' ? body : `${start}${body}\x1b[0m`;
    }
    return text;
  }

  /** Puts a text into the clipboard of the person's terminal (OSC 52), over ssh too. */
  copy(text: string): void {
    if (!this.held) return;
    this.options.output.write(`\x1b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\x07`);
  }

  /** Gives the terminal back as it was, for a while: `resume` takes it again. */
  release(): void {
    if (!this.held) return;
    this.held = false;
    this.modes(false);
    this.painter.leave();
  }

  /** Takes the terminal again, whatever happened to it meanwhile. */
  resume(): void {
    this.held = true;
    this.painter.enter();
    this.modes(true);
    this.painter.forget();
  }

  /** The next draw draws every cell. */
  forget(): void {
    this.painter.forget();
  }

  /** Gives the terminal back for good. */
  close(): void {
    this.release();
    this.options.input.off('data', this.read);
    this.options.input.off('end', this.options.onGone);
    this.options.output.off('resize', this.resized);
    clearTimeout(this.escapeTimer);
    this.options.input.pause();
    this.painter.destroy();
  }

  private modes(on: boolean): void {
    const { input, output, mouse } = this.options;
    if (on) output.write(`${PASTE_ON}${mouse ? MOUSE_ON : ''}`);
    else output.write(`${mouse ? MOUSE_OFF : ''}${PASTE_OFF}`);
    if (input.isTTY && !input.destroyed) setRaw(input, on);
  }

  private readonly read = (chunk: string | Buffer): void => {
    clearTimeout(this.escapeTimer);
    this.deliver(this.decoder.push(String(chunk)));
    if (this.decoder.pending) {
      this.escapeTimer = setTimeout(() => this.deliver(this.decoder.flush()), ESCAPE_WAIT_MS);
    }
  };

  private deliver(events: readonly InputEvent[]): void {
    for (const event of events) this.options.onInput(event);
  }

  private readonly resized = (): void => {
    this.options.onResize(this.width, this.height);
  };
}

/** Raw mode on or off; a terminal that is gone (hang-up) refuses, and there is nothing to restore then. */
function setRaw(input: NodeJS.ReadStream, on: boolean): void {
  try {
    input.setRawMode(on);
  } catch {
    // The terminal is gone.
  }
}
