import type { Caption } from '../reading/story.js';
import { type Line, line, span, wrapped } from '../text/line.js';

const MARGIN = 3;

/** The caption in full, over several rows; where even those are too few, the longest form that they hold. */
export function wholeCaption(
  forms: Caption,
  urgent: boolean,
  size: { readonly width: number; readonly height: number },
): Line[] {
  const width = Math.max(1, size.width - 2 * MARGIN);
  const all = forms.map((form) => wrapped(form, width));
  const rows = all.find((each) => each.length <= size.height) ?? all[all.length - 1] ?? [];
  return rows.map((row, at) => [span(at === 0 && urgent ? ' ▸ ' : '   ', 'bad'), ...line(row, 'strong')]);
}
