import type { Difference } from '../../nodes/index.js';
import { type PaneFrame, titleRow } from '../panes/pane.js';
import { cell, fill, type Line, line, span, wrapped } from '../text/line.js';

/** What a difference is about: `server/1 placed by`; of a command first the option, for it may be long. */
function whatOf({ about, name, field }: Difference): string {
  if (field === '') return name;
  return about === 'command' ? `${field} of ${name}` : `${name} ${field}`;
}

function compared(difference: Difference, width: number): Line {
  const { one, other } = difference;
  const whatWidth = Math.min(34, Math.floor(width * 0.3));
  const each = Math.floor((width - 3 - whatWidth - 3) / 2);
  return [
    span(' ≠ ', 'bad'),
    span(`${cell(whatOf(difference), whatWidth - 1)} `, 'strong'),
    span(cell(one, each)),
    span(' │ ', 'frame'),
    span(cell(other, each)),
  ];
}

/** Each difference in full: what it is about, then both sides below each other. */
export function differenceTexts(differences: readonly Difference[], width: number): Line[] {
  if (differences.length === 0) return [line('Nothing yet.', 'dim')];
  const side = (sign: string, text: string): Line[] =>
    wrapped(text, Math.max(10, width - 14)).map((row, at) => [
      span((at === 0 ? `   ${sign}` : '').padEnd(14), 'note'),
      span(row),
    ]);
  return differences.flatMap((difference) => [
    [span(' ≠ ', 'bad'), span(whatOf(difference), 'strong')],
    ...side('this run', difference.one),
    ...side('beside it', difference.other),
  ]);
}

/** All that is other in the second world, a row each, as far as there is room. */
export function differencesPane(differences: readonly Difference[], frame: PaneFrame): Line[] {
  const rows = differences.map((one) => compared(one, frame.width));
  const shown = frame.height - 1;
  const left = Math.max(0, rows.length - shown);
  const end = left > 0 ? `${left} more (d: all)` : '';
  const head = titleRow(frame, `WHAT DIFFERS ${differences.length}`, [], end);
  const none = line('   Nothing yet: so far both worlds are alike in all that one can see.', 'dim');
  const lines = rows.length === 0 ? [none] : rows.slice(0, shown);
  return fill([head, ...lines], frame.width, frame.height);
}
