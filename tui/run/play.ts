import type { FlipBy, SessionView, WorldView } from '../../nodes/index.js';
import { Side } from '../beside/side.js';
import { happenedText } from '../control/gotoHint.js';
import { deselectGone } from '../control/selection.js';
import { isShared, type Layout } from '../layout.js';
import { offerLines } from '../prompt/prompt.js';
import { Looks } from '../reading/looks.js';
import { changedSince, sessionMarks, tableSessions } from '../reading/sessionTable.js';
import { Story } from '../reading/story.js';
import { layoutOf } from '../screen.js';
import type { UiState } from '../state.js';
import { hanging, type Line, line } from '../text/line.js';
import { Pace } from './pace.js';
import type { CommandResult, UiSource } from './source.js';

/** Most real time that one tick spends on running the world: a key waits no longer than that and a frame. */
const TICK_BUDGET_MS = 6;

/** A command as it was given, and what came of it. */
export interface Given {
  readonly text: string;
  readonly result: CommandResult;
}

/**
 * The run as a person plays it: commands go to the world and their answers to the screen's state, time passes as the
 * pace says, and what the panes show of the log is kept up to date.
 */
export class Play {
  readonly source: UiSource;
  readonly state: UiState;
  readonly looks = new Looks();
  readonly story = new Story();
  readonly pace = new Pace();
  /** The world beside this one, if it is looked at. */
  side: Side | undefined;
  /** The last tick did not get to where the pace wanted it to, or a pane has not read all of the log. */
  isBehind = false;
  /** It has stopped by itself at something that matters. */
  urgent = false;

  constructor(source: UiSource, state: UiState) {
    this.source = source;
    this.state = state;
  }

  get view(): WorldView {
    return this.source.view();
  }

  get layout(): Layout {
    return layoutOf(this.state, this.view);
  }

  /** Reads what is new in the log; returns whether the story wants to stop here. */
  read(): boolean {
    this.looks.sync(this.source, this.state);
    return this.story.sync(this.source) !== undefined;
  }

  /** The sessions as the table lists them. */
  sessions(view: WorldView = this.view, layout: Layout = this.layout): SessionView[] {
    const { sort, sortReversed, followed, filters, changed } = this.state;
    return tableSessions(view, {
      sort,
      isReversed: sortReversed,
      followed,
      filter: filters.sessions,
      changed,
      rows: (layout.panes.get('sessions')?.height ?? 1) - 1,
      lastChange: (session) => this.story.lastChange(session),
    });
  }

  /** Gives a monitor command and shows it with what it said. */
  command(text: string): CommandResult {
    return this.give(() => ({ text, result: this.source.command(text) }));
  }

  /** Shows what was given to the monitor, with what it said and what it changed. */
  give(giving: () => Given): CommandResult {
    const { state, source } = this;
    source.pause();
    this.urgent = false;
    // What an earlier command said is old now.
    state.overlay = undefined;
    const before = sessionMarks(this.view);
    const { branch } = source.horizon();
    const refusedBefore = this.side?.refused().length ?? 0;
    const { text, result } = giving();
    this.read();
    deselectGone(state, this.view, source.sharedWith(branch));
    state.changed = changedSince(before, this.view);
    state.running = source.status().mode === 'RUN';
    const { problem, lines } = result;
    if (result.isOpen === true) {
      // Whatever is given, by a key too, is a line of it: nothing has been done.
      state.prompt = offerLines([], 'repeat is open: give its lines, then `end`; Esc drops it');
      state.message = { text: `${text}   is a line of the repeat`, bad: false };
    } else if (problem !== undefined) state.message = { text: `${text}   ! ${problem.message}`, bad: true };
    else {
      const said = lines.length === 1 ? `   ${lines[0]}` : happenedText(text, source);
      state.message = { text: `${text}${said}`, bad: false };
    }
    const refused = this.side?.refused().slice(refusedBefore).at(-1);
    if (refused !== undefined) state.message = { text: `${text}   ! beside it: ${refused}`, bad: true };
    if (lines.length > 1) state.overlay = { title: text, lines: this.answer(text, lines), first: 0 };
    return result;
  }

  /** What was said, as the rows of an overlay. Help and reasons are prose; tables are not wrapped. */
  private answer(text: string, lines: readonly string[]): readonly Line[] {
    return /^(help|why)\b/.test(text) ? this.prose(lines) : lines.map((row) => line(row));
  }

  /** Rows that are wrapped where the screen is narrow. */
  private prose(lines: readonly string[]): readonly Line[] {
    const width = this.state.width - 2;
    return lines.flatMap((row) => hanging(row, width)).map((row) => line(row));
  }

  /** Leaves the prompt, and with it a `repeat` that is open: no later line may become one of its. */
  leavePrompt(): void {
    const { state, source } = this;
    state.prompt = undefined;
    if (source.abandon())
      state.message = { text: 'the repeat is dropped: nothing of it was run', bad: false };
  }

  run(): void {
    this.state.overlay = undefined;
    if (this.command('continue').isOpen === true) return;
    this.state.message = { text: `continue   at ${this.pace.speed.name} of real time`, bad: false };
  }

  pause(urgent = false): void {
    const { failure, ended } = this.source.status();
    this.state.running = false;
    this.isBehind = false;
    this.source.pause();
    this.pace.stopped();
    this.urgent = urgent;
    const more = this.source.failureLines().length > 0 ? '   (x: explained)' : '';
    if (failure !== '') this.state.message = { text: `${failure}${more}`, bad: true };
    else if (urgent) {
      const text = 'paused by itself (s: not again); Space goes on, , goes back';
      this.state.message = { text, bad: false };
    } else {
      const text = ended ? 'the drill has ended; its world goes on with Space or .' : 'paused';
      this.state.message = { text, bad: false };
    }
  }

  /** Lets the world run on as far as the pace says. `clockMs` is the host's clock. Returns whether anything changed. */
  tick(elapsedMs: number, clockMs: () => number): boolean {
    const { state, source } = this;
    // A pane that reads a long log in parts goes on with it while the run stands.
    if (!state.running) {
      const isUnread = this.looks.sync(source, state);
      this.isBehind = isUnread || this.side?.isUnread === true;
      return this.isBehind;
    }
    const before = sessionMarks(this.view);
    const { nowUs: fromUs, failure: failureBefore } = source.status();
    const until = this.pace.target(fromUs, elapsedMs);
    const start = clockMs();
    this.isBehind = true;
    do {
      const result = source.play(until, state.stops ? 1 : 200);
      const wantsStop = this.read() && state.stops;
      const hasJustFailed = failureBefore === '' && source.status().failure !== '';
      if (wantsStop || result === 'end' || hasJustFailed) this.pause(wantsStop);
      if (result === 'there') {
        this.isBehind = false;
        break;
      }
    } while (state.running && clockMs() - start < TICK_BUDGET_MS);
    // The other world could not follow to where this one can no longer go.
    if (this.side !== undefined && source.firstEvent() > 1) {
      this.setBeside(undefined);
      state.message = {
        text: 'one world again: the first events of this run are no longer kept',
        bad: false,
      };
    }
    if (state.running) this.pace.ran(source.status().nowUs - fromUs, elapsedMs);
    const changed = changedSince(before, this.view);
    if (changed.size > 0) state.changed = changed;
    return true;
  }

  /** Puts the same run with the other kind or release beside this one; the same again takes it away. */
  setBeside(by: FlipBy | undefined): void {
    const { state } = this;
    const wanted = by === state.beside ? undefined : by;
    if (wanted !== undefined && this.source.firstEvent() > 1) {
      const text =
        'side by side: this run is too long to be made again (its first events are no longer kept)';
      state.message = { text, bad: true };
      return;
    }
    const side = wanted === undefined ? undefined : new Side(this.source, wanted);
    if (side?.nodes.length === 0) {
      state.message = { text: 'there is no node yet that could be another one', bad: false };
      return;
    }
    state.beside = wanted;
    this.side = side;
    if (this.side === undefined) {
      state.message = { text: 'one world again', bad: false };
      return;
    }
    const { title, nodes } = this.side;
    const at = this.view.nodes.findIndex(({ name }) => nodes.includes(name));
    if (at >= 0) state.selectedNode = at;
    state.zoomed = false;
    // What differs has the place below, as long as no other pane takes it.
    if (isShared(state.focus)) state.focus = 'sessions';
    state.message = {
      text: `beside it: ${title}   (d: all that differs)`,
      bad: false,
    };
  }

  /** What failed, in full, until Escape closes it. */
  explainFailure(): void {
    const lines = this.source.failureLines();
    if (lines.length === 0) return;
    this.state.overlay = { title: 'FAILED', lines: this.prose(lines), first: 0 };
  }
}
