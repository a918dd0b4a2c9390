import type { WorldView } from '../nodes/index.js';
import { putBeside } from './beside/draw.js';
import type { BesideContent } from './beside/side.js';
import { filtersSet } from './control/filters.js';
import { footerHints } from './control/keys.js';
import { type Layout, layoutScreen } from './layout.js';
import { type PaneContent, paneLines } from './paneLines.js';
import { captionLine, footerLine, overlayLines, statusLine } from './panes/bars.js';
import { menuLines, placeMenu } from './panes/menuBox.js';
import { promptBox } from './panes/promptBox.js';
import { scrubberRow } from './panes/scrubberRow.js';
import { wholeCaption } from './projector/caption.js';
import type { Caption } from './reading/story.js';
import type { UiState } from './state.js';
import { Canvas, type Rect } from './text/canvas.js';
import { fill, type Line, line, painted, sized, span, wrapped } from './text/line.js';
import type { Thing } from './text/thing.js';
import { tourLines, tourRect } from './tour/box.js';

/** What is on the screen: its lines, each exactly as wide as the screen, and the cursor if one is shown. */
export interface ScreenFrame {
  readonly lines: readonly Line[];
  readonly cursor: { readonly x: number; readonly y: number } | undefined;
  /** What stands where, so that a click finds it. */
  readonly layout: Layout;
  /** What a cell shows, if a click selects it. */
  readonly thingAt: (x: number, y: number) => Thing | undefined;
}

/** What the screen is made of. */
export interface ScreenContent extends PaneContent {
  /** The world beside this one, if it is looked at. */
  readonly beside?: BesideContent | undefined;
  readonly caption: { readonly forms: Caption; readonly urgent: boolean };
  readonly speed: string;
}

/** The layout for what there is to show. */
export function layoutOf(state: UiState, view: WorldView): Layout {
  return layoutScreen(state.width, state.height, {
    sessions: Math.max(view.sessions.length, 8),
    ledger: Math.max(
      3,
      view.ledger.reduce((sum, entry) => sum + entry.rows.length, 0),
    ),
    zoomed: state.zoomed ? state.focus : undefined,
    shared: state.shared,
    beside: state.beside !== undefined,
    focus: state.focus,
    projector: state.projector,
  });
}

/** Draws everything into a frame. */
export function drawScreen(state: UiState, content: ScreenContent): ScreenFrame {
  const layout = layoutOf(state, content.view);
  const canvas = new Canvas(state.width, state.height);
  if (layout.tooSmall) {
    const text = `Too small: ${state.width}x${state.height}. 40x12 is enough; q quits.`;
    const rows = wrapped(text, state.width).map((row) => line(row));
    canvas.put({ x: 0, y: 0, width: state.width, height: state.height }, rows);
    return { lines: canvas.lines(), cursor: undefined, layout, thingAt: () => undefined };
  }
  const status = statusLine(
    content.source.status(),
    {
      speed: content.speed,
      event: content.source.eventCount(),
      running: state.running,
      unit: state.unit,
      branch: content.source.horizon().branch,
    },
    state.width,
  );
  canvas.put(layout.status, [status]);
  if (layout.caption !== undefined) {
    const { forms, urgent } = content.caption;
    const isWhole = layout.caption.height > 1;
    canvas.put(
      layout.caption,
      isWhole ? wholeCaption(forms, urgent, layout.caption) : [captionLine(forms, urgent, state.width)],
    );
  }
  if (layout.scrubber !== undefined) {
    const { timeUs } = content.source.horizon();
    const time = { nowUs: content.view.nowUs, horizonUs: timeUs, marks: content.looks.scrubber.shown };
    canvas.put(layout.scrubber, [scrubberRow(time, state.width)]);
  }
  const own: PaneContent = { ...content, differences: content.beside?.differences ?? [] };
  for (const [id, rect] of layout.panes) canvas.put(rect, paneLines(id, rect, state, own));
  if (layout.beside !== undefined && content.beside !== undefined)
    putBeside(canvas, layout.beside, state, content.beside);
  if (layout.footer !== undefined) canvas.put(layout.footer, [footerLine(footerHints(), state.width).line]);
  if (state.overlay !== undefined) putOverlay(canvas, layout, state);
  if (state.tour !== undefined) {
    const rect = tourRect(state.tour, layout);
    canvas.put(rect, tourLines(state.tour, rect));
  }
  if (state.menu !== undefined) {
    const place = placeMenu(state.menu, layout.body);
    canvas.put(place.rect, menuLines(state.menu, place));
  }
  const cursor = putPrompt(canvas, layout, state);
  return { lines: canvas.lines(), cursor, layout, thingAt: (x, y) => canvas.thingAt(x, y) };
}

/** Where an overlay with so many lines stands: over the lower panes. */
export function overlayRect({ body }: Layout, lines: number): Rect {
  const height = Math.min(body.height, lines + 2);
  return { x: 0, y: body.y + body.height - height, width: body.width, height };
}

function putOverlay(canvas: Canvas, layout: Layout, state: UiState): void {
  const { overlay } = state;
  if (overlay === undefined) return;
  const rect = overlayRect(layout, overlay.lines.length);
  const lines = overlay.lines.map((row, at) =>
    at === overlay.marked ? painted(sized(row, rect.width - 2), 'select') : row,
  );
  const title = overlay.events === undefined ? overlay.title : `${overlay.title}   Enter: goes there`;
  canvas.put(rect, overlayLines(title, lines, overlay.first, rect.width, rect.height));
}

/** The prompt's row: the open prompt with what belongs under it, or the last command and its answer. */
function putPrompt(canvas: Canvas, layout: Layout, state: UiState): ScreenFrame['cursor'] {
  const { prompt: rect, body } = layout;
  if (state.prompt === undefined) {
    const { text, bad } = state.message;
    const filters = filtersSet(state);
    const filtered =
      filters.length === 0 ? '' : `  ${filters.map((filter) => `/${filter}`).join(' ')} (Esc: all)`;
    canvas.put(rect, [
      sized([span(':', 'dim'), span(text, bad ? 'bad' : 'plain'), span(filtered, 'note')], rect.width),
    ]);
    return undefined;
  }
  const box = promptBox(state.prompt, state.history, rect.width);
  const rows = Math.min(box.lines.length, body.height + 1);
  const y = rect.y - rows + 1;
  canvas.put({ x: 0, y, width: rect.width, height: rows }, fill(box.lines, rect.width, rows));
  return { x: Math.min(box.cursorX, rect.width - 1), y };
}
