import { keyMap } from '../control/keys.js';
import { type Line, span } from '../text/line.js';

/** What the letters and symbols of the panes mean. */
export const legend: readonly (readonly [string, string])[] = [
  ['A', "block of an OPEN or LISTEN session: the application's own (S5)"],
  ['N', 'block of an ACCEPT session that the application placed in new_session (S7)'],
  ['R', 'block of an ACCEPT session that RMC placed: on an EEE always (S13)'],
  ['✓ ? ✗', 'in the ledger: it was told; it may be yet; it never will be'],
  ['*', 'has just changed: the session, and which cells of it'],
  ['▸ ●', 'selected; selected in another pane, or followed (F)'],
  ['✗ ! ↓ ▸', 'on the line of time: failure, telling, callback, command'],
  ['≠', 'side by side: this is other in the other world'],
];

/** The `?` overlay, from the key map. */
export function helpLines(): Line[] {
  const shown = keyMap.filter((entry) => entry.shown !== '');
  const keys = shown.map((entry) => [
    span(` ${entry.shown.padEnd(13)}`, 'key'),
    span(entry.help),
    span(entry.command === '' ? '' : `   : ${entry.command}`, 'note'),
  ]);
  const letters = legend.map(([sign, text]) => [span(` ${sign.padEnd(13)}`, 'key'), span(text)]);
  return [...keys, [], ...letters];
}
