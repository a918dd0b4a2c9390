import { describe, expect, it } from 'vitest';
import { Event, fire, fireCall } from '../../rmc-core/engine.js';
import { printTable, SessionState, SessionType, Status, stateTables } from '../../rmc-core/index.js';
import { sessionStateNames } from '../../rmc-core/names.js';
import type { Session } from '../../rmc-core/session.js';
import { actionNames, cellOf, eventNames } from '../../rmc-core/tables/table.js';
import type { TestHost } from './support/host.js';
import { makeConnected, type Pair } from './support/pair.js';

interface Subject extends Pair {
  readonly host: TestHost;
  readonly record: Session;
}

/** A session of the type in the state, with an IO that is not complete where the state allows one. */
function subject(type: string, state: string): Subject {
  const pair = makeConnected();
  const { bench, client, server, session, accepted, listen } = pair;
  if (type === 'ACCEPT') server.closings = 'hold';
  const isOpen = type === 'OPEN';
  const host = isOpen ? client : server;
  let handle = isOpen ? session : type === 'LISTEN' ? listen : accepted;
  bench.fault = () => [];
  if (type !== 'LISTEN' && state !== 'CLOSING') host.send(handle, 'pending');
  if (isOpen && state === 'OPENING') handle = client.open(server, 5);
  if (isOpen && state === 'CLOSING') client.close(session);
  if (isOpen && state === 'FAILED') bench.run(400_000);
  const record = host.core.state.sessions.get(handle)!;
  if (type === 'LISTEN' && state !== 'LISTENING') {
    server.closings = 'hold';
    if (state === 'CLOSED') server.shutdown(listen);
    else {
      server.poke(record.address, [0]);
      server.core.verify(listen, bench.nowUs);
    }
  }
  if (type === 'ACCEPT' && state === 'CLOSED') server.shutdown(listen);
  if (isOpen && state === 'CLOSED') record.state = SessionState.CLOSED;
  bench.settle();
  host.take();
  return { ...pair, host, record };
}

/** Numbers that an event's frame would have brought. */
function primeFrame(subject: Subject): void {
  const rx = subject.host.core['machine'].rx;
  rx.srcNode = 9;
  rx.srcId = 77;
  rx.srcIncarnation = 1;
  rx.openNumber = 3;
  rx.ack = 0;
  rx.sack = 0;
  rx.seq = 1;
  rx.payloadLength = 0;
  rx.status = Status.RMC_ENOMEM;
}

const cells = stateTables.flatMap(({ type, table }) =>
  sessionStateNames
    .filter((state) => table[state] !== undefined)
    .flatMap((state) =>
      eventNames.map((event) => ({ type, state, event, cell: cellOf(table, state, event) })),
    ),
);

describe('the state tables', () => {
  it.each(cells)('D13 $type in $state on $event', ({ type, state, event, cell }) => {
    const about = subject(type, state);
    const { host, record, bench } = about;
    expect(record.type).toBe(SessionType[type]);
    expect(record.state).toBe(SessionState[state]);
    primeFrame(about);
    const machine = host.core['machine'];
    const frames = bench.frames.length;
    const isCall = event.startsWith('rmc_');
    if (isCall) {
      const status = fireCall(machine, record, Event[event]);
      expect(status).toBe(cell === undefined ? Status.RMC_EINVAL : Status[cell.returns ?? 'RMC_OK']);
    } else {
      expect(fire(machine, record, Event[event])).toBe(cell !== undefined);
      expect(cell?.returns).toBeUndefined();
    }
    expect(record.state).toBe(SessionState[cell?.next ?? state]);
    bench.settle();
    if (cell === undefined) {
      expect(host.take()).toEqual([]);
      expect(bench.frames.length).toBe(frames);
      return;
    }
    const states = host.take().filter((text) => text.startsWith(`state ${record.handle} `));
    expect(states).toEqual(cell.next === undefined ? [] : [`state ${record.handle} ${cell.next}`]);
    if (cell.next === 'FAILED' || cell.next === 'CLOSED') {
      const { resendAtUs, openAtUs, closeAtUs, gapAtUs, accepted, acknowledged, peer } = record;
      expect([resendAtUs, openAtUs, closeAtUs, gapAtUs]).toEqual(Array(4).fill(Number.POSITIVE_INFINITY));
      expect([accepted - acknowledged, peer]).toEqual([0, -1]);
    }
  });

  it('D13 print as one table a type', () => {
    expect(stateTables.map(({ type, table }) => printTable(type, table)).join('\n\n')).toMatchSnapshot();
  });

  it('D13 use every action that there is', () => {
    const used = new Set(cells.flatMap(({ cell }) => [...(cell?.first ?? []), ...(cell?.actions ?? [])]));
    expect([...used].sort()).toEqual([...actionNames].sort());
  });
});
