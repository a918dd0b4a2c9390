import type { PaneId } from '../layout.js';
import type { Rect } from '../text/canvas.js';

/** Where things stand on a projector: the caption in full, the nodes and the ledger, with air between them. */
export interface ProjectorLayout {
  readonly caption: Rect;
  readonly panes: ReadonlyMap<PaneId, Rect>;
  /** What overlays and a pane that stands alone have. */
  readonly body: Rect;
}

/** Rows for the caption and for the nodes, and whether there is room for air, at a height. */
function rowsAt(height: number): { readonly caption: number; readonly nodes: number; readonly air: number } {
  if (height < 16) return { caption: 2, nodes: 1, air: 0 };
  if (height < 22) return { caption: 2, nodes: 5, air: 0 };
  if (height < 36) return { caption: 3, nodes: 6, air: 1 };
  return { caption: 4, nodes: 8, air: 1 };
}

/** Fewer and wider things than usual between the status line and the prompt in row `promptY`. */
export function layoutProjector(width: number, height: number, promptY: number): ProjectorLayout {
  const { caption, nodes, air } = rowsAt(height);
  const row = (y: number, rows: number): Rect => ({ x: 0, y, width, height: Math.max(0, rows) });
  const captionY = 1 + air;
  const top = captionY + caption + air;
  const ledgerY = top + nodes + air;
  return {
    caption: row(captionY, caption),
    panes: new Map<PaneId, Rect>([
      ['nodes', row(top, nodes)],
      ['ledger', row(ledgerY, promptY - ledgerY)],
    ]),
    body: row(top, promptY - top),
  };
}
