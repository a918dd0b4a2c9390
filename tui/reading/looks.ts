import type { LoggedEvent } from '../../emulator/index.js';
import type { WorldView } from '../../nodes/index.js';
import { selectEvent } from '../control/selection.js';
import { type PaneFrame, windowWith } from '../panes/pane.js';
import { plotsPane, shownDetections } from '../panes/plots.js';
import { sequencePane } from '../panes/sequence.js';
import { isMarked, type SequenceMark, sequenceMarks } from '../panes/sequenceMarks.js';
import { trafficTable } from '../panes/trafficTable.js';
import type { UiSource } from '../run/source.js';
import type { UiState } from '../state.js';
import type { Line } from '../text/line.js';
import { LogIndex } from './logIndex.js';
import { PlotData } from './plotData.js';
import { Scrubber } from './scrubber.js';
import { TrafficIndex } from './trafficIndex.js';

/** Events before now in which marks for the sequence diagram are looked for. */
const MARKS_LOOK_BACK = 5_000;

/** What the panes have read of the log. Traffic and plots are read only while they are looked at. */
export class Looks {
  readonly log = new LogIndex();
  readonly scrubber = new Scrubber();
  readonly traffic = new TrafficIndex();
  private readonly plots = new PlotData();
  /** The first row of the table of frames, so that it stands while another one of them is marked. */
  private firstFrame: number | undefined;

  /** Reads what is new; true: there is so much that it is read in parts, and the rest in later calls. */
  sync(source: UiSource, state: UiState): boolean {
    const { filters, followed } = state;
    if (this.log.filter !== filters.log.toLowerCase()) this.log.setFilter(filters.log);
    if (this.log.session !== followed) this.log.setSession(followed);
    const { text, session } = this.traffic.filter;
    if (text !== filters.traffic || session !== followed)
      this.traffic.setFilter({ text: filters.traffic, session: followed });
    this.forget(source, state);
    const isUnread = this.log.sync(source);
    this.scrubber.sync(source);
    if (state.shared === 'traffic' || state.shared === 'sequence')
      return this.traffic.sync(source) || isUnread;
    return (state.shared === 'plots' && this.plots.sync(source)) || isUnread;
  }

  /** What the log has let go of cannot be looked at any more. */
  private forget(source: UiSource, state: UiState): void {
    const first = source.firstEvent();
    const gone = this.log.forgetBefore(first);
    if (state.logEnd !== undefined) state.logEnd = Math.max(0, state.logEnd - gone);
    if (state.selectedEvent === undefined || state.selectedEvent >= first) return;
    state.selectedEvent = undefined;
    state.logEnd = undefined;
  }

  trafficLines(state: UiState, frame: PaneFrame): Line[] {
    const { frames } = this.traffic;
    const rows = Math.max(1, frame.height - 1);
    const marked = frames.findIndex(({ number }) => number === state.selectedEvent);
    const newest = Math.max(0, frames.length - rows);
    this.firstFrame = marked < 0 ? undefined : windowWith(this.firstFrame ?? newest, marked, rows);
    return trafficTable(
      frames,
      {
        ...(this.firstFrame === undefined ? {} : { first: this.firstFrame }),
        selectedEvent: state.selectedEvent ?? 0,
        selectedSession: state.selectedSession,
        note: this.traffic.note,
      },
      frame,
    );
  }

  sequenceLines(state: UiState, source: UiSource, view: WorldView, frame: PaneFrame): Line[] {
    const { nodes, nowUs } = view;
    const { text } = this.traffic.filter;
    return sequencePane(
      this.traffic.frames,
      nodes,
      {
        fromUs: 0,
        toUs: nowUs,
        selectedEvent: state.selectedEvent ?? 0,
        selectedSession: state.selectedSession,
        marks: marksBefore(source).filter((mark) => text === '' || isStructure(mark) || hasText(mark, text)),
        note: this.traffic.note,
      },
      frame,
    );
  }

  plotLines(state: UiState, source: UiSource, view: WorldView, frame: PaneFrame): Line[] {
    const { selectedEvent = 0, filters } = state;
    return plotsPane(this.plots.plots(source, view), frame, { selectedEvent, filter: filters.plots });
  }

  /** The moments at which somebody was told, as the plots list them, the newest first. */
  detections(state: UiState, source: UiSource, view: WorldView): readonly number[] {
    this.plots.sync(source);
    return shownDetections(this.plots.plots(source, view), state.filters.plots).map(({ event }) => event);
  }

  /** Marks another frame; past the last one none is. */
  moveInTraffic(state: UiState, by: number, source: UiSource, view: WorldView): void {
    const { frames } = this.traffic;
    const marked = frames.findIndex(({ number }) => number === state.selectedEvent);
    const at = Math.max(0, (marked < 0 ? frames.length : marked) + by);
    const frame = frames[at];
    selectEvent(state, view, frame === undefined ? undefined : source.event(frame.number));
    // The log shows it too.
    const { numbers } = this.log;
    state.logEnd =
      frame === undefined
        ? undefined
        : numbers.filter((number) => number <= frame.number).length || undefined;
  }
}

/** Without it a lifeline would not be drawn as it is. */
const isStructure = ({ event }: SequenceMark): boolean => event === 'node_down' || event === 'node_up';

const hasText = ({ event, node, session, text }: SequenceMark, wanted: string): boolean =>
  [event, node, session, text].join(' ').toLowerCase().includes(wanted.toLowerCase());

function marksBefore(source: UiSource): readonly SequenceMark[] {
  const count = source.eventCount();
  const events: LoggedEvent[] = [];
  for (let number = Math.max(1, count - MARKS_LOOK_BACK); number <= count; number++) {
    if (isMarked(source.eventName(number))) events.push(source.event(number));
  }
  return sequenceMarks(events);
}
