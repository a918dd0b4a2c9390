import {
  bytesByColumn,
  type MemoryOverTime,
  mostBytes,
  type NodeView,
  sparkline,
} from '../../nodes/index.js';
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
    node.memory.map((series) => {
      const who = cell(`${node.name} ${series.kind} ${series.owner}`, WHO_WIDTH);
      return seriesRow(who, series, nowUs, width, NOW_WIDTH);
    }),
  );
  if (rows.length === 0) return [];
  return [line('Memory since the start: live blocks, bytes now/at most', 'title'), ...rows].slice(0, height);
}

/** One owner's live blocks and bytes now, in `nowWidth` cells, and its bytes over time in what `who` leaves. */
export function seriesRow(
  who: string,
  series: MemoryOverTime,
  nowUs: number,
  width: number,
  nowWidth: number,
): Line {
  const most = mostBytes(series);
  const columns = Math.max(0, width - who.length - nowWidth);
  return [
    span(who),
    span(cell(`${series.liveBlocks} blk ${series.liveBytes}/${most} B`, nowWidth), 'dim'),
    span(sparkline(bytesByColumn(series, 0, nowUs, columns), most), series.kind),
  ];
}
