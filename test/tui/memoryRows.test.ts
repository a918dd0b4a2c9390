import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../index.js';
import type { NodeView } from '../../nodes/index.js';
import { memoryRows } from '../../tui/panes/memoryRows.js';

const text = (nodes: readonly NodeView[], width: number, height: number): string[] =>
  memoryRows(nodes, 2000, width, height).map((spans) => spans.map((one) => one.text).join(''));

function nodes(): readonly NodeView[] {
  const emulator = createEmulator();
  emulator.command(
    'node near ssc\nnode far ssc\napp client --on near\nrun 1ms\nrmc_open client far:9 --as c\nrun 1ms',
  );
  return emulator.view().nodes;
}

describe('memory over time in the nodes pane', () => {
  it('D28 is one row an owner, with what is live and bars', () => {
    const rows = text(nodes(), 60, 5);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatch(/^near app client +1 blk 128\/128 B +█+$/);
    expect(rows[2]).toMatch(/^near rmc client RMC +0 blk 0\/0 B +$/);
  });

  it('is left out where there is no room or no memory', () => {
    expect(text(nodes(), 40, 5)).toEqual([]);
    expect(text(nodes(), 60, 1)).toEqual([]);
    expect(text(nodes(), 60, 2)).toHaveLength(2);
    expect(text([], 60, 5)).toEqual([]);
  });
});
