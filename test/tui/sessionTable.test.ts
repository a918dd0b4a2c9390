import { describe, expect, test } from 'vitest';
import type { SessionView } from '../../nodes/index.js';
import {
  changedSince,
  hasNews,
  sessionMarks,
  sortKeys,
  type TableWish,
  tableSessions,
} from '../../tui/reading/sessionTable.js';
import { failoverView, ledgerRow, session } from './support/fixtures.js';

const usual: TableWish = { sort: 'now', filter: '', changed: new Map(), rows: 5, lastChange: () => 0 };
const names = (sessions: readonly SessionView[]): string[] => sessions.map(({ name }) => name);
const listed = (wish: Partial<TableWish> = {}, view = failoverView): string[] =>
  names(tableSessions(view, { ...usual, ...wish }));

/** The world of the scenario at a death: of `about`, with the sessions given. */
const deathOf = (about: string, sessions: readonly SessionView[]) => ({
  ...failoverView,
  sessions,
  ledger: [{ about, what: 'node_down', event: 100, sinceUs: 0, rows: [ledgerRow('client')] }],
});

const listen = session('server', { type: 'LISTEN', node: 'eee0', app: 'server', peer: '9' });
const other = session('other.1', { node: 'ssc9', app: 'other', peer: 'ssc8:9' });
const client = session('client.1', { peer: 'eee0:9' });
const accept = session('server/1', { type: 'ACCEPT', node: 'eee0', app: 'server', peer: 'ssc0', lost: true });
const placed = session('standby/1', {
  type: 'ACCEPT',
  node: 'ssc1',
  app: 'standby',
  peer: 'ssc0',
  owner: 'N',
});

describe('what matters now comes first', () => {
  test('D30 both ends of what died, also the lost one, then the others, LISTEN sessions last', () => {
    const view = deathOf('eee0', [listen, other, client, accept]);
    expect(listed({}, view)).toEqual(['client.1', 'server/1', 'other.1', 'server']);
  });

  test('what has changed its state since the failure stands before what has not, over after alive', () => {
    const over = session('client.1', { peer: 'eee0:9', over: true, block: 'freed' });
    const since = new Map([
      ['client.1', 110],
      ['standby/1', 120],
    ]);
    const view = deathOf('eee0', [other, over, placed]);
    const lastChange = (name: string): number => since.get(name) ?? 0;
    expect(listed({ lastChange }, view)).toEqual(['standby/1', 'client.1', 'other.1']);
  });

  test('only the RMC process or only an application: its own sessions, and those that lead there', () => {
    const view = deathOf('eee0.rmc', [other, client, { ...accept, lost: false }]);
    expect(listed({}, view)).toEqual(['client.1', 'server/1', 'other.1']);
    expect(
      listed({}, { ...view, ledger: [{ ...view.ledger[0], about: 'server on eee0' }] as never }),
    ).toEqual(['client.1', 'server/1', 'other.1']);
  });

  test('what was lost with an earlier failure is no longer what it is about', () => {
    const view = deathOf('ssc0', [accept, { ...client, lost: true }, placed, other]);
    expect(listed({}, view)).toEqual(['client.1', 'standby/1', 'other.1', 'server/1']);
  });

  test('a step does not change the order, but what has just changed does not stay out of sight', () => {
    const many = Array.from({ length: 20 }, (_, index) => session(`c.${index}`));
    const view = { ...failoverView, sessions: many, ledger: [] };
    expect(listed({ changed: new Map([['c.3', new Set(['state'] as const)]]) }, view)).toEqual(names(many));
    expect(listed({ changed: new Map([['c.17', new Set(['state'] as const)]]) }, view).slice(0, 3)).toEqual([
      'c.17',
      'c.0',
      'c.1',
    ]);
  });

  test('nothing is dropped, whatever the order', () => {
    for (const sort of ['now', 'name', 'type', 'state', 'node'] as const)
      expect(listed({ sort }).sort()).toEqual(names(failoverView.sessions).sort());
  });
});

test('sorted by a column, equal ones stay as they were made', () => {
  expect(listed({ sort: 'name' })[0]).toBe('client.1');
  expect(listed({ sort: 'node' })).toEqual([
    ...['server', 'server/1', 'client.1', 'client.2', 'standby', 'standby/1', 'old.1'],
  ]);
});

test('a filter looks in every column', () => {
  expect(listed({ filter: 'RMC;' })).toEqual(['server/1']);
  expect(listed({ filter: 'OPENING' })).toEqual(['client.2']);
});

test('a session has changed when its state, its loss or its block is other than before', () => {
  const before = sessionMarks({ ...failoverView, sessions: [client, other] });
  const after = { ...failoverView, sessions: [{ ...client, lost: true }, other, placed] };
  expect([...changedSince(before, after).keys()]).toEqual(['client.1', 'standby/1']);
});

test('the columns in which it has changed are told; messages alone do not move a session', () => {
  const columns = (given: Partial<SessionView>): unknown => {
    const view = { ...failoverView, sessions: [session('a', given)] };
    return [
      ...(changedSince(sessionMarks({ ...failoverView, sessions: [session('a')] }), view).get('a') ?? []),
    ];
  };
  expect(columns({})).toEqual([]);
  expect(columns({ delivered: 1 })).toEqual(['IO']);
  expect(columns({ state: 'FAILED', whoFrees: 'app client: rmc_close, then free' })).toEqual([
    'state',
    'who frees it',
  ]);
  expect(columns({ block: 'freed' })).toEqual(['block', 'who frees it']);
  expect(hasNews(new Map([['a', new Set(['IO'] as const)]]), 'a')).toBe(false);
  expect(hasNews(new Map([['a', new Set(['block'] as const)]]), 'a')).toBe(true);
});

test('every column can be sorted by, and the other way round; who is followed stands first in any order', () => {
  const sessions = [
    session('b', { type: 'ACCEPT', state: 'FAILED', node: 'n2', peer: 'y', address: 8, queued: 1, app: 'z' }),
    session('a', { type: 'OPEN', state: 'OPEN', node: 'n1', peer: 'x', address: 4096, placedBy: 'zz' }),
    session('c', { type: 'LISTEN', state: 'CLOSED', node: 'n1', peer: 'z', address: 16, whoFrees: 'aa' }),
  ];
  const listed = (given: Partial<TableWish>): string =>
    tableSessions({ ...failoverView, sessions }, { ...usual, ...given })
      .map(({ name }) => name)
      .join('');
  const orders = sortKeys.slice(1).map((sort) => `${sort} ${listed({ sort })}`);
  expect(orders).toEqual([
    ...['name abc', 'type bca', 'state cba', 'node acb', 'peer abc'],
    ...['block cab', 'placed by bca', 'who frees it cba', 'IO acb'],
  ]);
  expect(listed({ sort: 'name', isReversed: true })).toBe('cba');
  expect(listed({ sort: 'name', followed: 'c' })).toBe('cab');
  expect(listed({ sort: 'name', followed: 'c', filter: 'n2' })).toBe('cb');
  expect(listed({ sort: 'name', followed: 'gone' })).toBe('abc');
});
