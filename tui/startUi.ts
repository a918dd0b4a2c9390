import type { Answer, Timeline } from '../emulator/index.js';
import { UiApp } from './app.js';
import { historyPath, loadHistory, saveHistory } from './prompt/historyFile.js';
import type { Caption } from './reading/story.js';
import { startBeat } from './run/beat.js';
import type { UiSource } from './run/source.js';
import { TimelineSource } from './run/timelineSource.js';
import type { Settings } from './settings.js';
import type { InputEvent } from './terminal/keyDecoder.js';
import { wantsColour } from './terminal/locale.js';
import { handleSignals } from './terminal/signals.js';
import { catchConsole } from './terminal/strayOutput.js';
import { Terminal } from './terminal/terminal.js';

export interface UiOptions {
  /** The run to show. */
  readonly timeline: Timeline;
  /** Takes a line of the operator; its `continue` is paced (`isPaced`), for the UI plays the run at its own pace. */
  readonly line: (text: string) => Answer;
  /** What the status line calls the run: the drill's file. */
  readonly fileName: string;
  /** The built-in scenario: it runs at once, slowly, and stops by itself at what matters. */
  readonly isBuiltIn: boolean;
  /** Whether to use colours; left out, NO_COLOR decides. */
  readonly color?: boolean;
  /** What the person has set for every run; what is said above wins. */
  readonly settings?: Settings;
  /** Whether to take the mouse; left out: yes. */
  readonly mouse?: boolean;
}

const builtInIntro: Caption = [
  'client (ssc0) uses server (eee0), which will lose its power. Who will know? t: a tour of one minute.',
  'client (ssc0) uses server (eee0), which will lose power. Who will know? t: tour',
  'client uses server, which will die. t: tour',
];
const drillIntro: Caption = [
  'The drill stands at its beginning. Space runs the drill, . makes one step, ? shows all keys, t: a tour.',
  'The drill stands at its beginning. Space runs it, ? shows all keys, t: a tour',
  'The drill stands at its beginning.',
];

/** Shows the UI on this process's terminal until the person quits. Resolves to the exit status. */
export function startUi(options: UiOptions): Promise<number> {
  return showUi({
    source: new TimelineSource(options, options.line, options.fileName),
    intro: options.isBuiltIn ? builtInIntro : drillIntro,
    guided: options.isBuiltIn,
    mouse: options.mouse ?? options.settings?.mouse ?? true,
    color: options.color ?? wantsColour(process.env),
    settings: options.settings ?? {},
  });
}

/** What the screen needs, whatever it shows. */
export interface ShowOptions {
  readonly source: UiSource;
  readonly intro: Caption;
  readonly guided: boolean;
  readonly mouse: boolean;
  readonly color: boolean;
  readonly settings?: Settings;
}

/** As {@link startUi}, of any source. */
export function showUi(options: ShowOptions): Promise<number> {
  return new Promise((resolve) => {
    const keptAt = historyPath(process.env);
    const app = newApp(options, keptAt);
    const terminal = new Terminal({
      input: process.stdin,
      output: process.stdout,
      environment: process.env,
      mouse: options.mouse,
      ascii: options.settings?.ascii ?? false,
      onInput: (event) => take(event),
      onGone: () => signals.end('SIGHUP'),
      onResize: (width, height) => {
        app.resize(width, height);
        terminal.forget();
        draw();
      },
    });
    const frames = framesOf(app, terminal);
    const { draw } = frames;
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
    const isLeft = leftByNpm();
    const stopBeat = startBeat({
      tick: (elapsedMs) => {
        if (isLeft()) signals.end('SIGHUP');
        return app.tick(elapsedMs, () => performance.now());
      },
      get isBehind() {
        return app.isBehind;
      },
      draw,
    });
    const take = (event: InputEvent): void => {
      if (event.kind === 'key' && event.name === 'ctrl-z') {
        signals.suspend();
        return;
      }
      // Drawing anew is no key of the prompt either: a search of the history stays open.
      if (event.kind === 'key' && event.name === 'ctrl-l') {
        frames.drawDue();
        terminal.forget();
      } else app.input(event);
      if (app.state.quitting) quit();
      else frames.drawSoon();
    };
    const quit = (): void => {
      stopBeat();
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

/** The frames of the app on its terminal: at once, or one for all keys that come together. */
function framesOf(app: UiApp, terminal: Terminal) {
  let isDue = false;
  const draw = (): void => {
    const frame = app.frame();
    // First what was asked for, then the screen that says that it is done.
    const copy = app.takeCopy();
    if (copy !== undefined) terminal.copy(copy);
    terminal.draw(frame.lines, frame.cursor, app.look);
  };
  const drawDue = (): void => {
    if (isDue) draw();
    isDue = false;
  };
  const drawSoon = (): void => {
    if (!isDue) queueMicrotask(drawDue);
    isDue = true;
  };
  return { draw, drawDue, drawSoon };
}

/**
 * Whether npm, which has started this process, is gone. It hands SIGTERM on to what it runs, but not SIGHUP, and nothing
 * when it is killed: then nobody would ever give the terminal back.
 */
function leftByNpm(): () => boolean {
  const parent = process.ppid;
  const isOfNpm = process.env['npm_lifecycle_event'] !== undefined;
  return () => isOfNpm && process.ppid !== parent;
}

function newApp(options: ShowOptions, keptAt: string): UiApp {
  return new UiApp(options.source, {
    width: process.stdout.columns || 80,
    height: process.stdout.rows || 24,
    intro: options.intro,
    guided: options.guided,
    history: loadHistory(keptAt),
    theme: options.color ? (options.settings?.theme ?? 'dark') : 'none',
    projector: options.settings?.projector ?? false,
    ...(options.settings?.speed === undefined ? {} : { speed: options.settings.speed }),
    ...(options.settings?.stops === undefined ? {} : { stops: options.settings.stops }),
  });
}
