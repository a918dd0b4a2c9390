import { faultMenu } from '../menu/faultMenu.js';
import { palette } from '../menu/palette.js';
import type { Play } from '../run/play.js';

/** Opens what can fail on the selected node. The run stands meanwhile: a fault belongs to a moment. */
export function openFaults(play: Play): void {
  const { state, view } = play;
  const node = view.nodes[state.selectedNode];
  if (node === undefined) {
    state.message = { text: 'there is no node yet: `node <name> ssc` makes one', bad: false };
    return;
  }
  if (state.running) play.pause();
  state.overlay = undefined;
  state.menu = faultMenu(view, node);
}

export function openPalette({ state, source, view }: Play): void {
  state.menu = palette(source.commandForms(), view, view.nodes[state.selectedNode]);
}
