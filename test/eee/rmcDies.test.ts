import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../index.js';
import { lab, plain } from '../nodes/lab.js';

/** What the applications of `near` are told from the death of its RMC on, and what becomes of their sessions. */
function toldAfterDeath(emulator: Emulator): readonly string[] {
  const died = emulator.events('process_exit').find((one) => plain(one)['process'] === 'near.rmc')!.number;
  return emulator
    .events()
    .filter((one) => one.number > died && plain(one)['node'] === 'near' && plain(one)['session'] !== '')
    .filter(({ event }) => !/^(frame|learned|free$|process)/.test(event))
    .map((one) => {
      const { session, state, io, status, reason, rmc_free_session } = plain(one);
      const words = [one.event, session, state, io, status, reason, rmc_free_session];
      return words.filter((word) => word !== undefined).join(' ');
    });
}

/** An application `a` on the EEE `near` with sessions of all types, a server on `far`, and one on `gone`. */
const SESSIONS = `
  node near eee
  node far ssc
  node gone ssc
  node off ssc
  power off off
  app a --on near
  app server --on far
  app lost --on gone
  rmc_listen server 9 --close_session notify --as s
  rmc_listen lost 9 --close_session notify --as x
  rmc_listen a 7 --close_session notify --as l
  rmc_listen a 8 --as m
  rmc_listen a 6 --as n
  rmc_open a far:9 --abort_session notify --as open
  rmc_open a far:9 --as quiet
  rmc_open a far:1 --abort_session notify --as refused
  rmc_open a far:1 --as given
  rmc_open a gone:9 --as closing
  rmc_open server near:7 --as k1
  rmc_open server near:7 --as k2
  rmc_open server near:8 --as k3
  run 10ms
  power off gone
  rmc_open a off:9 --abort_session notify --as opening
  rmc_open a off:9 --as hurried
`;

describe('the RMC of an EEE dies', () => {
  it('D13 D14 D17 D20 each session ends as its type, its state and its handlers want', () => {
    const emulator = lab(`${SESSIONS}
      rmc_send open one
      rmc_send l/1 two
      rmc_close closing
      run 1us
      hang near.rmc
      rmc_close hurried
      rmc_close given
      rmc_send open three
      rmc_send quiet four
      rmc_shutdown m
      kill near.rmc
      run 1ms
    `);
    expect(toldAfterDeath(emulator)).toEqual([
      'session_state open FAILED',
      'session_state quiet FAILED',
      'session_state given CLOSED',
      'session_state closing CLOSED',
      'session_state l/1 CLOSED',
      'session_state l/2 CLOSED',
      'session_state m/1 CLOSED',
      'session_state opening FAILED',
      'session_state hurried CLOSED',
      'session_state l FAILED',
      'session_state m CLOSED',
      'session_state n FAILED',
      'io_done open 1 RMC_ECONNABORTED',
      'io_done open 2 RMC_ECONNABORTED',
      'abort_session open rmc',
      'io_done quiet 1 RMC_ECONNABORTED',
      'close_done given RMC_OK',
      'close_done closing RMC_ECONNABORTED',
      'io_done l/1 1 RMC_ECONNABORTED',
      'close_session l/1 FALSE',
      'close_session l/2 FALSE',
      'open_done opening RMC_ECONNABORTED',
      'open_done hurried RMC_ECONNABORTED',
      'close_done hurried RMC_ECONNABORTED',
      'close_done m RMC_OK',
    ]);
    const states = emulator.sessions().filter(({ node }) => node === 'near');
    expect(states.map(({ name, state, over }) => `${name} ${state}${over ? ', over' : ''}`)).toEqual([
      'l FAILED',
      'm CLOSED, over',
      'n FAILED',
      'open FAILED',
      'quiet FAILED',
      'refused FAILED',
      'given CLOSED, over',
      'closing CLOSED, over',
      ...['l/1 CLOSED, over', 'l/2 CLOSED, over', 'm/1 CLOSED, over'],
      'opening FAILED',
      'hurried CLOSED, over',
    ]);
  });

  it('D20 close_session runs once, whether it is on its way or has not returned; close_done comes after it', () => {
    const emulator = lab(`
      node near eee
      node far ssc
      app hung --on near
      app slow --on near
      app client --on far
      rmc_listen hung 7 --close_session notify --as h
      rmc_listen slow 8 --close_session slow:50ms --as w
      rmc_open client near:7 --as c
      rmc_open client near:8 --as d
      run 10ms
      hang hung
      rmc_close c
      rmc_shutdown w
      run 1ms
      kill near.rmc
      run 1ms
      unhang hung
      run 60ms
    `);
    expect(emulator.events('close_session').map((one) => plain(one)['session'])).toEqual(['w/1', 'h/1']);
    expect(toldAfterDeath(emulator)).toEqual([
      'session_state h FAILED',
      'close_session h/1 FALSE',
      'close_done w RMC_OK',
    ]);
    emulator.command('expect memory near --live 0 --owner rmc');
  });

  it('D20 while it is gone applications start, hang, are set otherwise and go; it starts again, once', () => {
    const emulator = lab(`
      node near eee
      set near rmc_restart 2s
      app a --on near
      app b --on near
      kill a
      kill near.rmc
      launch a
      hang b
      set near mailbox 8
      power off near
      power on near
      run 3s
    `);
    const starts = emulator.events('process_start').map((one) => plain(one)['process']);
    expect(starts.filter((name) => name === 'near.rmc')).toHaveLength(2);
    emulator.command('kill near.rmc\npower off near\nrun 3s');
    expect(emulator.events('process_start')).toHaveLength(starts.length);
  });
});
