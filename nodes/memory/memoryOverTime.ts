import type { SeriesState, World } from '../../emulator/index.js';
import type { MemoryOverTime } from '../views/view.js';

/** Live memory over time of the owners on a node, as plain values of their own. */
export function memoryOverTime(world: World, node: number): readonly MemoryOverTime[] {
  return world.memory.overTime.filter((series) => series.node === node).map(copyOf);
}

/** Live memory over time of the owners of one space, by its name: as {@link memoryOverTime}, for one memory. */
export function memoryOfSpace(world: World, node: number, space: string): readonly MemoryOverTime[] {
  return world.memory.overTime.filter((series) => series.node === node && series.space === space).map(copyOf);
}

function copyOf(series: Readonly<SeriesState>): MemoryOverTime {
  return {
    ...series,
    timesUs: [...series.timesUs],
    blocks: [...series.blocks],
    bytes: [...series.bytes],
    peakBlocks: [...series.peakBlocks],
    peakBytes: [...series.peakBytes],
  };
}

/**
 * The most bytes that were live in each of `columns` equal stretches of the time from `fromUs` to `toUs`: what a
 * sparkline shows.
 */
export function bytesByColumn(
  series: MemoryOverTime,
  fromUs: number,
  toUs: number,
  columns: number,
): readonly number[] {
  const most = new Array<number>(columns).fill(0);
  const widthUs = Math.max(1, (toUs - fromUs) / columns);
  const columnOf = (timeUs: number): number =>
    Math.min(columns - 1, Math.max(0, Math.floor((timeUs - fromUs) / widthUs)));
  series.timesUs.forEach((timeUs, index) => {
    if (timeUs > toUs) return;
    const first = columnOf(timeUs);
    const next = series.timesUs[index + 1] ?? toUs;
    most[first] = Math.max(most[first]!, series.peakBytes[index]!);
    for (let column = first + 1; column <= columnOf(next); column += 1) {
      most[column] = Math.max(most[column]!, series.bytes[index]!);
    }
  });
  return most;
}

const BARS = '▁▂▃▄▅▆▇█';

/** Heights as a row of bars, one a number; nothing is a blank, and `most` is a full bar. */
export function sparkline(values: readonly number[], most: number): string {
  return values
    .map((value) => {
      if (value <= 0 || most <= 0) return ' ';
      return BARS[Math.min(BARS.length - 1, Math.ceil((value / most) * BARS.length) - 1)]!;
    })
    .join('');
}

/** The most that a series ever had live. */
export function mostBytes(series: MemoryOverTime): number {
  return Math.max(0, ...series.peakBytes);
}

export function mostBlocks(series: MemoryOverTime): number {
  return Math.max(0, ...series.peakBlocks);
}
