import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../index.js';
import { kinds, lab, pair } from './lab.js';

const freedOf = (emulator: Emulator, name: string) =>
  emulator.sessions().find((session) => session.name === name)?.freed;

describe.each(kinds)('what is said of a freed block, the server being on an %s', (kind) => {
  it('S5 D28 of an OPEN session: its application freed it, and when', () => {
    const emulator = pair(kind);
    expect(freedOf(emulator, 'c')).toBeUndefined();
    emulator.command('rmc_close c --then-free\nrun 100ms');
    const free = emulator.events('free').find(({ fields }) => fields.get('app') === 'client');
    expect(freedOf(emulator, 'c')).toEqual({ event: free!.number, timeUs: free!.timeUs, by: 'app client' });
  });

  it('S8 S11 S13 of an ACCEPT session: who frees it is who placed it', () => {
    const emulator = pair(kind);
    emulator.command('rmc_close c\nrun 100ms');
    const freed = freedOf(emulator, 's/1');
    expect(freed?.by).toBe('RMC');
    expect(freed?.event).toBe(emulator.events('free').at(-1)!.number);
  });

  it('D28 also when another block lies there by now; not when its memory is gone', () => {
    const emulator = lab(`
      node far ${kind}
      node near ssc --policy hardware
      app server --on far
      app client --on near
      rmc_listen server 9 --as s
      rmc_open client far:9 --as c
      run 100ms`);
    emulator.command('rmc_close c --then-free\nrun 100ms\nrmc_open client far:9 --as d\nrun 100ms');
    const [c, d] = ['c', 'd'].map((name) => emulator.sessions().find((one) => one.name === name));
    expect(d?.address).toBe(c?.address);
    expect(c?.freed?.by).toBe('app client');
    expect(d?.freed).toBeUndefined();
    emulator.command('power off near');
    expect(freedOf(emulator, 'c')).toBeUndefined();
  });
});

it('S7 S9 of an ACCEPT session that the application placed: the application', () => {
  const emulator = lab(`
    node far ssc
    node near ssc
    app server --on far
    app client --on near
    rmc_listen server 9 --new_session heap --close_session free-if-true --as s
    rmc_open client far:9 --as c
    run 100ms
    rmc_close c
    run 100ms`);
  expect(freedOf(emulator, 's/1')?.by).toBe('app server');
});
