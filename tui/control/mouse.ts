import { footerLine } from '../panes/bars.js';
import { timeAtColumn } from '../panes/scrubberRow.js';
import type { Play } from '../run/play.js';
import { overlayRect } from '../screen.js';
import { isIn } from '../text/canvas.js';
import type { Thing } from '../text/thing.js';
import { tourRect } from '../tour/box.js';
import { nextStop } from '../tour/tour.js';
import { act, moveContext } from './acts.js';
import { clickOn, rightClickOn } from './clicks.js';
import { footerHints, keyMap } from './keys.js';
import { move, paneAt, selectPane } from './navigation.js';

/** What the mouse did, and where. */
export interface MouseInput {
  readonly action: 'press' | 'right-press' | 'wheel-up' | 'wheel-down';
  readonly x: number;
  readonly y: number;
}

const WHEEL_ROWS = 3;

/**
 * A click on a hint is its key, on the line of time a jump, on a pane its focus, and on something in it selects that;
 * the wheel moves in the pane. `thingThere` finds what is shown there. While the prompt is open a click does nothing: what was
 * begun there is ended there.
 */
export function mouse(play: Play, input: MouseInput, thingThere: () => Thing | undefined): void {
  const { state, layout } = play;
  const { action, x, y } = input;
  if (action === 'wheel-up' || action === 'wheel-down') {
    turnWheel(play, input);
    return;
  }
  if (state.prompt !== undefined) return;
  if (action === 'press' && layout.footer?.y === y) {
    pressHint(play, x);
    return;
  }
  if (state.tour !== undefined && isIn(tourRect(state.tour, layout), x, y)) {
    nextStop(play);
    return;
  }
  if (state.overlay !== undefined) {
    const rect = overlayRect(layout, state.overlay.lines.length);
    // Its lower edge says how it is closed.
    if (isIn(rect, x, y) && y < rect.y + rect.height - 1) return;
    state.overlay = undefined;
    return;
  }
  if (action === 'press' && layout.scrubber?.y === y) {
    const time = { horizonUs: play.source.horizon().timeUs, marks: play.looks.scrubber.shown };
    const timeUs = timeAtColumn(x, time, state.width);
    if (timeUs !== undefined) play.command(`goto ${timeUs}us`);
    return;
  }
  const pane = paneAt(layout, x, y);
  if (pane === undefined) return;
  // As the screen stands now: the focus that the click gives may place it anew.
  const thing = thingThere();
  const hadFocus = state.focus === pane;
  selectPane(state, pane);
  if (thing === undefined) return;
  if (action === 'right-press') rightClickOn(play, thing);
  else clickOn(play, thing, hadFocus);
}

function turnWheel(play: Play, { action, x, y }: MouseInput): void {
  const { state, layout } = play;
  const pane = paneAt(layout, x, y);
  // A filter is of the pane that has the focus.
  const isFiltering = state.prompt?.kind === 'filter';
  if (pane !== undefined && state.overlay === undefined && !isFiltering) selectPane(state, pane);
  const context = moveContext(play);
  const direction = action === 'wheel-up' ? 'up' : 'down';
  for (let row = 0; row < WHEEL_ROWS; row++) move(state, direction, '', context);
}

function pressHint(play: Play, x: number): void {
  const { state } = play;
  const hit = footerLine(footerHints(), state.width).places.find(
    (place) => x >= place.x && x < place.x + place.width,
  );
  const key = keyMap.find((entry) => entry.action === hit?.action);
  if (key !== undefined) act(play, key.action, key.keys[0] ?? '');
}
