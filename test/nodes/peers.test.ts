import { describe, expect, it } from 'vitest';
import type { Emulator, LoggedEvent } from '../../index.js';
import { kinds, lab, pair, plain } from './lab.js';

/** An event in a few words: `process_exit first`, `cut`. */
const short = (event: LoggedEvent | undefined): string =>
  event === undefined ? 'nothing' : [event.event, plain(event)['app']].filter(Boolean).join(' ');

/** What each peer_failed of an application is put down to. */
function blamed(emulator: Emulator, app: string): readonly string[] {
  const events = emulator.events();
  return events
    .filter((one) => one.event === 'peer_failed' && plain(one)['app'] === app)
    .map((one) => `${plain(one)['peer']}: ${short(events[one.cause - 1])}`)
    .sort();
}

describe('what is said of the other side', () => {
  it.each(kinds)(
    'D12 its port on an OPEN session, its node on an ACCEPT session, nothing on a LISTEN one: %s',
    (kind) => {
      const emulator = pair(kind);
      emulator.command('rmc_close c --then-free\nrun 10ms\nrmc_shutdown s --then-free\nrun 10ms');
      const said = emulator
        .events()
        .filter(({ event }) => /^(session_state|rmc_listen|rmc_open)$/.test(event));
      const states = said.map((one) => {
        const { session, state, peer } = plain(one);
        return `${session} ${state ?? one.event} ${peer ?? '-'}`;
      });
      expect(states).toEqual([
        's rmc_listen -',
        's LISTENING -',
        'c rmc_open far:9',
        'c OPENING far:9',
        's/1 ESTABLISHED near',
        'c OPEN far:9',
        'c CLOSING far:9',
        's/1 CLOSED near',
        'c CLOSED far:9',
        's CLOSED -',
      ]);
      expect(emulator.sessions().map(({ name, peer }) => `${name} ${peer}`)).toEqual([
        's 9',
        'c far:9',
        's/1 near',
      ]);
    },
  );

  it('D15 D30 a silent peer is put down to what happened to that process, not to another of its node', () => {
    const emulator = lab(`
      node other eee
      node far ssc
      node more ssc
      node near ssc
      set other rmc_restart 10s
      app third --on other
      app spare --on other
      app fourth --on more
      app first --on far
      app second --on far
      app client --on near
      rmc_listen client 7 --close_session notify --as l
      rmc_listen third 9 --close_session notify --as t
      rmc_listen first 1 --close_session notify --as f
      rmc_listen second 2 --close_session notify --as s
      rmc_listen fourth 4 --close_session notify --as v
      rmc_open client far:1 --as old
      run 10ms
      rmc_close old --then-free
      run 10ms
      rmc_open client other:9 --as o
      rmc_open client far:1 --as c
      rmc_open client far:2 --as d
      rmc_open client more:4 --as m
      run 200ms
      kill first
      run 20ms
      kill second
      run 20ms
      kill fourth
      run 20ms
      kill other.rmc
      run 1us
      kill spare
      run 1s
    `);
    expect(blamed(emulator, 'client')).toEqual([
      'far: process_exit first',
      'far: process_exit second',
      'more: process_exit fourth',
      'other: process_exit',
    ]);
  });
});
