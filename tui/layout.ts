import { type BesideLayout, layoutBeside } from './beside/layout.js';
import { layoutProjector } from './projector/layout.js';
import type { Rect } from './text/canvas.js';

/** The panes that take the focus, in the order of their numbers. */
export const paneIds = [
  'nodes',
  'bus',
  'sessions',
  'ledger',
  'log',
  'memory',
  'traffic',
  'sequence',
  'plots',
] as const;
export type PaneId = (typeof paneIds)[number];

/** Panes that share one place on the screen: the one that had the focus last is shown. */
export const sharedPanes = ['log', 'memory', 'traffic', 'sequence', 'plots'] as const;
export type SharedPane = (typeof sharedPanes)[number];

export const isShared = (pane: PaneId): pane is SharedPane =>
  (sharedPanes as readonly string[]).includes(pane);

/** Where everything stands. A part without a rectangle is not shown at this size. */
export interface Layout {
  readonly tooSmall: boolean;
  readonly status: Rect;
  readonly caption: Rect | undefined;
  readonly scrubber: Rect | undefined;
  readonly panes: ReadonlyMap<PaneId, Rect>;
  readonly prompt: Rect;
  readonly footer: Rect | undefined;
  /** Where two worlds stand side by side. */
  readonly beside?: BesideLayout;
  /** The rows between status and prompt: overlays stand here. */
  readonly body: Rect;
}

/** What the content would like to have. */
export interface Wishes {
  /** Rows, without the header. */
  readonly sessions: number;
  readonly ledger: number;
  readonly zoomed: PaneId | undefined;
  /** Which pane has the place that several share. */
  readonly shared: SharedPane;
  /** The pane that has the focus, and whether another world is looked at beside this one. */
  readonly focus?: PaneId;
  readonly beside?: boolean;
  /** Large, and few panes. */
  readonly projector?: boolean;
}

/** Below this nothing useful fits. */
export const MINIMUM_WIDTH = 32;
export const MINIMUM_HEIGHT = 8;

const SIDE_BY_SIDE_WIDTH = 150;
const SIDE_BY_SIDE_HEIGHT = 30;

/**
 * Places the panes on a screen of `width` by `height` cells. Panes collapse in this order: the log, the bus, the nodes
 * (to one line); the ledger and the sessions stay to the end. Sizes depend on the screen and on what may come, not on
 * what there is at the moment, so that stepping does not make panes jump.
 */
export function layoutScreen(width: number, height: number, wishes: Wishes): Layout {
  const row = (y: number, rows: number): Rect => ({ x: 0, y, width, height: rows });
  const hasFooter = height >= 10;
  const hasCaption = height >= 16;
  const hasScrubber = height >= 20;
  const top = 1 + (hasCaption ? 1 : 0) + (hasScrubber ? 1 : 0);
  const promptY = height - (hasFooter ? 2 : 1);
  const body = row(top, Math.max(0, promptY - top));
  const common = {
    tooSmall: width < MINIMUM_WIDTH || height < MINIMUM_HEIGHT,
    status: row(0, 1),
    caption: hasCaption ? row(1, 1) : undefined,
    scrubber: hasScrubber ? row(2, 1) : undefined,
    prompt: row(promptY, 1),
    footer: hasFooter ? row(height - 1, 1) : undefined,
    body,
  };
  if (wishes.beside === true) {
    const beside = layoutBeside(body, wishes.focus ?? 'sessions', wishes.zoomed !== undefined);
    return { ...common, panes: beside.panes, beside };
  }
  if (wishes.projector === true) {
    const place = layoutProjector(width, height, promptY);
    const panes = wishes.zoomed === undefined ? place.panes : new Map([[wishes.zoomed, place.body]]);
    return { ...common, ...place, scrubber: undefined, panes };
  }
  if (wishes.zoomed !== undefined) return { ...common, panes: new Map([[wishes.zoomed, body]]) };
  const sideBySide = width >= SIDE_BY_SIDE_WIDTH && height >= SIDE_BY_SIDE_HEIGHT;
  return { ...common, panes: sideBySide ? wide(body, wishes) : stacked(body, wishes) };
}

/** Rows for nodes and bus at a body height. */
function upperRows(height: number): { nodes: number; bus: number } {
  if (height < 14) return { nodes: 1, bus: 0 };
  if (height < 18) return { nodes: 1, bus: 2 };
  if (height < 24) return { nodes: 5, bus: 2 };
  if (height < 34) return { nodes: 7, bus: 3 };
  return { nodes: 8, bus: 6 };
}

function stacked(body: Rect, wishes: Wishes): Map<PaneId, Rect> {
  const { nodes, bus } = upperRows(body.height);
  const left = body.height - nodes - bus;
  let ledger: number;
  let sessions: number;
  if (left < 12) {
    ledger = Math.max(2, Math.min(4, Math.floor(left / 2)));
    sessions = Math.min(left - ledger, 6);
  } else {
    ledger = clamp(wishes.ledger + 1, 4, Math.floor(left / 4) + 1);
    sessions = clamp(wishes.sessions + 1, 6, Math.floor(left / 2));
  }
  const log = left - ledger - sessions;
  const rows: [PaneId, number][] = [
    ['nodes', nodes],
    ['bus', bus],
    ['sessions', log === 1 ? sessions + 1 : sessions],
    ['ledger', ledger],
    [wishes.shared, log === 1 ? 0 : log],
  ];
  return inColumn(body.x, body.y, body.width, rows);
}

function wide(body: Rect, wishes: Wishes): Map<PaneId, Rect> {
  const { nodes, bus } = upperRows(body.height);
  const left = body.height - nodes - bus;
  const sessions = clamp(wishes.sessions + 2, 8, left - 6);
  const leftWidth = Math.floor(body.width * 0.56);
  const upper = inColumn(body.x, body.y, body.width, [
    ['nodes', nodes],
    ['bus', bus],
  ]);
  const y = body.y + nodes + bus;
  const lower = inColumn(body.x, y, leftWidth, [
    ['sessions', sessions],
    ['ledger', left - sessions],
  ]);
  const log: Rect = { x: leftWidth + 1, y, width: body.width - leftWidth - 1, height: left };
  return new Map<PaneId, Rect>([...upper, ...lower, [wishes.shared, log]]);
}

function inColumn(
  x: number,
  y: number,
  width: number,
  rows: readonly (readonly [PaneId, number])[],
): Map<PaneId, Rect> {
  const panes = new Map<PaneId, Rect>();
  let top = y;
  for (const [id, height] of rows) {
    if (height > 0) panes.set(id, { x, y: top, width, height });
    top += Math.max(0, height);
  }
  return panes;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
