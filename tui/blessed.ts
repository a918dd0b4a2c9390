import { PassThrough } from 'node:stream';
import blessed from 'blessed';
import { type Environment, terminalName } from './terminal/locale.js';

/**
 * The only import of blessed, and all that it takes to live with it. It draws: given the rows of the screen, one plain
 * box a row, it writes the cells that changed. Keys, mouse, signals and raw mode are not its business (terminal.ts):
 * its key parser splits sequences and its signal handlers lose the exit status.
 */
export interface Painter {
  /** Shows the rows (text with SGR sequences) and puts the cursor at its cell, or hides it. */
  paint(rows: readonly string[], cursor: { readonly x: number; readonly y: number } | undefined): void;
  /** Enters the alternate screen again, after `leave`, and forgets what was drawn. */
  enter(): void;
  /** Leaves the alternate screen; everything is written when it returns. */
  leave(): void;
  /** Forgets what was drawn: the next `paint` draws every cell. */
  forget(): void;
  destroy(): void;
}

/** What @types/blessed leaves out. */
interface Tput {
  readonly unicode: boolean;
  colors: number;
}
interface FullProgram {
  flush(): void;
  cup(y: number, x: number): void;
  showCursor(): void;
  hideCursor(): void;
  readonly tput: Tput;
}
interface FullScreen {
  enter(): void;
  leave(): void;
  alloc(): void;
  readonly program: FullProgram;
}

/** Colours that every theme may use. */
const SIXTEEN = 16;

export interface PainterOptions {
  readonly output: NodeJS.WriteStream;
  readonly environment: Environment;
  readonly unicode: boolean;
}

/** Makes blessed draw on `output`; the alternate screen is entered at once. */
export function createPainter(options: PainterOptions): Painter {
  prepareEnvironment(options.unicode);
  const screen = blessed.screen({
    input: new PassThrough(),
    output: options.output,
    terminal: terminalName(options.environment),
    forceUnicode: options.unicode,
    fullUnicode: options.unicode,
    smartCSR: false,
    warnings: false,
    // The types say Readable for output and do not know forceUnicode.
  } as unknown as blessed.Widgets.IScreenOptions) as unknown as blessed.Widgets.Screen & FullScreen;
  // The descriptions of linux and xterm say 8, for which it draws grey in black. All terminals of today know 16.
  screen.program.tput.colors = Math.max(SIXTEEN, screen.program.tput.colors);
  const boxes: blessed.Widgets.BoxElement[] = [];
  const shown: string[] = [];

  const fitRows = (count: number): void => {
    while (boxes.length > count) boxes.pop()?.destroy();
    while (boxes.length < count) {
      const top = boxes.length;
      boxes.push(
        blessed.box({ parent: screen, top, left: 0, width: '100%', height: 1, tags: false, wrap: false }),
      );
    }
    shown.length = Math.min(shown.length, count);
  };

  return {
    paint(rows, cursor) {
      fitRows(rows.length);
      rows.forEach((row, index) => {
        if (shown[index] === row) return;
        shown[index] = row;
        boxes[index]?.setContent(row);
      });
      screen.render();
      if (cursor === undefined) screen.program.hideCursor();
      else {
        screen.program.cup(cursor.y, cursor.x);
        screen.program.showCursor();
      }
      screen.program.flush();
    },
    enter() {
      screen.enter();
      screen.program.flush();
    },
    leave() {
      screen.leave();
      screen.program.flush();
    },
    forget() {
      screen.alloc();
    },
    destroy() {
      screen.destroy();
    },
  };
}

/** What blessed reads from the environment and its own tables, set right before it looks. */
function prepareEnvironment(unicode: boolean): void {
  // Without search paths it uses the descriptions that it brings: its parser drops newer, 32-bit ones.
  (blessed as unknown as { tput: { ipaths: string[] } }).tput.ipaths.length = 0;
  // Else borders become the letters `lqqk` in UTF-8.
  if (unicode) process.env['NCURSES_NO_UTF8_ACS'] = '1';
}
