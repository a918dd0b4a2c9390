/** Most bins; then each two neighbours become one. Many more than columns of a screen, so that all columns are alike. */
export const MOST_BINS = 4096;

/** How often something was, by virtual time (or by any number from 0 on): bin i counts from `i * width` on. */
export class CountBins {
  width = 1;
  total = 0;
  readonly counts: number[] = [];

  add(at: number): void {
    while (at >= this.width * MOST_BINS) this.halve();
    const bin = Math.floor(at / this.width);
    while (this.counts.length <= bin) this.counts.push(0);
    this.counts[bin] = (this.counts[bin] ?? 0) + 1;
    this.total += 1;
  }

  private halve(): void {
    this.width *= 2;
    const { counts } = this;
    const half = Math.ceil(counts.length / 2);
    for (let bin = 0; bin < half; bin += 1) {
      counts[bin] = (counts[2 * bin] ?? 0) + (counts[2 * bin + 1] ?? 0);
    }
    counts.length = half;
  }

  /** The counts in `columns` equal stretches from 0 to `end`; a bin counts where it begins. */
  byColumn(end: number, columns: number): number[] {
    const sums = new Array<number>(columns).fill(0);
    this.counts.forEach((count, bin) => {
      if (count === 0) return;
      const column = columnOf(bin * this.width, end, columns);
      sums[column] = (sums[column] ?? 0) + count;
    });
    return sums;
  }
}

/** A level over virtual time: bin i tells of the time from `i * width` on; the most in it, and the last. */
export class LevelBins {
  width = 1;
  now = 0;
  most = 0;
  readonly peaks: number[] = [];
  readonly lasts: number[] = [];

  /** The level is `level` from `at` on; times never go down. */
  set(at: number, level: number): void {
    while (at >= this.width * MOST_BINS) this.halve();
    const bin = Math.floor(at / this.width);
    while (this.peaks.length <= bin) {
      this.peaks.push(this.now);
      this.lasts.push(this.now);
    }
    this.now = level;
    this.most = Math.max(this.most, level);
    this.lasts[bin] = level;
    this.peaks[bin] = Math.max(this.peaks[bin] ?? 0, level);
  }

  private halve(): void {
    this.width *= 2;
    const { peaks, lasts } = this;
    const half = Math.ceil(peaks.length / 2);
    for (let bin = 0; bin < half; bin += 1) {
      peaks[bin] = Math.max(peaks[2 * bin] ?? 0, peaks[2 * bin + 1] ?? 0);
      lasts[bin] = lasts[2 * bin + 1] ?? lasts[2 * bin] ?? 0;
    }
    peaks.length = half;
    lasts.length = half;
  }

  /** The most in each of `columns` equal stretches of the time from 0 to `end`. */
  byColumn(end: number, columns: number): number[] {
    const most = new Array<number>(columns).fill(0);
    const put = (column: number, level: number): void => {
      most[column] = Math.max(most[column] ?? 0, level);
    };
    let reached = 0;
    let level = 0;
    this.peaks.forEach((peak, bin) => {
      const column = columnOf(bin * this.width, end, columns);
      for (; reached < column; reached += 1) put(reached + 1, level);
      put(column, peak);
      level = this.lasts[bin] ?? 0;
    });
    for (let column = reached + 1; column < columns; column += 1) put(column, level);
    return most;
  }
}

/** Which of `columns` equal stretches from 0 to `end` a value lies in; what is beyond is in the last. */
export function columnOf(at: number, end: number, columns: number): number {
  const width = Math.max(1, end) / columns;
  return Math.max(0, Math.min(columns - 1, Math.floor(at / width)));
}
