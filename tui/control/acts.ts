import { differenceTexts } from '../beside/differencesPane.js';
import type { PaneId } from '../layout.js';
import { helpLines } from '../panes/help.js';
import { sessionHistory } from '../panes/sessionHistory.js';
import { openPrompt } from '../prompt/prompt.js';
import { eventOfEntry, meantEntry } from '../reading/ledgerEntries.js';
import type { Play } from '../run/play.js';
import { layoutOf } from '../screen.js';
import type { UiState } from '../state.js';
import { clean } from '../text/glyphs.js';
import { beginTour } from '../tour/tour.js';
import { copySelected } from './copying.js';
import { dropFilter, filterPrompt } from './filters.js';
import type { Action } from './keys.js';
import { blockOverlay } from './memoryLook.js';
import { openFaults, openPalette } from './menus.js';
import { type MoveContext, move } from './navigation.js';
import { markedSession, selectedThing } from './selection.js';
import { nextUnit, stepBack, stepOn, unitText } from './stepping.js';
import {
  reverseSort,
  stopFollowing,
  switchFollowed,
  switchProjector,
  switchSort,
  switchStops,
  switchTheme,
} from './switches.js';

/** What one key does; `key` tells those apart that share an action. */
type Act = (play: Play, key: string) => void;

const moving = (action: Action): Act => {
  return (play, key) => move(play.state, action, key, moveContext(play));
};

/** Every action of the key map. A key, a hint in the footer and the palette all come here. */
const acts: Readonly<Record<Action, Act>> = {
  toggle: (play) => (play.state.running ? play.pause() : play.run()),
  step: (play) => void play.give(() => stepOn(play.source, play.state.unit, play.looks.log)),
  back: (play) => void play.give(() => stepBack(play.source, play.state.unit, play.looks.log)),
  faster: ({ pace }) => pace.change(1),
  slower: ({ pace }) => pace.change(-1),
  'other-kind': (play) => play.setBeside('kind'),
  'other-release': (play) => play.setBeside('release'),
  differences: showDifferences,
  unit: ({ state, looks }) => {
    state.unit = nextUnit(state.unit, looks.log);
    state.message = { text: unitText(state.unit), bad: false };
  },
  why: (play) => askOf(play, 'why'),
  info: (play) => askOf(play, 'help'),
  explain,
  prompt: ({ state }) => {
    state.prompt = openPrompt('command');
  },
  filter: ({ state }) => {
    state.prompt = filterPrompt(state);
  },
  fault: openFaults,
  palette: openPalette,
  frames: (play) => {
    const { log } = play.looks;
    log.setDetails(!log.withDetails);
    play.read();
    play.state.logEnd = undefined;
  },
  stops: ({ state }) => switchStops(state),
  sort: ({ state }) => switchSort(state),
  copy: copySelected,
  'reverse-sort': ({ state }) => reverseSort(state),
  follow: (play) => {
    const { state, view } = play;
    const isListed = view.sessions.some(({ name }) => name === state.selectedSession);
    const selected = isListed
      ? state.selectedSession
      : (markedSession(state, play.sessions(view))?.name ?? '');
    switchFollowed(state, view, selected);
    play.read();
  },
  theme: ({ state }) => switchTheme(state),
  tour: beginTour,
  projector: ({ state }) => switchProjector(state),
  help: ({ state }) => {
    state.overlay = { title: 'keys', lines: helpLines(), first: 0 };
  },
  quit: ({ state }) => {
    state.quitting = true;
  },
  open: openSelected,
  close,
  redraw: () => undefined,
  'next-pane': moving('next-pane'),
  'previous-pane': moving('previous-pane'),
  pane: moving('pane'),
  zoom: moving('zoom'),
  'next-match': moving('next-match'),
  'previous-match': moving('previous-match'),
  up: moving('up'),
  down: moving('down'),
  left: moving('left'),
  right: moving('right'),
  top: moving('top'),
  bottom: moving('bottom'),
  'page-up': moving('page-up'),
  'page-down': moving('page-down'),
};

export function act(play: Play, action: Action, key: string): void {
  acts[action](play, key);
}

/** A key that nothing is bound to; what went wrong before stays in sight. */
export function sayNothingDone(state: UiState, key: string): void {
  if (state.message.bad) return;
  const name = clean(key) === key ? key : 'this key';
  state.message = { text: `${name} does nothing; ? shows the keys`, bad: false };
}

export function moveContext(play: Play): MoveContext {
  const { state, view, looks, source } = play;
  const layout = layoutOf(state, view);
  return { view, sessions: play.sessions(view, layout), looks, source, layout };
}

/** Asks the monitor of the selected thing: why it is so, or what it is and by which rules. */
function askOf(play: Play, command: 'why' | 'help'): void {
  const { state, source, view } = play;
  const thing = selectedThing(state, view, source, play.sessions(view));
  if (thing === undefined)
    state.message = { text: `${command}: select an event, a session or a node`, bad: false };
  else play.command(`${command} ${thing}`);
}

function explain(play: Play): void {
  if (play.source.failureLines().length > 0) play.explainFailure();
  else play.state.message = { text: 'no check has failed so far', bad: false };
}

/** Enter: an event is gone to, a block or a session shown in full; where there is nothing to open the pane grows. */
function openSelected(play: Play): void {
  const { state, source } = play;
  const { focus, overlay } = state;
  const inHistory = overlay?.events?.[overlay.marked ?? -1] ?? 0;
  if (inHistory > 0) {
    play.command(`goto @${inHistory}`);
    return;
  }
  if (isOfEvents(focus) && state.selectedEvent !== undefined) {
    play.command(`goto @${state.selectedEvent}`);
  } else if (focus === 'ledger') {
    const entry = meantEntry(play.view.ledger, state.filters.ledger, state);
    if (entry === undefined) state.zoomed = true;
    else play.command(`goto @${eventOfEntry(entry)}`);
  } else if (focus === 'memory') {
    state.overlay = blockOverlay(state, source);
    const none = 'no block is marked; those that went with their process or power cannot be looked at';
    if (state.overlay === undefined) state.message = { text: none, bad: false };
  } else if (focus === 'sessions') openSession(play);
  else state.zoomed = true;
}

/** Panes whose rows are events. */
const isOfEvents = (pane: PaneId): boolean =>
  pane === 'log' || pane === 'traffic' || pane === 'sequence' || pane === 'plots';

function openSession(play: Play): void {
  const { state, source } = play;
  const session = markedSession(state, play.sessions());
  if (session === undefined) return;
  const text = `events --session ${session.name}`;
  if (play.command(text).problem !== undefined) return;
  // The same events, as the log shows them.
  const rows = sessionHistory(source, session, state.width - 2);
  const events = rows.map(({ event }) => event);
  state.overlay = { title: text, lines: rows.map(({ row }) => row), first: 0, events };
}

/** Each difference in full: what does not fit into the table's row. */
function showDifferences({ state, side }: Play): void {
  if (side === undefined) {
    state.message = {
      text: 'd: what differs, side by side; e puts the other kind beside this run',
      bad: false,
    };
    return;
  }
  const lines = differenceTexts(side.differences(), state.width - 4);
  state.overlay = { title: `WHAT DIFFERS WITH ${side.title}`, lines, first: 0 };
}

function close(play: Play): void {
  const { state } = play;
  if (state.overlay !== undefined) state.overlay = undefined;
  else if (dropFilter(state) || stopFollowing(state)) play.read();
  else if (state.zoomed) state.zoomed = false;
  else if (state.beside !== undefined) play.setBeside(undefined);
  else state.logEnd = undefined;
}
