import type { Clock } from './clock.js';
import type { OwnerKind } from './worldEvents.js';

/** Points of a series at most; then each two neighbours become one. */
export const MOST_POINTS = 256;

/**
 * Live memory of one owner over virtual time, as plain data. Point i tells of the `widthUs` microseconds from
 * `timesUs[i]` (a multiple of `widthUs`) on: what was live after the last change in them, and the most that was live
 * at any moment of them. Where there is no point nothing changed.
 */
export interface SeriesState {
  /** The space and the owner in it, by name: a process that is started again goes on with the series. */
  readonly space: string;
  readonly owner: string;
  readonly kind: OwnerKind;
  /** Index of the owner's node, 0 for none. */
  readonly node: number;
  widthUs: number;
  readonly timesUs: number[];
  readonly blocks: number[];
  readonly bytes: number[];
  readonly peakBlocks: number[];
  readonly peakBytes: number[];
  liveBlocks: number;
  liveBytes: number;
}

/** Whose series it is. */
export type SeriesOf = Pick<SeriesState, 'space' | 'owner' | 'kind' | 'node'>;

/** Writes down each change of an owner's live memory; never more than {@link MOST_POINTS} points. */
export class MemorySeries {
  readonly state: SeriesState;
  readonly #clock: Clock;

  constructor(of: SeriesOf, clock: Clock) {
    const columns = { timesUs: [], blocks: [], bytes: [], peakBlocks: [], peakBytes: [] };
    this.state = { ...of, widthUs: 1, ...columns, liveBlocks: 0, liveBytes: 0 };
    this.#clock = clock;
    this.change(0, 0);
  }

  /** So many blocks and bytes more (or, below 0, fewer) are live from now on. */
  change(blocks: number, bytes: number): void {
    const { state } = this;
    const timeUs = this.#clock.nowUs - (this.#clock.nowUs % state.widthUs);
    let last = state.timesUs.length - 1;
    if (state.timesUs[last] !== timeUs) {
      last += 1;
      state.timesUs.push(timeUs);
      state.peakBlocks.push(state.liveBlocks);
      state.peakBytes.push(state.liveBytes);
    }
    state.liveBlocks += blocks;
    state.liveBytes += bytes;
    state.blocks[last] = state.liveBlocks;
    state.bytes[last] = state.liveBytes;
    state.peakBlocks[last] = Math.max(state.peakBlocks[last]!, state.liveBlocks);
    state.peakBytes[last] = Math.max(state.peakBytes[last]!, state.liveBytes);
    while (state.timesUs.length > MOST_POINTS) halve(state);
  }

  get held(): readonly unknown[] {
    return [this.state];
  }
}

/** Twice the width: points that now belong to the same stretch of time become one. */
function halve(state: SeriesState): void {
  state.widthUs *= 2;
  const { timesUs, blocks, bytes, peakBlocks, peakBytes } = state;
  let kept = -1;
  for (let at = 0; at < timesUs.length; at += 1) {
    const timeUs = timesUs[at]! - (timesUs[at]! % state.widthUs);
    const isSame = kept >= 0 && timesUs[kept] === timeUs;
    if (!isSame) kept += 1;
    const blocksBefore = isSame ? peakBlocks[kept]! : peakBlocks[at]!;
    const bytesBefore = isSame ? peakBytes[kept]! : peakBytes[at]!;
    timesUs[kept] = timeUs;
    blocks[kept] = blocks[at]!;
    bytes[kept] = bytes[at]!;
    peakBlocks[kept] = Math.max(blocksBefore, peakBlocks[at]!);
    peakBytes[kept] = Math.max(bytesBefore, peakBytes[at]!);
  }
  for (const column of [timesUs, blocks, bytes, peakBlocks, peakBytes]) column.length = kept + 1;
}
