import { type Line, type Role, type Span, sized, span, widthOf } from '../text/line.js';

/** What every pane is told beside its content. */
export interface PaneFrame {
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

/** A pane's first row: a rule with the title, what stands beside it, and what stands at its end. */
export function titleRow(frame: PaneFrame, title: string, middle: readonly Span[] = [], end = ''): Line {
  const role: Role = frame.focused ? 'focus' : 'title';
  const head: Span[] = [
    { text: frame.focused ? '▸' : '─', role: frame.focused ? 'focus' : 'frame' },
    span(title, role),
    { text: ' ', role: 'plain' },
    ...middle,
  ];
  const tail: Span[] = end === '' ? [] : [span(` ${end} `, 'note')];
  const rule = frame.width - widthOf(head) - widthOf(tail) - (tail.length > 0 ? 1 : 0);
  if (rule < 0) return sized([...head, ...tail], frame.width);
  const spans: Span[] = [...head, { text: '─'.repeat(rule), role: 'frame' }, ...tail];
  if (tail.length > 0) spans.push({ text: '─', role: 'frame' });
  return spans;
}

/** What a window leaves out: `3 more below`, `2 above, 3 below`; empty when everything is in sight. */
export function moreText(above: number, below: number): string {
  if (above > 0) return below > 0 ? `${above} above, ${below} below` : `${above} more above`;
  return below > 0 ? `${below} more below` : '';
}

/** The window that begins at `first`, moved as little as it must so that row `wanted` is within. */
export function windowWith(first: number, wanted: number, height: number): number {
  return Math.max(Math.min(first, wanted), wanted - Math.max(1, height) + 1);
}

/** The first row of a window of `height` rows on `count` rows, so that `wanted` stays within. */
export function windowStart(wanted: number, count: number, height: number): number {
  return Math.max(0, Math.min(wanted, count - height));
}
