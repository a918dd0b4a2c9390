import { describe, expect, it } from 'vitest';
import { type AppApi, type Application, BLOCK_BYTES, createEmulator } from '../../index.js';
import { nodeKinds } from '../../nodes/index.js';
import { told } from '../support/openers.js';

/** Opens where nobody listens, closes when that is refused, and begins again: so many sessions come and go. */
function comesAndGoes(count: number): Application {
  let left = count;
  const open = (api: AppApi): void => {
    left -= 1;
    api.rmcOpen({ address: api.alloc(BLOCK_BYTES), node: 'other', port: 1 });
  };
  return {
    onStart: (api) => api.timer(1000, 'begin'),
    onTimer: (api) => open(api),
    onOpenDone: (api, session) => void api.rmcClose(session),
    onCloseDone: (api, session) => {
      api.free(api.addressOf(session));
      if (left > 0) open(api);
    },
  };
}

describe.each(nodeKinds.map(({ name }) => name))('sessions that ended very long ago, on an %s', (kind) => {
  it('§1 make room for new ones, but not while their close_session is waited for', () => {
    const emulator = createEmulator({ log: 'counted' });
    emulator.command(`
      node far ${kind}
      node near ssc
      app hung --on far
      app slow --on far
      app client --on near
      rmc_listen hung 8 --close_session notify --as h
      rmc_listen slow 9 --close_session slow:100s,free-if-true --as s
      rmc_open client far:8 --as a
      rmc_open client far:8 --as b
      rmc_open client far:9 --as c
      run 10ms
      rmc_close a --then-free
      run 10ms
      rmc_send a x
      rmc_listen client 5 --as l
      rmc_shutdown l --then-free
      run 1ms
      rmc_listen client 5 --as l
      hang hung
      rmc_close b --then-free
      rmc_close c --then-free
      run 100ms`);
    const sessionRow = () => emulator.memoryReports()[0]!.find((line) => line.startsWith('  session'));
    expect(sessionRow()).toBe('  session  a, OPEN of client');
    const [other] = nodeKinds;
    emulator.addNode('other', other!).addApp('many', comesAndGoes(20_100));
    emulator.run(60_000_000);
    expect(emulator.world.nowUs).toBeLessThan(100_000_000);
    expect(sessionRow()).toBe('  session  a');
    emulator.command('expect session l LISTENING');
    emulator.command('unhang hung\nrun 100s');
    expect(told(emulator, 'callback_failed')).toEqual([]);
    emulator.command('expect memory far --owner rmc --live 0');
  });
});
