// The timers and limits of a node, as far as they are the protocol's (rmc.md §7).

/** Times in microseconds of virtual time, integers. A session keeps those that it was made with. */
export interface CoreTimers {
  /** First wait for an answer; it doubles up to `rtoMaxUs` (D24). */
  readonly rtoUs: number;
  readonly rtoMaxUs: number;
  /** From `rmc_send` to the failure of the IO (D23). */
  readonly ioTimeoutUs: number;
  /** From `rmc_open` to `open_done RMC_ETIMEDOUT` (D2), and the life of an unconfirmed ACCEPT session (D16). */
  readonly openTimeoutUs: number;
  /** From the first CLOSE_REQ to `close_done RMC_ETIMEDOUT` (D14). */
  readonly closeTimeoutUs: number;
  /** Interval of HEARTBEAT (D15). */
  readonly heartbeatUs: number;
  readonly heartbeatMisses: number;
  /** Sequence numbers in flight a direction, at most `MAX_WINDOW` (D26), and `ORDERED_WINDOW` of an ordered session (D25). */
  readonly window: number;
  /** Messages that wait beyond the window (D26). */
  readonly sendQueue: number;
  /** Ordered delivery: a hole is given up when more messages wait behind it, or when it is older (D25). */
  readonly gapTolerance: number;
  readonly gapTimeoutUs: number;
}

/** The defaults of rmc.md §7. */
export const defaultCoreTimers: CoreTimers = {
  rtoUs: 50_000,
  rtoMaxUs: 400_000,
  ioTimeoutUs: 2_000_000,
  openTimeoutUs: 2_000_000,
  closeTimeoutUs: 1_000_000,
  heartbeatUs: 100_000,
  heartbeatMisses: 3,
  window: 32,
  sendQueue: 256,
  gapTolerance: 8,
  gapTimeoutUs: 100_000,
};

/** No window is larger: so far ahead of a hole a receiver keeps messages. */
export const MAX_WINDOW = 1024;

/** An ordered session has no more in flight: an acknowledgement says of 32 messages what became of each (D25). */
export const ORDERED_WINDOW = 32;

/** An interval has 32 bits in a frame. */
const LONGEST_HEARTBEAT_US = 4_294_967_295;

function atLeast(lowest: number, value: number): number {
  return Math.max(lowest, Math.round(value));
}

/** Timers that cannot stop the clock: whole microseconds, at least one, and limits within what the machine can hold. */
export function usableTimers(t: CoreTimers): CoreTimers {
  return {
    rtoUs: atLeast(1, t.rtoUs),
    rtoMaxUs: atLeast(1, t.rtoMaxUs),
    ioTimeoutUs: atLeast(1, t.ioTimeoutUs),
    openTimeoutUs: atLeast(1, t.openTimeoutUs),
    closeTimeoutUs: atLeast(1, t.closeTimeoutUs),
    heartbeatUs: Math.min(LONGEST_HEARTBEAT_US, atLeast(1, t.heartbeatUs)),
    heartbeatMisses: atLeast(0, t.heartbeatMisses),
    window: Math.min(MAX_WINDOW, atLeast(1, t.window)),
    sendQueue: atLeast(0, t.sendQueue),
    gapTolerance: atLeast(0, t.gapTolerance),
    gapTimeoutUs: atLeast(1, t.gapTimeoutUs),
  };
}
