import { keyMap } from '../control/keys.js';
import { paneIds } from '../layout.js';
import { paneWords } from '../panes/paneWords.js';
import type { CommandForm } from '../run/source.js';
import { type Menu, type MenuItem, newMenu } from './menu.js';

function actionItems(): MenuItem[] {
  return keyMap.flatMap(({ action, keys, shown, help, command }): MenuItem[] => {
    // Moving needs no menu: the menu itself is in the way.
    if (shown === '' || action === 'up' || action === 'palette') return [];
    if (action === 'pane') {
      return paneIds.map((pane, at) => ({
        text: `${pane}: ${paneWords[pane]}`,
        note: String(at + 1),
        does: { kind: 'act', action, key: String(at + 1) },
      }));
    }
    const note = command === '' ? shown : `${shown}   : ${command}`;
    return [{ text: help, note, does: { kind: 'act', action, key: keys[0] ?? '' } }];
  });
}

/** Everything that can be done: what each key does, and every monitor command. */
export function palette(commands: readonly CommandForm[]): Menu {
  const given = commands.map(
    ({ name, usage, help }): MenuItem => ({
      text: usage,
      note: help,
      does: { kind: 'begin', text: `${name} ` },
    }),
  );
  return newMenu('every key and every command', [...actionItems(), ...given]);
}
