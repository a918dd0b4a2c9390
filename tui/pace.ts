/** One interactive speed: virtual microseconds for each real millisecond; Infinity is as fast as possible. */
export interface Speed {
  readonly name: string;
  readonly usPerMs: number;
}

/** The speeds that + and - go through. */
export const speeds: readonly Speed[] = [
  { name: '1/1000', usPerMs: 1 },
  { name: '1/100', usPerMs: 10 },
  { name: '1/30', usPerMs: 1_000 / 30 },
  { name: '1/10', usPerMs: 100 },
  { name: '1/3', usPerMs: 1_000 / 3 },
  { name: '1', usPerMs: 1_000 },
  { name: '10', usPerMs: 10_000 },
  { name: 'max', usPerMs: Number.POSITIVE_INFINITY },
];

/** Where the newcomer starts: slow enough to read. */
export const FIRST_SPEED = 3;

/** Longest real time that one tick makes up for: after a suspension the run does not jump. */
const LONGEST_TICK_MS = 250;

/**
 * Lays a pace over virtual time: told how much real time went by, it says up to which virtual time the run may go.
 * Fractions of a microsecond are carried on. It changes nothing in the run.
 */
export class Pace {
  private index = FIRST_SPEED;
  private rest = 0;

  get speed(): Speed {
    return speeds[this.index] ?? { name: '1', usPerMs: 1_000 };
  }

  /** The next faster (1) or slower (-1) speed; stays at the ends. */
  change(direction: 1 | -1): void {
    this.index = Math.max(0, Math.min(speeds.length - 1, this.index + direction));
    this.rest = 0;
  }

  /** Virtual time to run to from `nowUs`, after `elapsedMs` of real time. */
  target(nowUs: number, elapsedMs: number): number {
    const { usPerMs } = this.speed;
    if (usPerMs === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    const exact = Math.min(elapsedMs, LONGEST_TICK_MS) * usPerMs + this.rest;
    const whole = Math.floor(exact);
    this.rest = exact - whole;
    return nowUs + whole;
  }
}
