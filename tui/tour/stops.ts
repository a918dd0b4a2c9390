import type { PaneId } from '../layout.js';

/** What an event is: of a kind, with these fields. */
export interface EventLike {
  readonly event: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** An event that a stop goes to; without what the stop tells of it, it is another one. */
export interface Moment extends EventLike {
  /** What must have been before it. */
  readonly after?: EventLike;
  /** What must not have been before it. */
  readonly without?: EventLike;
}

/** One stop of the tour: where it goes, and what there is to see. */
export interface TourStop {
  readonly title: string;
  readonly text: string;
  readonly pane: PaneId;
  /** Where the box stands, so that it hides nothing of what it tells. */
  readonly box: 'top' | 'bottom';
  /** Where the run is taken; left out: it stays. */
  readonly moment?: Moment;
  /** What it tells is so in a run that does not come to its moment, too. */
  readonly isAnywhere?: boolean;
  /** With no moment: it must be there. */
  readonly session?: string;
  readonly node?: string;
  /** The pane alone on the screen. */
  readonly isAlone?: boolean;
  /** A question to the monitor whose answer is shown. */
  readonly ask?: string;
}

/** The built-in scenario in a minute. */
export const scenarioStops: readonly TourStop[] = [
  {
    title: 'Four nodes on a bus',
    text: 'On an SSC, as ssc0, RMC is a library inside the application’s process. On an EEE, as eee0, it is a process of its own, and calls go to it by IPC. That is the difference to watch.',
    pane: 'nodes',
    box: 'bottom',
    moment: { event: 'open_done', fields: { app: 'old' } },
    isAnywhere: true,
    node: 'ssc0',
  },
  {
    title: 'Whose memory is it?',
    text: 'Each session lives in a block. A: the application’s own. R: placed by RMC, on an EEE always. N: placed by the application in new_session. The last column says who has to free it.',
    pane: 'sessions',
    box: 'top',
    session: 'server/1',
  },
  {
    title: 'eee0 loses its power',
    text: 'It says nothing to anybody. The ledger below lists who has a session with it: nobody has been told yet, and each row says why.',
    pane: 'ledger',
    box: 'top',
    moment: { event: 'node_down', fields: { node: 'eee0' } },
  },
  {
    title: 'One is told, one never will be',
    text: 'client has R1.1: three heartbeats were missed, and abort_session tells it. old has R1.0.x and no IO under way: nothing can tell it.',
    pane: 'ledger',
    box: 'top',
    moment: {
      event: 'learned',
      fields: { app: 'client', about: 'eee0' },
      without: { event: 'process_exit', fields: { app: 'old' } },
    },
  },
  {
    title: 'Ask why, and what',
    text: 'w asks why the selected thing is as it is; i what it is, and by which rules. Here is i of what old has: arrows scroll.',
    pane: 'sessions',
    box: 'bottom',
    session: 'old.1',
    ask: 'help old.1',
  },
  {
    title: 'A block of the application’s own',
    text: 'client opens on the standby. Its SSC lets the application place the block of standby/1 itself, in new_session: N. So the application has to free it, when RMC says so.',
    pane: 'sessions',
    box: 'top',
    moment: {
      event: 'new_session',
      fields: { app: 'standby' },
      after: { event: 'node_down', fields: { node: 'eee0' } },
    },
    session: 'standby/1',
  },
  {
    title: 'Every frame',
    text: 'Pane 8 draws who sent what to whom, time downwards. The others are a digit away: 6 memory, 7 traffic, 9 plots, 5 the log. z shows a pane alone.',
    pane: 'sequence',
    box: 'top',
    isAlone: true,
  },
  {
    title: 'The block goes back',
    text: 'ssc0 is dead too. close_session told standby, with RMC_FREE_SESSION TRUE: it has freed its block.',
    pane: 'sessions',
    box: 'top',
    moment: {
      event: 'close_session',
      fields: { app: 'standby', rmc_free_session: 'TRUE' },
      after: { event: 'node_down', fields: { node: 'ssc0' } },
    },
    session: 'standby/1',
  },
  {
    title: 'Back in time, and break things',
    text: ', goes back and . goes on, step by step; a click on the line of time above goes anywhere. f shows what can fail on the selected node, and what command that is.',
    pane: 'nodes',
    box: 'bottom',
    moment: { event: 'node_down', fields: { node: 'eee0' } },
    isAnywhere: true,
    node: 'eee0',
  },
  {
    title: 'And with the other kind of node?',
    text: 'e runs the same drill with the other kind beside this one, and marks what differs. ? shows every key, Ctrl-P finds everything by its name. Esc ends the tour: it is yours.',
    pane: 'sessions',
    box: 'top',
    moment: { event: 'learned', fields: { app: 'client' } },
    isAnywhere: true,
  },
];

/** Shown in place of a stop whose moment the run does not come to. */
export const missingStop = (stop: TourStop): TourStop => ({
  title: 'Not in this run',
  text: `“${stop.title}”: this run has not got that, for it has gone another way, or is too long by now. For a run that has it all: q ends this one; start rmc-emu again, and t.`,
  pane: stop.pane,
  box: stop.box,
});

const paneStop = (pane: PaneId, box: TourStop['box'], title: string, text: string): TourStop => ({
  ...{ pane, box, title, text },
});

/** What the panes are, on any drill. */
export const paneStops: readonly TourStop[] = [
  paneStop(
    'nodes',
    'bottom',
    '1: the nodes',
    'Each node with its kind, release, power and processes. On an SSC RMC is inside the application’s process, on an EEE it is a process of its own.',
  ),
  paneStop(
    'bus',
    'bottom',
    '2: the bus',
    'Frames on their way from node to node; what is lost or cut off is seen.',
  ),
  paneStop(
    'sessions',
    'top',
    '3: the sessions',
    'Each with its state, and its block: who placed it, and who has to free it. o sorts, Enter shows the history.',
  ),
  paneStop(
    'ledger',
    'top',
    '4: who has learned of what',
    'For each failure: who was told, how and by which rule, and who was not. Empty until something fails.',
  ),
  paneStop(
    'log',
    'top',
    '5: the log',
    'Every event with its cause. Enter on one goes there in time, a shows frames too.',
  ),
  paneStop(
    'memory',
    'top',
    '6: the memory',
    'A map of every memory, its blocks with their owners. Enter opens one.',
  ),
  paneStop(
    'traffic',
    'top',
    '7: the frames',
    'Each frame, and what became of it. 8 draws the same as a diagram, 9 are plots.',
  ),
  paneStop(
    'sessions',
    'top',
    'Run it, and break it',
    'Space runs and pauses, . and , step on and back. f shows what can fail on the selected node, w asks why, i what something is. e runs the same with the other kind of node beside it.',
  ),
];
