import { footerLine } from '../panes/bars.js';
import { timeAtColumn } from '../panes/scrubberRow.js';
import type { Play } from '../run/play.js';
import { act, moveContext } from './acts.js';
import { footerHints, keyMap } from './keys.js';
import { move, paneAt, selectPane } from './navigation.js';

/** What the mouse did, and where. */
export interface MouseInput {
  readonly action: 'press' | 'right-press' | 'wheel-up' | 'wheel-down';
  readonly x: number;
  readonly y: number;
}

const WHEEL_ROWS = 3;

/** A click on a hint is its key, on the line of time a jump, on a pane its focus; the wheel moves in the pane. */
export function mouse(play: Play, input: MouseInput): void {
  const { state, layout } = play;
  const { x, y } = input;
  if (input.action === 'right-press') return;
  if (input.action === 'press' && layout.footer?.y === y) {
    pressHint(play, x);
    return;
  }
  if (input.action === 'press' && layout.scrubber?.y === y) {
    const time = { horizonUs: play.source.horizon().timeUs, marks: play.looks.scrubber.shown };
    const timeUs = timeAtColumn(x, time, state.width);
    if (timeUs !== undefined) play.command(`goto ${timeUs}us`);
    return;
  }
  const pane = paneAt(layout, x, y);
  if (pane !== undefined && state.overlay === undefined) selectPane(state, pane);
  if (input.action === 'press') return;
  const context = moveContext(play);
  const direction = input.action === 'wheel-up' ? 'up' : 'down';
  for (let row = 0; row < WHEEL_ROWS; row++) move(state, direction, '', context);
}

function pressHint(play: Play, x: number): void {
  const { state } = play;
  const hit = footerLine(footerHints(), state.width).places.find(
    (place) => x >= place.x && x < place.x + place.width,
  );
  const key = keyMap.find((entry) => entry.action === hit?.action);
  if (key !== undefined && state.prompt === undefined) act(play, key.action, key.keys[0] ?? '');
}
