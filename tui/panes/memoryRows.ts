import { bytesByColumn, mostBytes, type NodeView, sparkline } from '../../nodes/index.js';
import { cell, type Line, line, span } from '../text/line.js';

const WHO_WIDTH = 24;
const NOW_WIDTH = 20;
const LEAST_SPARK = 8;

/** Live memory over time, an owner a row, in at most `height` rows; nothing where there is no room to show it. */
export function memoryRows(
  nodes: readonly NodeView[],
  nowUs: number,
  width: number,
  height: number,
): readonly Line[] {
  const columns = width - WHO_WIDTH - NOW_WIDTH;
  if (columns < LEAST_SPARK || height < 2) return [];
  const rows = nodes.flatMap((node) =>
    node.memory.map((series): Line => {
      const most = mostBytes(series);
      const bars = sparkline(bytesByColumn(series, 0, nowUs, columns), most);
      return [
        span(cell(`${node.name} ${series.kind} ${series.owner}`, WHO_WIDTH)),
        span(cell(`${series.liveBlocks} blk ${series.liveBytes}/${most} B`, NOW_WIDTH), 'dim'),
        span(bars, series.kind === 'rmc' ? 'rmc' : 'app'),
      ];
    }),
  );
  if (rows.length === 0) return [];
  return [line('Memory since the start: live blocks, bytes now/at most', 'title'), ...rows].slice(0, height);
}
