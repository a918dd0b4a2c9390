import { chooseRow, type MenuStep, menuKey, moveMark, narrowed } from '../menu/menu.js';
import { placeMenu } from '../panes/menuBox.js';
import { remembered } from '../prompt/history.js';
import { openPrompt, withUsage } from '../prompt/prompt.js';
import type { Play } from '../run/play.js';
import { isIn } from '../text/canvas.js';
import { act } from './acts.js';
import type { MouseInput } from './mouse.js';

/** A key while a menu is open. */
export function keyInMenu(play: Play, key: string, text: string): void {
  const { menu } = play.state;
  if (menu === undefined) return;
  follow(play, menuKey(menu, key, text, placeMenu(menu, play.layout.body).rows));
}

/** A paste narrows, as if it were typed. */
export function pasteInMenu({ state }: Play, text: string): void {
  if (state.menu !== undefined)
    state.menu = narrowed(state.menu, state.menu.filter + text.replace(/\s+/g, ' '));
}

/** The mouse while a menu is open: a click chooses, or beside the menu closes it; the wheel moves. */
export function mouseInMenu(play: Play, { action, x, y }: MouseInput): void {
  const { menu } = play.state;
  if (menu === undefined) return;
  if (action === 'wheel-up' || action === 'wheel-down') {
    play.state.menu = moveMark(menu, action === 'wheel-up' ? -1 : 1);
    return;
  }
  const { rect, listY, rows, first } = placeMenu(menu, play.layout.body);
  const row = y - listY;
  if (!isIn(rect, x, y)) play.state.menu = undefined;
  else if (row >= 0 && row < rows) follow(play, chooseRow(menu, first + row));
}

function follow(play: Play, { menu, chosen, edit }: MenuStep): void {
  const { state } = play;
  state.menu = menu;
  if (chosen === undefined) return;
  const { does } = chosen;
  if (does.kind === 'act') {
    act(play, does.action, does.key);
  } else if (does.kind === 'begin' || edit === true) {
    const text = does.kind === 'begin' ? does.text : does.command;
    state.prompt = withUsage(openPrompt('command', text), (line, cursor) =>
      play.source.complete(line, cursor),
    );
  } else {
    state.history = remembered(state.history, does.command);
    play.command(does.command);
  }
}
