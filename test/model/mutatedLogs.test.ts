import { describe, expect, it } from 'vitest';
import { changed, double, drop, neighbour, swap } from './harness/mutate.js';
import { runText } from './harness/play.js';
import { richDrills } from './harness/richDrills.js';
import { judgeLog } from './judge.js';
import { lineOf, type Seen } from './seen.js';

interface Log {
  readonly events: readonly Seen[];
  readonly endUs: number;
}

interface Row {
  readonly kind: string;
  /** The field that says most, and other values for it. */
  readonly field: string;
  readonly others: readonly (string | number)[];
  /** Of how many the loss or the repetition leaves a log that is true as well, and why. */
  readonly mayPass?: {
    readonly dropped?: number;
    readonly doubled?: number;
    readonly changed?: number;
    readonly swapped?: number;
  };
}

const STATUSES = ['RMC_OK', 'RMC_INPROGRESS', 'RMC_EINVAL', 'RMC_ENOTOWNER', 'RMC_ETIMEDOUT', 'RMC_ENOMEM'];
const STATES = ['OPENING', 'OPEN', 'CLOSING', 'FAILED', 'CLOSED', 'LISTENING', 'ESTABLISHED'];

const table: readonly Row[] = [
  ...['rmc_open', 'rmc_listen', 'rmc_close', 'rmc_shutdown', 'open_done', 'close_done', 'io_done'].map(
    (kind) => ({
      ...{ kind, field: 'status', others: STATUSES },
    }),
  ),
  // A job of several messages that ended after one more refusal is a job as well.
  { kind: 'rmc_send', field: 'status', others: STATUSES, mayPass: { doubled: 1 } },
  { kind: 'session_state', field: 'state', others: STATES },
  // The crash of the handler says that it ran.
  { kind: 'close_session', field: 'rmc_free_session', others: ['TRUE', 'FALSE'], mayPass: { dropped: 1 } },
  { kind: 'abort_session', field: 'reason', others: ['abort', 'rmc', 'corrupted', 'io'] },
  { kind: 'new_session', field: 'address', others: [0, 0x4444] },
  { kind: 'message', field: 'text', others: ['something else'], mayPass: { changed: 4 } },
  { kind: 'writable', field: 'session', others: ['server', 'n2'] },
  // rmc.md does not say whether a reuse (D8) tells of a failure.
  {
    kind: 'learned',
    field: 'rule',
    others: ['S17', 'S20', 'S21', 'D2', 'D16', 'D20'],
    mayPass: { dropped: 1 },
  },
  // A failure found by the frame that reuses the session needs no saying for what follows; and an ABORT could show a
  // newer incarnation. Two applications of an SSC are two peers.
  {
    kind: 'peer_failed',
    field: 'reason',
    others: ['silence', 'abort', 'incarnation'],
    mayPass: { dropped: 1, doubled: 1, changed: 1 },
  },
  { kind: 'frame_sent', field: 'frame', others: ['DATA', 'ACK', 'CLOSE_REQ', 'OPEN_ACK'] },
  { kind: 'frame_delivered', field: 'frame', others: ['DATA', 'ACK', 'CLOSE_REQ', 'OPEN_ACK'] },
  { kind: 'frame_dropped', field: 'reason', others: ['loss', 'corrupt', 'inject', 'mailbox'] },
  { kind: 'alloc', field: 'address', others: [0, 0x1004] },
  { kind: 'free', field: 'address', others: [0x4444, 0x1004] },
  { kind: 'memory_error', field: 'kind', others: ['double-free', 'invalid-free', 'leak', 'never-closed'] },
  { kind: 'process_start', field: 'process', others: ['nobody'] },
  { kind: 'process_exit', field: 'reason', others: ['stop', 'kill', 'crash', 'power'] },
  { kind: 'process_hang', field: 'process', others: ['a', 'nobody'] },
  { kind: 'process_resume', field: 'process', others: ['a', 'nobody'] },
  { kind: 'node_down', field: 'node', others: ['near', 'nowhere'] },
  { kind: 'node_up', field: 'node', others: ['near', 'nowhere'] },
  { kind: 'callback_failed', field: 'app', others: ['a', 'd'] },
  // A drill without a line that changes little, or with such a line twice, is a drill.
  { kind: 'command', field: 'text', others: ['heal'], mayPass: { dropped: 4, doubled: 7, changed: 3 } },
];

const logs: readonly Log[] = [...richDrills.values()].map((text) => runText(text, 1));

/** Each event of a kind, in its log. */
const each = (kind: string): readonly { log: Log; at: number; event: Seen }[] =>
  logs.flatMap((log) =>
    log.events.flatMap((event, at) => (event.event === kind ? [{ log, at, event }] : [])),
  );

const isRejected = (events: readonly Seen[], { endUs }: Log): boolean =>
  judgeLog(events, endUs) !== undefined;

/** Those of a kind that the model lets pass when this is done to them. */
const passed = (kind: string, mutate: (log: Log, at: number) => readonly Seen[]): string[] =>
  each(kind)
    .filter(({ log, at }) => !isRejected(mutate(log, at), log))
    .map(({ event }) => lineOf(event));

type Pair = readonly [Seen, Seen];

/** Pairs of events whose order no rule gives, and nobody can see from outside. */
const unordered: readonly { readonly why: string; readonly is: (a: Seen, b: Seen) => boolean }[] = [
  {
    why: 'RMC sends and changes its state in one step: D14 puts only the callback after them',
    is: (a, b) => a.event === 'frame_sent' && b.event === 'session_state' && a.timeUs === b.timeUs,
  },
  {
    why: 'two frames meet that have nothing to do with each other',
    is: (a, b) => [a, b].every(({ event }) => event.startsWith('frame_')) && b.cause !== a.number,
  },
  {
    why: 'one death ends several sessions, each with what belongs to it (D20)',
    is: (a, b) => a.event === 'session_state' && b.event === 'free' && a.cause !== b.cause,
  },
];

const whyUnordered = (a: Seen, b: Seen): string | undefined =>
  a.timeUs === b.timeUs ? unordered.find(({ is }) => is(a, b))?.why : undefined;

/** Events of a kind and their neighbours that the model lets change places. */
const swapped = new Map<string, readonly Pair[]>();

function swapsLetPass(kind: string): readonly Pair[] {
  const found =
    swapped.get(kind) ??
    each(kind).flatMap(({ log, at, event }): Pair[] => {
      const other = neighbour(log.events, at);
      if (other === undefined || isRejected(swap(log.events, at, other), log)) return [];
      return [[event, log.events[other] as Seen]];
    });
  swapped.set(kind, found);
  return found;
}

describe('the model reads true logs', () => {
  it('and allows them', () => {
    expect(logs.map(({ events, endUs }) => judgeLog(events, endUs))).toEqual(logs.map(() => undefined));
  });

  it('in which every kind of event comes that there is', () => {
    const kinds = new Set(logs.flatMap(({ events }) => events.map(({ event }) => event)));
    expect([...kinds].sort()).toEqual(table.map(({ kind }) => kind).sort());
  });
});

describe.each(table)('the model rejects a log in which $kind', ({ kind, field, others, mayPass = {} }) => {
  it('is left out', () => {
    const left = passed(kind, ({ events }, at) => drop(events, at));
    expect(left.length, left.join('\n')).toBe(mayPass.dropped ?? 0);
  });

  it('comes twice', () => {
    const left = passed(kind, ({ events }, at) => double(events, at));
    expect(left.length, left.join('\n')).toBe(mayPass.doubled ?? 0);
  });

  it(`says something else (${field})`, () => {
    const left = others.flatMap((value) =>
      passed(kind, ({ events }, at) =>
        events[at]?.fields.get(field) === value ? [] : changed(events, at, field, value),
      ).filter((line) => !line.includes(`${field}=${String(value)} `)),
    );
    expect(left.length, left.join('\n')).toBe(mayPass.changed ?? 0);
  });

  it('changes places with what comes next, wherever a rule says which comes first', () => {
    expect(swapsLetPass(kind).filter(([a, b]) => whyUnordered(a, b) === undefined)).toEqual([]);
  });
});

describe('two events of one instant', () => {
  it.each(unordered)('stand in no order where $why', ({ is }) => {
    const pairs = table.flatMap(({ kind }) => swapsLetPass(kind));
    expect(pairs.filter(([a, b]) => is(a, b))).not.toEqual([]);
  });
});
