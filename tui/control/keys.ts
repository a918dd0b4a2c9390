import type { Hint } from '../panes/bars.js';

/** What a key asks for. */
export type Action =
  | 'toggle'
  | 'step'
  | 'back'
  | 'faster'
  | 'slower'
  | 'prompt'
  | 'filter'
  | 'next-match'
  | 'previous-match'
  | 'fault'
  | 'frames'
  | 'stops'
  | 'help'
  | 'quit'
  | 'next-pane'
  | 'previous-pane'
  | 'pane'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'top'
  | 'bottom'
  | 'page-up'
  | 'page-down'
  | 'zoom'
  | 'open'
  | 'close'
  | 'sort'
  | 'reverse-sort'
  | 'follow'
  | 'copy'
  | 'why'
  | 'unit'
  | 'theme'
  | 'explain'
  | 'palette'
  | 'other-kind'
  | 'other-release'
  | 'differences'
  | 'info'
  | 'projector'
  | 'tour'
  | 'redraw';

/** One line of the key map: it feeds the keys themselves, the footer's hints, the `?` overlay and the palette. */
export interface KeyEntry {
  readonly action: Action;
  readonly keys: readonly string[];
  /** How the keys are written for a person. */
  readonly shown: string;
  readonly help: string;
  /** Words in the footer; empty: no hint there. */
  readonly hint: string;
  /** The monitor command that it gives, if it is one. */
  readonly command: string;
}

const entry = (
  action: Action,
  keys: readonly string[],
  shown: string,
  help: string,
  hint = '',
  command = '',
): KeyEntry => ({ action, keys, shown, help, hint, command });

/** All keys, in the order of the footer and of the overlay. */
export const keyMap: readonly KeyEntry[] = [
  entry('toggle', ['space'], 'Space', 'run on, or pause', 'run', 'continue'),
  entry('step', ['.'], '.', 'one step: the next thing that happens', 'step', 'step'),
  entry('back', [','], ',', 'one step back, likewise', 'back', 'back'),
  entry('slower', ['-', '_'], '', ''),
  entry('fault', ['f'], 'f', 'what can fail on the selected node, or work again: a menu', 'fail'),
  entry('why', ['w'], 'w', 'why the selected event, session or node is as it is', 'why', 'why'),
  entry('other-kind', ['e'], 'e', 'the same run with the other kind of node, side by side', 'other kind'),
  entry('info', ['i'], 'i', 'what the selected thing is, and by which rules', 'info', 'help'),
  entry('help', ['?'], '?', 'these keys', 'help'),
  entry('quit', ['q', 'ctrl-c'], 'q', 'quit', 'quit'),
  entry('palette', ['ctrl-p'], '^P', 'Ctrl-P: everything that can be done: type a part of its name', 'menu'),
  entry('faster', ['+', '='], '+ -', 'faster and slower: virtual time against yours', 'speed'),
  entry('prompt', [':'], ':', 'give a monitor command (Tab completes, up and Ctrl-R recall)', 'command'),
  entry('next-pane', ['tab'], 'Tab', 'next pane', 'pane'),
  entry('zoom', ['z'], 'z', 'the pane alone on the screen, and back', 'zoom'),
  entry(
    'open',
    ['enter'],
    'Enter',
    'goes to the marked event; opens the marked session or block',
    'open',
    'goto',
  ),
  entry('filter', ['/'], '/', 'only what has this text, in the pane with the focus; Esc: all', 'filter'),
  entry('frames', ['a'], 'a', 'log with or without frames, memory and state changes'),
  entry('unit', ['u'], 'u', 'what . and , go to: event, frame, callback, match of the log'),
  entry('stops', ['s'], 's', 'stop by itself when something dies or somebody learns of it'),
  entry('sort', ['o'], 'o O', 'sort the sessions by the next column, and the other way round'),
  entry('reverse-sort', ['O'], '', ''),
  entry('follow', ['F'], 'F', 'follow the session: kept in sight, alone in log and traffic'),
  entry('copy', ['y'], 'y', 'copy what is selected, or the text that is open (OSC 52)'),
  entry('explain', ['x'], 'x', 'the failed check: what was expected, what came nearest, why'),
  entry('other-release', ['E'], 'E', 'the same run with the other release, side by side'),
  entry('differences', ['d'], 'd', 'side by side: all that differs, in full'),
  entry('theme', ['T'], 'T', 'colours: dark, light, high contrast, none'),
  entry('tour', ['t'], 't', 'a tour of one minute: what is where, and what to look at'),
  entry('projector', ['P'], 'P', 'for a projector: large, few panes, bold; and back'),
  entry('next-match', ['n'], 'n N', 'next and previous match of the filter, in every pane'),
  entry('previous-match', ['N'], '', ''),
  entry('previous-pane', ['shift-tab'], 'Shift-Tab', 'previous pane'),
  entry(
    'pane',
    ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    '1 … 9',
    'nodes bus sessions ledger log memory traffic sequence plots',
  ),
  entry('up', ['up', 'k'], 'arrows hjkl', 'move in the pane'),
  entry('down', ['down', 'j'], '', ''),
  entry('left', ['left', 'h'], '', ''),
  entry('right', ['right', 'l'], '', ''),
  entry('top', ['g', 'home'], 'g G', 'first and last; the last of the log follows'),
  entry('bottom', ['G', 'end'], '', ''),
  entry('page-up', ['page-up', 'ctrl-b'], 'PgUp PgDn', 'a page up and down'),
  entry('page-down', ['page-down', 'ctrl-f'], '', ''),
  entry('close', ['escape'], 'Esc', 'closes what is open, then filter, following, zoom, other world'),
  entry('redraw', ['ctrl-l'], 'Ctrl-L', 'draw the screen anew'),
];

/** What a key does, if anything. */
export function actionOf(key: string): Action | undefined {
  return keyMap.find((candidate) => candidate.keys.includes(key))?.action;
}

/** The footer's hints. */
export function footerHints(): Hint[] {
  return keyMap
    .filter((candidate) => candidate.hint !== '')
    .map((candidate) => ({ key: candidate.shown, text: candidate.hint, action: candidate.action }));
}
