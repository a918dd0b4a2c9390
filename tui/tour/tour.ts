import type { LoggedEvent } from '../../emulator/index.js';
import { selectPane } from '../control/navigation.js';
import { selectNode, selectSession } from '../control/selection.js';
import { field } from '../panes/eventText.js';
import type { Play } from '../run/play.js';
import type { UiSource } from '../run/source.js';
import {
  type EventLike,
  type Moment,
  missingStop,
  paneStops,
  scenarioStops,
  type TourStop,
} from './stops.js';

/** The tour, while it is on. */
export interface Tour {
  readonly stops: readonly TourStop[];
  readonly at: number;
  /** The stop that is shown, where the run has not got the one that it is at. */
  readonly instead?: TourStop;
}

/** The scenario's moments come within this time, and within so many steps: no run is taken further for one. */
const LAST_MOMENT_US = 2_500_000;
const MOST_STEPS = 1_000;

/** Begins the tour: of the built-in scenario, or of the panes alone. */
export function beginTour(play: Play): void {
  const { state } = play;
  if (state.running) play.pause();
  state.projector = false;
  if (state.beside !== undefined) play.setBeside(undefined);
  goToStop(play, { stops: state.isBuiltIn ? scenarioStops : paneStops, at: 0 });
}

/** Takes the tour's keys; whether this was one of them. */
export function keyInTour(play: Play, key: string): boolean {
  const { tour } = play.state;
  if (tour === undefined) return false;
  if (key === 'space' || key === 'enter') goToStop(play, { stops: tour.stops, at: tour.at + 1 });
  else if (key === ',' || key === 'backspace')
    goToStop(play, { stops: tour.stops, at: Math.max(0, tour.at - 1) });
  else if (key === 'escape') endTour(play);
  else return false;
  return true;
}

/** The next stop; after the last one the tour is over. */
export function nextStop(play: Play): void {
  keyInTour(play, 'space');
}

function endTour({ state }: Play): void {
  state.tour = undefined;
  state.overlay = undefined;
  state.message = { text: 'the tour has ended; t begins it again', bad: false };
}

/** Brings the screen to a stop, from wherever it is. */
function goToStop(play: Play, { stops, at }: Tour): void {
  const { state } = play;
  const wanted = stops[at];
  if (wanted === undefined) {
    endTour(play);
    return;
  }
  const isThere = hasCome(play, wanted) || wanted.isAnywhere === true;
  const stop = isThere ? wanted : missingStop(wanted);
  if (stop.ask !== undefined) play.command(stop.ask);
  else state.overlay = undefined;
  state.zoomed = stop.isAlone ?? false;
  state.prompt = undefined;
  state.selectedEvent = undefined;
  state.logEnd = undefined;
  state.shared = 'log';
  selectPane(state, stop.pane);
  if (stop.session !== undefined) selectSession(state, play.view, stop.session);
  if (stop.node !== undefined) selectNode(state, play.view, stop.node);
  state.tour = isThere ? { stops, at } : { stops, at, instead: stop };
}

/** The stop that is shown. */
export const shownStop = ({ stops, at, instead }: Tour): TourStop | undefined => instead ?? stops[at];

/** Takes the run to the moment of a stop; whether it has that, and what the stop tells of. */
function hasCome(play: Play, { moment, session }: TourStop): boolean {
  if (moment !== undefined) return goToMoment(play, moment);
  if (session === undefined) return true;
  return play.view.sessions.some(({ name, lost }) => name === session && !lost);
}

/** Back to the event if it has been, else on to it, step by step; if it does not come the run stays where it is. */
function goToMoment(play: Play, moment: Moment): boolean {
  const { source } = play;
  for (let number = source.eventCount(); number >= source.firstEvent(); number--) {
    if (!isMoment(source, moment, number)) continue;
    play.command(`goto @${number}`);
    return true;
  }
  const { nowUs } = source.status();
  if (nowUs >= LAST_MOMENT_US) return false;
  const last = source.eventCount();
  const isLater = last === 0 || source.event(last).timeUs < nowUs;
  const number = runTo(source, moment);
  play.command(number > 0 ? `goto @${number}` : isLater ? `goto ${nowUs}us` : `goto @${last}`);
  return number > 0;
}

/** Runs on to the moment; its event, or 0 where it does not come in time. */
function runTo(source: UiSource, moment: Moment): number {
  let read = source.eventCount();
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const result = source.play(LAST_MOMENT_US, 1);
    const count = source.eventCount();
    // The end of the drill is not that of its world.
    if (result === 'there' || (result === 'end' && count === read)) return 0;
    for (; read < count; read++) {
      if (isMoment(source, moment, read + 1)) return read + 1;
    }
  }
  return 0;
}

function isMoment(source: UiSource, moment: Moment, number: number): boolean {
  if (!isLike(source.event(number), moment)) return false;
  const { after, without } = moment;
  return (
    (after === undefined || wasBefore(source, after, number)) &&
    (without === undefined || !wasBefore(source, without, number))
  );
}

function wasBefore(source: UiSource, wanted: EventLike, end: number): boolean {
  for (let number = source.firstEvent(); number < end; number++) {
    if (isLike(source.event(number), wanted)) return true;
  }
  return false;
}

const isLike = (logged: LoggedEvent, { event, fields }: EventLike): boolean =>
  logged.event === event && Object.entries(fields).every(([name, value]) => field(logged, name) === value);
