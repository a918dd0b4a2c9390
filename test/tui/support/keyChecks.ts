import type { Action } from '../../../tui/control/keys.js';
import type { RealScreen } from './terminal.js';

/** Whether something is to be seen, after that key. */
type Seen = (screen: RealScreen, key: string) => boolean;

/** What shows that a key did what its action says. */
export interface KeyCheck {
  /** Keys that lead to where it can be seen, whatever was done before. */
  readonly before: string;
  /** What is on the screen after the key, and was not before it. */
  readonly shows: Seen;
  /** Keys that take back what the next checks would stumble over. */
  readonly after?: string;
}

const check = (before: string, shows: RegExp | Seen, after = ''): KeyCheck => ({
  before,
  shows: typeof shows === 'function' ? shows : (screen) => shows.test(screen.text()),
  after,
});

/** What marks the pane of each number when it has the focus; that of the nodes is the selected one's reverse video. */
const focusMarks: Readonly<Record<string, string>> = {
  ...{ 2: '▸bus', 3: '▸SESSION', 4: '▸WHO HAS LEARNED', 5: '▸LOG' },
  ...{ 6: '▸MEMORY', 7: '▸TRAFFIC', 8: '▸SEQUENCE', 9: '▸PLOTS' },
};
const NODES_ROW = 3;

const hasFocus: Seen = (screen, key) => {
  const mark = focusMarks[key];
  if (mark !== undefined) return screen.text().includes(mark);
  return key === '1' && screen.cells(NODES_ROW).some((cell) => cell.reverse);
};

/** Nothing open, no filter, all panes. */
const PLAIN = '<Esc><Esc><Esc><Esc>';
const AT_FIRST_SESSION = `${PLAIN}3g`;
const AT_LAST_SESSION = `${PLAIN}3G`;
const UP = check(AT_LAST_SESSION, /^▸standby /m);
const DOWN = check(AT_FIRST_SESSION, /^▸server\/1 /m);

/** Most keys, on the built-in scenario at 1.27 s and 80x24. What needs a run of its own is in `ownRuns`. */
export const keyChecks: Readonly<Record<Exclude<Action, OwnRun>, KeyCheck>> = {
  step: check(PLAIN, /^:step {3}now at 187/m, ','),
  back: check(`${PLAIN}.`, /^:back {3}now at 186/m),
  faster: check(PLAIN, /speed 1\/3 /, '-'),
  slower: check(PLAIN, /speed 1\/30/, '+'),
  prompt: check(PLAIN, (screen) => screen.cursorShown),
  filter: check(AT_FIRST_SESSION, /only sessions with this text/),
  'next-match': check(`${PLAIN}3/standby<Enter>g`, /^▸standby /m),
  'previous-match': check(`${PLAIN}3/standby<Enter>G`, /^▸standby\/1 /m),
  fault: check(`${PLAIN}1g`, /power off ssc0/),
  palette: check(PLAIN, /every key and every command/),
  frames: check(`${PLAIN}5`, /LOG everything/, 'a'),
  stops: check(PLAIN, /stops by itself: at a failure/, 's'),
  help: check(PLAIN, /─ keys ─/),
  'next-pane': check(AT_FIRST_SESSION, /^▸WHO HAS LEARNED/m),
  'previous-pane': check(AT_FIRST_SESSION, /▸bus/),
  pane: check(`${PLAIN}<Shift-Tab><Shift-Tab>`, hasFocus),
  up: UP,
  left: UP,
  down: DOWN,
  right: DOWN,
  top: check(AT_LAST_SESSION, /^▸old\.1 /m),
  bottom: check(AT_FIRST_SESSION, /^▸server /m),
  // However many pages the keys take.
  'page-up': check(`${PLAIN}?G`, /more below ─ Esc closes/),
  'page-down': check(`${PLAIN}?`, (screen) => !screen.text().includes('run on, or pause')),
  zoom: check(`${PLAIN}5`, /167 ! abort_session/),
  open: check(AT_FIRST_SESSION, /─ events --session old\.1 /),
  close: check(`${PLAIN}?`, /WHO HAS LEARNED/),
  sort: check(PLAIN, /sessions: sorted by name/, 'ooooooooo'),
  'reverse-sort': check(PLAIN, /sessions: what matters now comes last/, 'O'),
  copy: check(AT_FIRST_SESSION, /copied to the terminal's clipboard: old\.1 OPEN/),
  follow: check(AT_FIRST_SESSION, /old\.1 is followed/, 'F'),
  why: check(AT_FIRST_SESSION, /─ why old\.1 ─/),
  tour: check(PLAIN, /1\/8 {2}1: the nodes/, '<Esc>'),
  projector: check(PLAIN, /never will be told - \d+ ms so far/, 'P'),
  info: check(AT_FIRST_SESSION, /─ help old\.1 ─/),
  unit: check(PLAIN, /the next and the previous frame/, 'uu'),
  theme: check(PLAIN, /theme: light/, 'TTT'),
  explain: check(PLAIN, /no check has failed/),
  'other-kind': check(PLAIN, /BESIDE IT: eee0 as SSC/, 'e'),
  'other-release': check(PLAIN, /BESIDE IT: all on R1.0.x/, 'E'),
  differences: check(`${PLAIN}e`, /─ WHAT DIFFERS WITH eee0 as SSC/, '<Esc>e'),
};

/** Actions that need a run of their own; the tests of that name are in keys.real.test.ts. */
export const ownRuns = ['toggle', 'quit', 'redraw'] as const;
export type OwnRun = (typeof ownRuns)[number];
