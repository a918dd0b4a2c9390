import { captionOf } from './caption.js';
import { act, sayNothingDone } from './control/acts.js';
import { setFilter } from './control/filters.js';
import { actionOf } from './control/keys.js';
import { keyInMenu, mouseInMenu, pasteInMenu } from './control/menuInput.js';
import { mouse } from './control/mouse.js';
import { keepMarked } from './control/selection.js';
import { switchProjector } from './control/switches.js';
import { openPrompt, promptKey, promptPaste, withProblem } from './prompt/prompt.js';
import type { Caption } from './reading/story.js';
import { Play } from './run/play.js';
import type { UiSource } from './run/source.js';
import { drawScreen, layoutOf, type ScreenFrame } from './screen.js';
import { NOTE_LIMIT, newState, type UiState } from './state.js';
import type { InputEvent } from './terminal/keyDecoder.js';
import type { ThemeName } from './text/theme.js';
import { keyInTour } from './tour/tour.js';

export interface AppOptions {
  readonly width: number;
  readonly height: number;
  /** What the caption says before anything has happened, the longest form first. */
  readonly intro: string | Caption;
  /** Runs at once, and stops by itself at the moments of the story. */
  readonly guided: boolean;
  readonly history: readonly string[];
  /** How roles look; dark when left out. */
  readonly theme?: ThemeName;
  /** The name of the speed to begin with; a tenth of real time when left out. */
  readonly speed?: string;
  /** Whether to stop by itself; left out: where it is guided. */
  readonly stops?: boolean;
  /** For a projector; no when left out. */
  readonly projector?: boolean;
}

/** Most steps of the set-up at time 0 that the first screen waits for. */
const SET_UP_STEPS = 1_000;

/**
 * The terminal UI without a terminal: keys and passing time go in, a frame comes out. What changes the world goes to it
 * as a monitor command; what stays here is where a person looks.
 */
export class UiApp {
  readonly state: UiState;
  private readonly play: Play;
  private readonly intro: Caption;

  constructor(source: UiSource, options: AppOptions) {
    this.intro = typeof options.intro === 'string' ? [options.intro] : options.intro;
    this.state = newState(options.width, options.height, options.history);
    this.state.stops = options.stops ?? options.guided;
    this.state.isBuiltIn = options.guided;
    this.state.theme = options.theme ?? 'dark';
    if (options.projector === true) switchProjector(this.state);
    this.play = new Play(source, this.state);
    if (options.speed !== undefined) this.play.pace.choose(options.speed);
    if (options.guided) {
      // What is set up at time 0 is there on the first screen.
      source.play(0, SET_UP_STEPS);
      this.play.run();
    }
    this.play.read();
    // A drill that is opened where it has failed says why.
    this.play.explainFailure();
    this.keepMarked();
  }

  resize(width: number, height: number): void {
    this.state.width = width;
    this.state.height = height;
    this.keepMarked();
  }

  /** Not where the screen is drawn: what is marked does not depend on how often that is. */
  private keepMarked(): void {
    const { state, play } = this;
    if (state.focus !== 'sessions') return;
    const { view } = play;
    const layout = layoutOf(state, view);
    const table = layout.panes.get('sessions');
    if (table === undefined) return;
    keepMarked(state, play.sessions(view, layout), table.height - 1);
  }

  /** Shows stray output in the log. */
  note(text: string): void {
    const after = this.play.source.eventCount();
    for (const row of text.split('\n')) {
      if (row !== '') this.state.notes.push({ after, text: row });
    }
    this.state.notes.splice(0, Math.max(0, this.state.notes.length - NOTE_LIMIT));
  }

  /** What the person has asked to copy since the last call. */
  takeCopy(): string | undefined {
    const { copying } = this.state;
    this.state.copying = undefined;
    return copying;
  }

  /** Lets the world run on as far as the pace says. `clockMs` is the host's clock. Returns whether anything changed. */
  tick(elapsedMs: number, clockMs: () => number): boolean {
    const hasChanged = this.play.tick(elapsedMs, clockMs);
    if (hasChanged) this.keepMarked();
    return hasChanged;
  }

  /** The world has not got to where its pace wants it to be, or a pane has more to read. */
  get isBehind(): boolean {
    return this.play.isBehind;
  }

  /** One key, paste or click. */
  input(event: InputEvent): void {
    this.take(event);
    this.keepMarked();
  }

  private take(event: InputEvent): void {
    const { prompt, menu } = this.state;
    if (event.kind === 'mouse') {
      if (menu !== undefined) mouseInMenu(this.play, event);
      else mouse(this.play, event, () => this.frame().thingAt(event.x, event.y));
      return;
    }
    if (event.kind === 'paste') {
      if (menu !== undefined) {
        pasteInMenu(this.play, event.text);
        return;
      }
      this.state.prompt = promptPaste(prompt ?? openPrompt('command'), event.text);
      return;
    }
    if (menu !== undefined) {
      keyInMenu(this.play, event.name, event.text);
      return;
    }
    if (prompt !== undefined) {
      this.promptInput(event.name, event.text);
      return;
    }
    if (keyInTour(this.play, event.name)) return;
    const action = actionOf(event.name);
    if (action === undefined) sayNothingDone(this.state, event.name);
    else act(this.play, action, event.name);
  }

  private promptInput(key: string, text: string): void {
    const { state, play } = this;
    const { prompt, history } = state;
    if (prompt === undefined) return;
    const step = promptKey(prompt, history, key, text, (line, cursor) => play.source.complete(line, cursor));
    state.history = step.history;
    if (step.wish === 'cancel') {
      // One too many must not cost the lines that were given.
      if (key !== 'backspace' || !play.source.isOpen()) play.leavePrompt();
      return;
    }
    state.prompt = step.prompt;
    if (step.wish !== 'submit') return;
    const line = step.prompt.line.text.trim().replace(step.prompt.kind === 'command' ? /^:\s*/ : '', '');
    if (step.prompt.kind === 'filter') {
      state.prompt = undefined;
      setFilter(state, line);
      play.read();
      return;
    }
    if (line === '') {
      if (!play.source.isOpen()) state.prompt = undefined;
      return;
    }
    const { isOpen, problem } = play.command(line);
    if (isOpen !== true) state.prompt = problem === undefined ? undefined : withProblem(step.prompt, problem);
  }

  /** How roles look now. */
  get look(): { readonly theme: ThemeName; readonly isBold: boolean } {
    const { theme, projector } = this.state;
    return { theme, isBold: projector };
  }

  /** The screen as it is now. */
  frame(): ScreenFrame {
    const { state, play, intro } = this;
    const { source, looks, story, view, urgent } = play;
    // A pane that has just been turned to has not read anything yet.
    looks.sync(source, state);
    const sessions = play.sessions(view, layoutOf(state, view));
    const beside = play.side?.content(state, sessions, looks);
    return drawScreen(state, {
      source,
      view,
      sessions,
      looks,
      beside,
      caption: captionOf(source, story, view, { intro, urgent }),
      speed: play.pace.text,
    });
  }
}
