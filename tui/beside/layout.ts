import type { PaneId } from '../layout.js';
import type { Rect } from '../text/canvas.js';

/** Where two worlds stand side by side: the first one's panes, the other's, and what differs below both. */
export interface BesideLayout {
  readonly titles: readonly [Rect, Rect];
  /** The column between the two. */
  readonly rule: Rect;
  readonly panes: ReadonlyMap<PaneId, Rect>;
  readonly others: ReadonlyMap<PaneId, Rect>;
  /** Not there while a pane stands alone, or while both worlds show a log or the like. */
  readonly differences: Rect | undefined;
}

/** What both worlds always show, from above; the bus where there is room. */
const upper = ['nodes', 'bus', 'sessions', 'ledger'] as const satisfies readonly PaneId[];
type Upper = (typeof upper)[number];

const isUpper = (pane: PaneId): pane is Upper => upper.some((each) => each === pane);

/** Rows for each of them, and for what stands below, at a height. */
function rowsAt(height: number, focus: PaneId): Readonly<Record<Upper | 'below', number>> {
  const nodes = height < 15 ? 1 : height < 22 ? 5 : height < 34 ? 7 : 8;
  const below = Math.max(2, Math.min(16, Math.floor(height * 0.3)));
  const least = focus === 'bus' ? 2 : 0;
  const bus = height < 24 ? least : height < 34 ? 3 : 5;
  const left = height - nodes - below - bus;
  const sessions = Math.ceil(left * 0.58);
  return { nodes, bus, sessions, ledger: left - sessions, below };
}

/**
 * Halves the body. `focus`: a pane that the two halves do not show already takes the place below, in both; else that
 * place says what differs.
 */
export function layoutBeside(body: Rect, focus: PaneId, zoomed: boolean): BesideLayout {
  const half = Math.floor((body.width - 1) / 2);
  const right = body.width - half - 1;
  const [x, otherX] = [body.x, body.x + half + 1];
  const height = body.height - 1;
  const y = body.y + 1;
  const panes = new Map<PaneId, Rect>();
  const others = new Map<PaneId, Rect>();
  const put = (id: PaneId, top: number, rows: number): void => {
    if (rows <= 0) return;
    panes.set(id, { x, y: top, width: half, height: rows });
    others.set(id, { x: otherX, y: top, width: right, height: rows });
  };
  let differences: Rect | undefined;
  let ruleRows = height;
  if (zoomed) put(focus, y, height);
  else {
    const rows = rowsAt(height, focus);
    let top = y;
    for (const id of upper) {
      put(id, top, rows[id]);
      top += rows[id];
    }
    if (isUpper(focus)) {
      differences = { x: body.x, y: top, width: body.width, height: rows.below };
      ruleRows = height - rows.below;
    } else put(focus, top, rows.below);
  }
  const titles: readonly [Rect, Rect] = [
    { x, y: body.y, width: half, height: 1 },
    { x: otherX, y: body.y, width: right, height: 1 },
  ];
  const rule = { x: x + half, y: body.y, width: 1, height: ruleRows + 1 };
  return { titles, rule, panes, others, differences };
}
