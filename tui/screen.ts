import type { SessionView, WorldView } from '../nodes/index.js';
import { footerHints } from './control/keys.js';
import { memoryLines } from './control/memoryLook.js';
import { type Layout, layoutScreen, type PaneId } from './layout.js';
import { captionLine, footerLine, overlayLines, statusLine } from './panes/bars.js';
import { busPane } from './panes/bus.js';
import { ledgerPane } from './panes/ledger.js';
import { type LogRow, logPane } from './panes/log.js';
import { menuLines, placeMenu } from './panes/menuBox.js';
import { nodesPane } from './panes/nodes.js';
import { type PaneFrame, windowWith } from './panes/pane.js';
import { promptBox } from './panes/promptBox.js';
import { scrubberRow } from './panes/scrubberRow.js';
import { sessionsPane } from './panes/sessions.js';
import type { Looks } from './reading/looks.js';
import type { Caption } from './reading/story.js';
import { recentFrames } from './reading/traffic.js';
import type { UiSource } from './run/source.js';
import type { UiState } from './state.js';
import { Canvas, type Rect } from './text/canvas.js';
import { fill, type Line, line, sized, span, wrapped } from './text/line.js';
import type { Thing } from './text/thing.js';

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
export interface ScreenContent {
  readonly source: UiSource;
  readonly view: WorldView;
  /** The sessions, as the table lists them. */
  readonly sessions: readonly SessionView[];
  readonly looks: Looks;
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
    canvas.put(layout.caption, [captionLine(content.caption.forms, content.caption.urgent, state.width)]);
  }
  if (layout.scrubber !== undefined) {
    const { timeUs } = content.source.horizon();
    const time = { nowUs: content.view.nowUs, horizonUs: timeUs, marks: content.looks.scrubber.shown };
    canvas.put(layout.scrubber, [scrubberRow(time, state.width)]);
  }
  for (const [id, rect] of layout.panes) canvas.put(rect, paneLines(id, rect, state, content));
  if (layout.footer !== undefined) canvas.put(layout.footer, [footerLine(footerHints(), state.width).line]);
  if (state.overlay !== undefined) putOverlay(canvas, layout, state);
  if (state.menu !== undefined) {
    const place = placeMenu(state.menu, layout.body);
    canvas.put(place.rect, menuLines(state.menu, place));
  }
  const cursor = putPrompt(canvas, layout, state, content);
  return { lines: canvas.lines(), cursor, layout, thingAt: (x, y) => canvas.thingAt(x, y) };
}

function paneLines(id: PaneId, rect: Rect, state: UiState, content: ScreenContent): Line[] {
  const { view, source } = content;
  const frame: PaneFrame = { width: rect.width, height: rect.height, focused: state.focus === id };
  switch (id) {
    case 'nodes':
      return nodesPane(view, firstNode(state, view), view.nodes[state.selectedNode]?.name ?? '', frame);
    case 'bus':
      return busPane(view, firstNode(state, view), recentFrames(source, rect.height - 1), frame, {
        selectedEvent: state.selectedEvent ?? 0,
        selectedSession: state.selectedSession,
      });
    case 'sessions': {
      const { sessions } = content;
      const selected = Math.max(
        0,
        sessions.findIndex((session) => session.name === state.selectedSession),
      );
      const first = windowWith(state.firstSession, selected, rect.height - 1);
      const { filters, sort, changed } = state;
      const notes = [
        filters.sessions === '' ? '' : `/${filters.sessions}`,
        sort === 'now' ? '' : `by ${sort}`,
      ];
      const note = notes.filter((text) => text !== '').join(' ');
      return sessionsPane(
        sessions,
        { first, selected: sessions[selected]?.name ?? '', changed, note },
        frame,
      );
    }
    case 'ledger':
      return ledgerPane(view.ledger, state.firstLedger, frame, state.filters.ledger, state.selectedWitness);
    case 'memory':
      return memoryLines(state, source, frame);
    case 'traffic':
      return content.looks.trafficLines(state, frame);
    case 'sequence':
      return content.looks.sequenceLines(state, source, view, frame);
    case 'plots':
      return content.looks.plotLines(source, view, frame);
    case 'log':
      return logPane(logWindow(state, content, rect.height), frame);
  }
}

/** The first node of the row: the tiles follow the selection when they do not all fit. */
function firstNode(state: UiState, view: WorldView): number {
  const perScreen = Math.max(1, Math.floor(state.width / 20));
  if (view.nodes.length <= perScreen) return 0;
  return Math.max(0, Math.min(state.selectedNode, view.nodes.length - perScreen));
}

function logWindow(state: UiState, content: ScreenContent, rows: number): Parameters<typeof logPane>[0] {
  const { source } = content;
  const { log } = content.looks;
  const { numbers } = log;
  const end = state.logEnd === undefined ? numbers.length : Math.min(numbers.length, state.logEnd);
  const shown: LogRow[] = [];
  const notes = state.logEnd === undefined ? state.notes : [];
  for (const number of numbers.slice(Math.max(0, end - rows), end)) {
    const event = source.event(number);
    shown.push({ event, cause: event.cause > 0 ? source.event(event.cause) : undefined });
  }
  const kept = withNotes(shown, notes).slice(-rows);
  return {
    rows: kept,
    newer: numbers.length - end,
    filter: log.filter,
    withFrames: log.withDetails,
    selected: state.selectedEvent,
    session: state.selectedSession,
  };
}

/** Stray output among the events, where it came. */
function withNotes(rows: readonly LogRow[], notes: UiState['notes']): LogRow[] {
  if (notes.length === 0) return [...rows];
  const merged: LogRow[] = [];
  const first = rows[0]?.event.number ?? 0;
  let next = notes.findIndex((note) => note.after >= first);
  const add = (upTo: number): void => {
    while (next >= 0 && next < notes.length && (notes[next]?.after ?? 0) < upTo) {
      const note = notes[next];
      if (note !== undefined) merged.push(noteRow(note.text, note.after));
      next += 1;
    }
  };
  for (const row of rows) {
    add(row.event.number);
    merged.push(row);
  }
  add(Number.POSITIVE_INFINITY);
  return merged;
}

function noteRow(text: string, after: number): LogRow {
  const event = { number: after, timeUs: 0, cause: 0, event: 'output', fields: new Map([['text', text]]) };
  return { event, cause: undefined };
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
  canvas.put(rect, overlayLines(overlay.title, overlay.lines, overlay.first, rect.width, rect.height));
}

/** The prompt's row: the open prompt with what belongs under it, or the last command and its answer. */
function putPrompt(
  canvas: Canvas,
  layout: Layout,
  state: UiState,
  content: ScreenContent,
): ScreenFrame['cursor'] {
  const { prompt: rect, body } = layout;
  if (state.prompt === undefined) {
    const { text, bad } = state.message;
    const { sessions, ledger } = state.filters;
    const filters = [sessions, ledger, content.looks.log.filter].filter((filter) => filter !== '');
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
