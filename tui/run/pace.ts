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

/** A run that keeps less than this part of its pace falls behind, and says so. */
const KEPT_PACE = 0.9;
/** How much the last tick counts in the measured pace; the rest is what was measured before. */
const LAST_TICK_WEIGHT = 0.3;

/**
 * Lays a pace over virtual time: told how much real time went by, it says up to which virtual time the run may go.
 * Fractions of a microsecond are carried on. It changes nothing in the run. What a tick did not get to is not caught up:
 * the next one begins where the run stands, and the screen shows the pace that is really kept.
 */
export class Pace {
  private index = FIRST_SPEED;
  private rest = 0;
  /** Virtual microseconds for each real millisecond, as it was lately; undefined: not measured yet. */
  private measured: number | undefined;

  get speed(): Speed {
    return speeds[this.index] ?? { name: '1', usPerMs: 1_000 };
  }

  /** The next faster (1) or slower (-1) speed; stays at the ends. */
  change(direction: 1 | -1): void {
    this.index = Math.max(0, Math.min(speeds.length - 1, this.index + direction));
    this.rest = 0;
    this.measured = undefined;
  }

  /** What a tick has come to: so much virtual time in so much real time. */
  ran(virtualUs: number, elapsedMs: number): void {
    if (elapsedMs <= 0) return;
    const now = virtualUs / Math.min(elapsedMs, LONGEST_TICK_MS);
    this.measured =
      this.measured === undefined ? now : this.measured + LAST_TICK_WEIGHT * (now - this.measured);
  }

  /** The run stopped: a new measure begins when it goes on. */
  stopped(): void {
    this.measured = undefined;
  }

  /** `1/10`; where the run falls behind, or runs as fast as it can, with the ratio that it keeps: `10 (behind: 3.1)`. */
  get text(): string {
    const { name, usPerMs } = this.speed;
    const { measured } = this;
    if (measured === undefined) return name;
    if (usPerMs === Number.POSITIVE_INFINITY) return `${name} (${ratioText(measured)})`;
    return measured < usPerMs * KEPT_PACE ? `${name} (behind: ${ratioText(measured)})` : name;
  }

  /** The speed of that name; there is one. */
  choose(name: string): void {
    this.index = Math.max(
      0,
      speeds.findIndex((speed) => speed.name === name),
    );
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

/** Virtual by real time in two digits: `31`, `3.1`, `1/32`. */
function ratioText(usPerMs: number): string {
  const ratio = usPerMs / 1_000;
  if (ratio >= 10) return String(Math.round(ratio));
  if (ratio >= 0.95) return ratio.toFixed(1);
  return ratio > 0 ? `1/${Math.round(1 / ratio)}` : '0';
}
