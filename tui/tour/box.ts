import type { Layout } from '../layout.js';
import { paneIds } from '../layout.js';
import type { Rect } from '../text/canvas.js';
import { type Line, sized, span, wrapped } from '../text/line.js';
import { shownStop, type Tour } from './tour.js';

const MOST_WIDTH = 90;

/** What the box of a stop says: its text in rows. */
function textOf(tour: Tour, width: number): readonly string[] {
  return wrapped(shownStop(tour)?.text ?? '', Math.max(1, width - 4));
}

/** Where the box stands: at the end of the body where the stop's pane is not. */
export function tourRect(tour: Tour, { body }: Layout): Rect {
  const width = Math.min(MOST_WIDTH, body.width);
  const height = Math.min(body.height, textOf(tour, width).length + 2);
  const x = body.x + Math.floor((body.width - width) / 2);
  const isTop = shownStop(tour)?.box === 'top';
  return { x, y: isTop ? body.y : body.y + body.height - height, width, height };
}

/** The box of a stop: what to look at, and how to go on. */
export function tourLines(tour: Tour, { width, height }: Rect): Line[] {
  const { stops, at } = tour;
  const stop = shownStop(tour);
  const inner = width - 2;
  const pane = stop === undefined ? 0 : paneIds.indexOf(stop.pane) + 1;
  const where = ` ${at + 1}/${stops.length} `;
  const title = ` ${stop?.title ?? ''} `;
  const rule = (left: number): string => '═'.repeat(Math.max(0, left));
  const head: Line = [
    span('╒', 'key'),
    span(where, 'note'),
    span(title, 'strong'),
    span(`${rule(inner - where.length - title.length)}╕`, 'key'),
  ];
  const rows = textOf(tour, width)
    .slice(0, Math.max(0, height - 2))
    .map((row): Line => [span('│ ', 'key'), ...sized([span(row)], inner - 2), span(' │', 'key')]);
  const isLast = at === stops.length - 1;
  const how = [
    ` Space ${isLast ? 'ends' : 'goes on'}  , back  Esc ends   (pane ${pane}) `,
    ` Space ${isLast ? 'ends' : 'on'}  , back  Esc ends `,
  ];
  const shown = how.find((form) => form.length <= inner) ?? '';
  return [
    head,
    ...rows,
    [span(`╘${rule(inner - shown.length)}`, 'key'), span(shown, 'note'), span('╛', 'key')],
  ];
}
