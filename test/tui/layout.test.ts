import { describe, expect, test } from 'vitest';
import { isShared, layoutScreen, type PaneId, paneIds } from '../../tui/layout.js';
import type { Rect } from '../../tui/text/canvas.js';

const wishes = { sessions: 8, ledger: 3, zoomed: undefined, shared: 'log' } as const;
const sizes: [number, number][] = [];
for (const width of [40, 60, 80, 100, 132, 150, 200]) {
  for (let height = 12; height <= 50; height++) sizes.push([width, height]);
}

function rectangles(width: number, height: number): Map<string, Rect> {
  const layout = layoutScreen(width, height, wishes);
  const all = new Map<string, Rect>([...layout.panes, ['status', layout.status], ['prompt', layout.prompt]]);
  if (layout.caption !== undefined) all.set('caption', layout.caption);
  if (layout.scrubber !== undefined) all.set('scrubber', layout.scrubber);
  if (layout.footer !== undefined) all.set('footer', layout.footer);
  return all;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('layout', () => {
  test('nothing overlaps and nothing leaves the screen, at 40x12 to 200x50', () => {
    for (const [width, height] of sizes) {
      const all = [...rectangles(width, height)];
      for (const [name, rect] of all) {
        const where = `${name} at ${width}x${height}`;
        expect(rect.x >= 0 && rect.x + rect.width <= width, where).toBe(true);
        expect(rect.y >= 0 && rect.height >= 1 && rect.y + rect.height <= height, where).toBe(true);
        for (const [other, second] of all)
          if (other !== name) expect(overlap(rect, second), `${where}, ${other}`).toBe(false);
      }
    }
  });

  test('sessions and ledger are always there; from 24 rows on every pane is', () => {
    for (const [width, height] of sizes) {
      const { panes } = layoutScreen(width, height, wishes);
      expect(panes.get('sessions')?.height ?? 0, `${width}x${height}`).toBeGreaterThanOrEqual(3);
      expect(panes.get('ledger')?.height ?? 0, `${width}x${height}`).toBeGreaterThanOrEqual(3);
      const shown = paneIds.filter((id) => id === wishes.shared || !isShared(id));
      if (height >= 24) expect([...panes.keys()]).toEqual(shown);
    }
  });

  test('the height is used up', () => {
    for (const [width, height] of sizes) {
      const rows = new Set<number>();
      for (const rect of rectangles(width, height).values()) {
        for (let row = rect.y; row < rect.y + rect.height; row++) rows.add(row);
      }
      expect(rows.size, `${width}x${height}`).toBe(height);
    }
  });

  test('a large screen has the log beside the sessions', () => {
    const { panes } = layoutScreen(200, 50, wishes);
    expect(panes.get('log')?.y).toBe(panes.get('sessions')?.y);
    expect(panes.get('log')?.width).toBeGreaterThan(80);
  });

  test('a zoomed pane has the whole body', () => {
    for (const id of paneIds) {
      const layout = layoutScreen(80, 24, { ...wishes, zoomed: id as PaneId });
      expect([...layout.panes]).toEqual([[id, layout.body]]);
    }
  });

  test('too small is the last resort', () => {
    expect(layoutScreen(40, 12, wishes).tooSmall).toBe(false);
    expect(layoutScreen(20, 5, wishes).tooSmall).toBe(true);
  });
});
