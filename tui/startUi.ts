import { UiApp } from './app.js';
import { historyPath, loadHistory, saveHistory } from './prompt/historyFile.js';
import type { UiSource } from './source.js';
import type { InputEvent } from './terminal/keyDecoder.js';
import { handleSignals } from './terminal/signals.js';
import { catchConsole } from './terminal/strayOutput.js';
import { Terminal } from './terminal/terminal.js';

export interface UiOptions {
  readonly source: UiSource;
  /** What the caption says before anything has happened. */
  readonly intro: string;
  /** Runs at once at a slow pace, and stops by itself at the moments of the story. */
  readonly guided: boolean;
  readonly mouse: boolean;
}

/** Real time between two looks at the world while it runs. */
const TICK_MS = 50;

/** Shows the UI on this process's terminal until the person quits. Resolves to the exit status. */
export function runUi(options: UiOptions): Promise<number> {
  return new Promise((resolve) => {
    const keptAt = historyPath(process.env);
    const app = new UiApp(options.source, {
      width: process.stdout.columns || 80,
      height: process.stdout.rows || 24,
      intro: options.intro,
      guided: options.guided,
      history: loadHistory(keptAt),
    });
    const terminal = new Terminal({
      input: process.stdin,
      output: process.stdout,
      environment: process.env,
      mouse: options.mouse,
      onInput: (event) => take(event),
      onResize: (width, height) => {
        app.resize(width, height);
        terminal.forget();
        draw();
      },
    });
    const draw = (): void => {
      const frame = app.frame();
      terminal.draw(frame.lines, frame.cursor);
    };
    const keep = (): string | undefined => saveHistory(keptAt, app.state.history.lines);
    const restoreConsole = catchConsole((text) => {
      app.note(text);
      draw();
    });
    const signals = handleSignals({
      release: () => terminal.release(),
      resume: () => {
        terminal.resume();
        app.resize(terminal.width, terminal.height);
        draw();
      },
      ended: () => void keep(),
    });
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const changed = app.tick(now - last, () => performance.now());
      last = now;
      if (changed) draw();
    }, TICK_MS);
    const take = (event: InputEvent): void => {
      if (event.kind === 'key' && event.name === 'ctrl-z') {
        signals.suspend();
        return;
      }
      if (event.kind === 'key' && event.name === 'ctrl-l') terminal.forget();
      app.input(event);
      if (app.state.quitting) quit();
      else draw();
    };
    const quit = (): void => {
      clearInterval(timer);
      terminal.close();
      signals.remove();
      restoreConsole();
      const problem = keep();
      if (problem !== undefined) process.stderr.write(`${problem}\n`);
      resolve(0);
    };
    draw();
  });
}
