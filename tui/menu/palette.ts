import type { NodeView, WorldView } from '../../nodes/index.js';
import { keyMap } from '../control/keys.js';
import { paneIds } from '../layout.js';
import { paneWords } from '../panes/paneWords.js';
import type { CommandForm } from '../run/source.js';
import { faultMenu } from './faultMenu.js';
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

/** A command, and each word that its first argument can be: those come only where they are typed. */
function commandItems({ name, usage, help, choices, others }: CommandForm): MenuItem[] {
  const begin = (text: string): MenuItem['does'] => ({ kind: 'begin', text: `${text} ` });
  return [
    { text: usage, note: help, does: begin(name), also: others.join(' ') },
    ...choices.map((word): MenuItem => {
      const text = `${name} ${word}`;
      return { text, note: help, does: begin(text), isTyped: true };
    }),
  ];
}

/** What can fail on a node, where it is typed. */
function faultItems(view: WorldView, node: NodeView): MenuItem[] {
  return faultMenu(view, node).items.map((item) => ({
    ...item,
    text: `${node.name}: ${item.text}`,
    isTyped: true,
  }));
}

/** Everything that can be done: what each key does, every monitor command, and what can fail on the selected node. */
export function palette(
  commands: readonly CommandForm[],
  view: WorldView,
  selected: NodeView | undefined,
): Menu {
  return newMenu('every key and every command', [
    ...actionItems(),
    ...commands.flatMap(commandItems),
    ...(selected === undefined ? [] : faultItems(view, selected)),
  ]);
}
