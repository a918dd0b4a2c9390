import { paneLines } from '../paneLines.js';
import { titleRow } from '../panes/pane.js';
import type { UiState } from '../state.js';
import type { Canvas } from '../text/canvas.js';
import { type Line, line, type Span } from '../text/line.js';
import { differencesPane } from './differencesPane.js';
import type { BesideLayout } from './layout.js';
import type { BesideContent } from './side.js';

/** Puts the other world beside the first one, whose panes are there already. */
export function putBeside(
  canvas: Canvas,
  layout: BesideLayout,
  state: UiState,
  content: BesideContent,
): void {
  const [left, right] = layout.titles;
  const frame = { height: 1, focused: false };
  canvas.put(left, [titleRow({ ...frame, width: left.width }, 'THIS RUN')]);
  canvas.put(right, [titleRow({ ...frame, width: right.width }, `BESIDE IT: ${content.title}`)]);
  canvas.put(
    layout.rule,
    Array.from({ length: layout.rule.height }, () => line('│', 'frame')),
  );
  for (const [id, rect] of layout.others) {
    canvas.put(rect, paneLines(id, rect, state, content).map(withoutPlaces));
  }
  if (layout.differences === undefined) return;
  const { width, height } = layout.differences;
  const rows = differencesPane(content.differences, { width, height, focused: false });
  canvas.put(layout.differences, rows);
}

/** Nodes and sessions have the same names in both worlds; events and addresses there are others than here. */
function withoutPlaces(row: Line): Line {
  return row.map((piece): Span => {
    const kind = piece.thing?.kind;
    return kind === undefined || kind === 'node' || kind === 'session'
      ? piece
      : { ...piece, thing: undefined };
  });
}
