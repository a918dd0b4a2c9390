// When a client is told, written down from the rules, not from what the emulator does.

/** One telling: how, by which rule (D30), and the earliest and latest time after the failure in microseconds. */
export type Told = readonly [how: string, rule: string, earliestUs: number, latestUs: number];

/** The clients: R1.0.x, R1.1 without abort_session, R1.1 with it; of each an idle one and one with an IO pending. */
export interface WhenRow {
  /** The command that makes it happen. */
  readonly happens: string;
  readonly kind: string;
  readonly old: { readonly idle: readonly Told[]; readonly busy: readonly Told[] };
  readonly deaf: { readonly idle: readonly Told[]; readonly busy: readonly Told[] };
  readonly told: { readonly idle: readonly Told[]; readonly busy: readonly Told[] };
  /** What tells the idle ones when they send something a minute later; times from that call. */
  readonly late: {
    readonly old: readonly Told[];
    readonly deaf: readonly Told[];
    readonly told: readonly Told[];
  };
}

const never: readonly Told[] = [];
/** D15: 3½ heartbeats after the last one, which is up to one old; at the latest after four and one latency. */
const SILENCE = [250_000, 400_100] as const;
/** D15, D20: one bus latency after RMC there said so. */
const ABORT = [100, 100] as const;
/** D15, D20: rmc_restart, up to one heartbeat until the next beat, and a latency each way. */
const RESTART = [200_000, 300_200] as const;

type Span = readonly [number, number];
/** S17: io_timeout after the call. */
const timeout: readonly Told[] = [['io', 'S17', 2_000_000, 2_000_000]];
/** D17: a pending IO fails when RMC finds out. */
const ioAt = ([from, to]: Span): readonly Told[] => [['io', 'S17', from, to]];
/** S20. */
const abortAt = ([from, to]: Span): readonly Told[] => [['abort_session', 'S20', from, to]];
/** D17: the pending IOs complete, then abort_session runs. */
const bothAt = (span: Span): readonly Told[] => [...ioAt(span), ...abortAt(span)];
/** S21: no timeout. */
const refused: readonly Told[] = [['send', 'S21', 0, 0]];

const notTold = { idle: never, busy: never };
const late = { old: timeout, deaf: refused, told: never };
const old = { idle: never, busy: timeout };

export const whenTable: readonly WhenRow[] = [
  // D20: an SSC's RMC goes with its application, so all of it is silence.
  {
    ...{ happens: 'kill server', kind: 'ssc', old, late },
    deaf: { idle: never, busy: ioAt(SILENCE) },
    told: { idle: abortAt(SILENCE), busy: bothAt(SILENCE) },
  },
  // D20: an EEE's RMC lives on and tells R1.1 clients at once; R1.0.x has no ABORT.
  {
    ...{ happens: 'kill server', kind: 'eee', old, late },
    deaf: { idle: never, busy: ioAt(ABORT) },
    told: { idle: abortAt(ABORT), busy: bothAt(ABORT) },
  },
  // D21: an SSC that hangs takes its RMC along.
  {
    ...{ happens: 'hang server', kind: 'ssc', old, late },
    deaf: { idle: never, busy: ioAt(SILENCE) },
    told: { idle: abortAt(SILENCE), busy: bothAt(SILENCE) },
  },
  // D21: an EEE's RMC answers for the hung application, and no client is told.
  {
    ...{ happens: 'hang server', kind: 'eee', old: notTold, deaf: notTold, told: notTold },
    late: { old: never, deaf: never, told: never },
  },
  // D15, D20: the RMC that comes next has none of the sessions that heartbeats name.
  {
    ...{ happens: 'kill far.rmc', kind: 'eee', old, late },
    deaf: { idle: never, busy: ioAt(RESTART) },
    told: { idle: abortAt(RESTART), busy: bothAt(RESTART) },
  },
  // D21: a hung RMC sends nothing.
  {
    ...{ happens: 'hang far.rmc', kind: 'eee', old, late },
    deaf: { idle: never, busy: ioAt(SILENCE) },
    told: { idle: abortAt(SILENCE), busy: bothAt(SILENCE) },
  },
  // D20: a node dies silently, whatever its kind.
  {
    ...{ happens: 'power off far', kind: 'ssc', old, late },
    deaf: { idle: never, busy: ioAt(SILENCE) },
    told: { idle: abortAt(SILENCE), busy: bothAt(SILENCE) },
  },
  {
    ...{ happens: 'power off far', kind: 'eee', old, late },
    deaf: { idle: never, busy: ioAt(SILENCE) },
    told: { idle: abortAt(SILENCE), busy: bothAt(SILENCE) },
  },
  // D21: all processes of a node hang, RMC's among them.
  {
    ...{ happens: 'hang far', kind: 'ssc', old, late },
    deaf: { idle: never, busy: ioAt(SILENCE) },
    told: { idle: abortAt(SILENCE), busy: bothAt(SILENCE) },
  },
  {
    ...{ happens: 'hang far', kind: 'eee', old, late },
    deaf: { idle: never, busy: ioAt(SILENCE) },
    told: { idle: abortAt(SILENCE), busy: bothAt(SILENCE) },
  },
];

/** What does not agree with the table, in a line each; nothing when all is as the rules say. */
export function disagreement(expected: readonly Told[], seen: readonly Seen[]): readonly string[] {
  const said = seen.map(({ how, rule, afterUs }) => `${how} ${rule} after ${afterUs}`);
  if (seen.length !== expected.length)
    return [`${expected.length} tellings by the rules, and there were: ${said.join(', ')}`];
  return expected.flatMap(([how, rule, earliestUs, latestUs], at) => {
    const one = seen[at]!;
    const isRight =
      one.how === how && one.rule === rule && one.afterUs >= earliestUs && one.afterUs <= latestUs;
    return isRight
      ? []
      : [`${how} ${rule} after ${earliestUs} to ${latestUs} by the rules, and it was: ${said[at]}`];
  });
}

export interface Seen {
  readonly how: string;
  readonly rule: string;
  readonly afterUs: number;
}
