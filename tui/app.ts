import type { SessionView, WorldView } from '../nodes/index.js';
import { captionOf } from './caption.js';
import { offerFaults } from './faults.js';
import { dropFilter, filterPrompt, setFilter } from './filters.js';
import { happenedText } from './gotoHint.js';
import { type Action, actionOf, footerHints, keyMap } from './keys.js';
import type { Layout } from './layout.js';
import { Looks } from './looks.js';
import { blockOverlay } from './memoryLook.js';
import { type MoveContext, move, paneAt, selectPane } from './navigation.js';
import { Pace } from './pace.js';
import { footerLine } from './panes/bars.js';
import { helpLines } from './panes/help.js';
import { timeAtColumn } from './panes/scrubberRow.js';
import { sessionHistory } from './panes/sessionHistory.js';
import { offerLines, openPrompt, promptKey, promptPaste, withProblem } from './prompt/prompt.js';
import { drawScreen, layoutOf, type ScreenFrame } from './screen.js';
import { whyCommand } from './selection.js';
import { changedSince, sessionMarks, tableSessions } from './sessionTable.js';
import type { CommandResult, UiSource } from './source.js';
import { NOTE_LIMIT, newState, type UiState } from './state.js';
import { type Given, nextUnit, stepBack, stepOn, unitText } from './stepping.js';
import { Story } from './story.js';
import { switchSort, switchStops, switchTheme } from './switches.js';
import type { InputEvent } from './terminal/keyDecoder.js';
import { line } from './text/line.js';
import type { ThemeName } from './text/theme.js';

export interface AppOptions {
  readonly width: number;
  readonly height: number;
  /** What the caption says before anything has happened. */
  readonly intro: string;
  /** Runs at once, and stops by itself at the moments of the story. */
  readonly guided: boolean;
  readonly history: readonly string[];
  /** How roles look; dark when left out. */
  readonly theme?: ThemeName;
  /** The name of the speed to begin with; a tenth of real time when left out. */
  readonly speed?: string;
  /** Whether to stop by itself; left out: where it is guided. */
  readonly stops?: boolean;
}

/** Most real time that one tick spends on running the world. */
const TICK_BUDGET_MS = 25;

/** Most steps of the set-up at time 0 that the first screen waits for. */
const SET_UP_STEPS = 1_000;

/**
 * The terminal UI without a terminal: keys and passing time go in, a frame comes out. What changes the world goes to it
 * as a monitor command; what stays here is where a person looks.
 */
export class UiApp {
  readonly state: UiState;
  private readonly source: UiSource;
  private readonly looks = new Looks();
  private readonly story = new Story();
  private readonly pace = new Pace();
  private readonly intro: string;
  private urgent = false;

  constructor(source: UiSource, options: AppOptions) {
    this.source = source;
    this.intro = options.intro;
    this.state = newState(options.width, options.height, options.history);
    this.state.stops = options.stops ?? options.guided;
    this.state.theme = options.theme ?? 'dark';
    if (options.speed !== undefined) this.pace.choose(options.speed);
    if (options.guided) {
      // What is set up at time 0 is there on the first screen.
      source.play(0, SET_UP_STEPS);
      this.run();
    }
    this.read();
    // A drill that is opened where it has failed says why.
    this.explainFailure();
  }

  private get view(): WorldView {
    return this.source.view();
  }

  /** Reads what is new in the log; returns whether the story wants to stop here. */
  private read(): boolean {
    this.looks.sync(this.source, this.state);
    return this.story.sync(this.source) !== undefined;
  }

  resize(width: number, height: number): void {
    this.state.width = width;
    this.state.height = height;
  }

  /** Shows stray output in the log. */
  note(text: string): void {
    for (const row of text.split('\n')) {
      if (row !== '') this.state.notes.push({ after: this.source.eventCount(), text: row });
    }
    this.state.notes.splice(0, Math.max(0, this.state.notes.length - NOTE_LIMIT));
  }

  /** Lets the world run on as far as the pace says. `clockMs` is the host's clock. Returns whether anything changed. */
  tick(elapsedMs: number, clockMs: () => number): boolean {
    const { state, source } = this;
    if (!state.running) return false;
    const before = sessionMarks(this.view);
    const fromUs = source.status().nowUs;
    const until = this.pace.target(fromUs, elapsedMs);
    const start = clockMs();
    const failureBefore = source.status().failure;
    do {
      const result = source.play(until, state.stops ? 1 : 200);
      const wantsStop = this.read() && state.stops;
      const hasJustFailed = failureBefore === '' && source.status().failure !== '';
      if (wantsStop || result === 'end' || hasJustFailed) this.pause(wantsStop);
      if (result === 'there') break;
    } while (state.running && clockMs() - start < TICK_BUDGET_MS);
    if (state.running) this.pace.ran(source.status().nowUs - fromUs, elapsedMs);
    const changed = changedSince(before, this.view);
    if (changed.size > 0) state.changed = changed;
    return true;
  }

  private pause(urgent: boolean): void {
    const { failure, ended } = this.source.status();
    this.state.running = false;
    this.source.pause();
    this.pace.stopped();
    this.urgent = urgent;
    if (failure !== '') this.state.message = { text: `${failure}   (x: explained)`, bad: true };
    else if (urgent)
      this.state.message = {
        text: 'paused by itself (s: not again); Space goes on, , goes back',
        bad: false,
      };
    else
      this.state.message = {
        text: ended ? 'the drill has ended; its world goes on with Space or .' : 'paused',
        bad: false,
      };
  }

  /** One key, paste or click. */
  input(event: InputEvent): void {
    if (event.kind === 'mouse') {
      this.mouse(event.action, event.x, event.y);
      return;
    }
    const { prompt } = this.state;
    if (event.kind === 'paste') {
      this.state.prompt = promptPaste(prompt ?? openPrompt('command'), event.text);
      return;
    }
    if (prompt !== undefined) {
      this.promptInput(event.name, event.text);
      return;
    }
    const action = actionOf(event.name);
    if (action !== undefined) this.act(action, event.name);
  }

  private promptInput(key: string, text: string): void {
    const { prompt, history } = this.state;
    if (prompt === undefined) return;
    const step = promptKey(prompt, history, key, text, (line, cursor) => this.source.complete(line, cursor));
    this.state.prompt = step.wish === 'cancel' ? undefined : step.prompt;
    this.state.history = step.history;
    if (step.wish !== 'submit') return;
    const line = step.prompt.line.text.trim().replace(step.prompt.kind === 'command' ? /^:\s*/ : '', '');
    if (step.prompt.kind === 'filter') {
      this.state.prompt = undefined;
      setFilter(this.state, this.looks, line);
      this.read();
      return;
    }
    if (line === '') {
      this.state.prompt = undefined;
      return;
    }
    const result = this.command(line);
    if (result.isOpen === true)
      this.state.prompt = offerLines([], 'repeat is open: give its lines, then `end`');
    else
      this.state.prompt = result.problem === undefined ? undefined : withProblem(step.prompt, result.problem);
  }

  /** Gives a monitor command and shows it with what it said. */
  private command(text: string): CommandResult {
    return this.given(() => ({ text, result: this.source.command(text) }));
  }

  /** Shows what was given to the monitor, with what it said and what it changed. */
  private given(give: () => Given): CommandResult {
    this.source.pause();
    this.urgent = false;
    // What an earlier command said is old now.
    this.state.overlay = undefined;
    const before = sessionMarks(this.view);
    const { text, result } = give();
    this.read();
    this.state.changed = changedSince(before, this.view);
    this.state.running = this.source.status().mode === 'RUN';
    const { problem, lines } = result;
    if (problem !== undefined) this.state.message = { text: `${text}   ! ${problem.message}`, bad: true };
    else {
      const said = lines.length === 1 ? `   ${lines[0]}` : happenedText(text, this.source);
      this.state.message = { text: `${text}${said}`, bad: false };
    }
    if (lines.length > 1)
      this.state.overlay = { title: text, lines: lines.map((row) => line(row)), first: 0 };
    return result;
  }

  private act(action: Action, key: string): void {
    const { state } = this;
    switch (action) {
      case 'toggle':
        if (state.running) this.pause(false);
        else this.run();
        break;
      case 'step':
        this.given(() => stepOn(this.source, state.unit, this.looks.log));
        break;
      case 'back':
        this.given(() => stepBack(this.source, state.unit, this.looks.log));
        break;
      case 'explain':
        this.explainFailure();
        break;
      case 'theme':
        switchTheme(state);
        break;
      case 'unit':
        state.unit = nextUnit(state.unit, this.looks.log);
        state.message = { text: unitText(state.unit), bad: false };
        break;
      case 'why':
        this.askWhy();
        break;
      case 'faster':
      case 'slower':
        this.pace.change(action === 'faster' ? 1 : -1);
        break;
      case 'prompt':
        state.prompt = openPrompt('command');
        break;
      case 'filter':
        state.prompt = filterPrompt(state, this.looks);
        break;
      case 'fault':
        if (state.running) this.pause(false);
        offerFaults(state, this.view);
        break;
      case 'frames':
        this.looks.log.setDetails(!this.looks.log.withDetails);
        this.read();
        state.logEnd = undefined;
        break;
      case 'stops':
        switchStops(state);
        break;
      case 'sort':
        switchSort(state);
        break;
      case 'help':
        state.overlay = { title: 'keys', lines: helpLines(), first: 0 };
        break;
      case 'quit':
        state.quitting = true;
        break;
      case 'open':
        this.openSession();
        break;
      case 'close':
        this.close();
        break;
      case 'redraw':
        break;
      default:
        move(state, action, key, this.moveContext());
    }
  }

  private moveContext(): MoveContext {
    const { view, state } = this;
    const layout = layoutOf(state, view);
    return { view, sessions: this.sessions(view, layout), looks: this.looks, source: this.source, layout };
  }

  /** The sessions as the table lists them. */
  private sessions(view: WorldView, layout: Layout): SessionView[] {
    const { sort, filters, changed } = this.state;
    return tableSessions(view, {
      sort,
      filter: filters.sessions,
      changed,
      rows: (layout.panes.get('sessions')?.height ?? 1) - 1,
      lastChange: (session) => this.story.lastChange(session),
    });
  }

  /** What failed, in full, until Escape closes it. */
  private explainFailure(): void {
    const lines = this.source.failureLines();
    if (lines.length > 0)
      this.state.overlay = { title: 'FAILED', lines: lines.map((row) => line(row)), first: 0 };
  }

  private askWhy(): void {
    const { state, source } = this;
    const { view, sessions } = this.moveContext();
    const text = whyCommand(state, view, source, sessions[0]?.name ?? '');
    if (text === undefined) state.message = { text: 'why: select an event, a session or a node', bad: false };
    else this.command(text);
  }

  private run(): void {
    this.state.overlay = undefined;
    this.command('continue');
    this.state.message = { text: `continue   at ${this.pace.speed.name} of real time`, bad: false };
  }

  private openSession(): void {
    const { state } = this;
    if (state.focus === 'log' && state.selectedEvent !== undefined) {
      this.command(`goto @${state.selectedEvent}`);
      return;
    }
    if (state.focus === 'memory') {
      state.overlay = blockOverlay(state, this.source);
      return;
    }
    if (state.focus !== 'sessions') {
      state.zoomed = true;
      return;
    }
    const { sessions } = this.moveContext();
    const session = sessions.find((candidate) => candidate.name === state.selectedSession) ?? sessions[0];
    if (session === undefined) return;
    const text = `events --session ${session.name}`;
    if (this.command(text).problem !== undefined) return;
    // The same events, as the log shows them.
    state.overlay = { title: text, lines: sessionHistory(this.source, session, state.width - 2), first: 0 };
  }

  private close(): void {
    const { state } = this;
    if (state.overlay !== undefined) state.overlay = undefined;
    else if (dropFilter(state, this.looks)) this.read();
    else if (state.zoomed) state.zoomed = false;
    else state.logEnd = undefined;
  }

  private mouse(action: 'press' | 'wheel-up' | 'wheel-down', x: number, y: number): void {
    const { state } = this;
    const layout = layoutOf(state, this.view);
    if (layout.footer?.y === y && action === 'press') {
      const hit = footerLine(footerHints(), state.width).places.find(
        (place) => x >= place.x && x < place.x + place.width,
      );
      const key = keyMap.find((entry) => entry.action === hit?.action);
      if (key !== undefined && state.prompt === undefined) this.act(key.action, key.keys[0] ?? '');
      return;
    }
    if (layout.scrubber?.y === y && action === 'press') {
      const timeUs = timeAtColumn(x, this.source.horizon().timeUs, state.width);
      if (timeUs !== undefined) this.command(`goto ${timeUs}us`);
      return;
    }
    const pane = paneAt(layout, x, y);
    if (pane !== undefined && state.overlay === undefined) selectPane(state, pane);
    if (action === 'press') return;
    const context = this.moveContext();
    for (let row = 0; row < 3; row++) move(state, action === 'wheel-up' ? 'up' : 'down', '', context);
  }

  /** The screen as it is now. */
  frame(): ScreenFrame {
    const { source, state, looks, view } = this;
    // A pane that has just been turned to has not read anything yet.
    looks.sync(source, state);
    const sessions = this.sessions(view, layoutOf(state, view));
    return drawScreen(state, {
      source,
      view,
      sessions,
      looks,
      caption: captionOf(source, this.story, view, { intro: this.intro, urgent: this.urgent }),
      speed: this.pace.text,
    });
  }
}
