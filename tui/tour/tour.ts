import { selectPane } from '../control/navigation.js';
import { selectNode, selectSession } from '../control/selection.js';
import { stepTo } from '../control/stepping.js';
import { field } from '../panes/eventText.js';
import type { Play } from '../run/play.js';
import { type Moment, paneStops, scenarioStops, type TourStop } from './stops.js';

/** The tour, while it is on. */
export interface Tour {
  readonly stops: readonly TourStop[];
  readonly at: number;
}

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
  if (key === 'space' || key === 'enter') goToStop(play, { ...tour, at: tour.at + 1 });
  else if (key === ',' || key === 'backspace') goToStop(play, { ...tour, at: Math.max(0, tour.at - 1) });
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
function goToStop(play: Play, tour: Tour): void {
  const { state } = play;
  const stop = tour.stops[tour.at];
  if (stop === undefined) {
    endTour(play);
    return;
  }
  if (stop.moment !== undefined) goToMoment(play, stop.moment);
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
  state.tour = tour;
}

/** Back to the event if it has been, else on to it, step by step. */
function goToMoment(play: Play, { event, fields }: Moment): void {
  const { source } = play;
  const isIt = (number: number): boolean => {
    const logged = source.event(number);
    return (
      logged.event === event && Object.entries(fields).every(([name, value]) => field(logged, name) === value)
    );
  };
  for (let number = source.eventCount(); number >= source.firstEvent(); number--) {
    if (!isIt(number)) continue;
    play.command(`goto @${number}`);
    return;
  }
  play.give(() => stepTo(source, (logged) => isIt(logged.number), event));
}
