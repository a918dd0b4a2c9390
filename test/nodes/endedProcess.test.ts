import { describe, expect, it } from 'vitest';
import { type AppApi, BLOCK_BYTES, createEmulator } from '../../index.js';
import { nodeKinds } from '../../nodes/index.js';
import { told } from '../support/openers.js';

/** Every call that an application can make, with what it had before it ended. */
const calls: readonly (readonly [string, (api: AppApi, session: number, address: number) => unknown])[] = [
  ['exit', (api) => api.exit()],
  ['alloc', (api) => api.alloc(BLOCK_BYTES)],
  ['free', (api, _session, address) => api.free(address)],
  ['makePool', (api) => api.makePool(2)],
  ['rmcListen', (api, _session, address) => api.rmcListen({ address, port: 8 })],
  ['rmcOpen', (api, _session, address) => api.rmcOpen({ address, node: 'far', port: 9 })],
  ['rmcSend', (api, session) => api.rmcSend(session, new Uint8Array(1))],
  ['rmcClose', (api, session) => api.rmcClose(session)],
  ['rmcShutdown', (api, session) => api.rmcShutdown(session)],
  ['rmcFreeSession', (api, session) => api.rmcFreeSession(session)],
  ['timer', (api) => api.timer(1, 'later')],
];

const policies = ['report', 'trap', 'hardware'] as const;
const variants = nodeKinds.flatMap((kind) => policies.map((policy) => [kind, policy] as const));

describe.each(variants.map(([kind, policy]) => ({ name: kind.name, kind, policy })))(
  'code that goes on after its process has ended, on an $name under $policy',
  ({ kind, policy }) => {
    it('D10 D20 gets nothing done', () => {
      const said: string[] = [];
      const timers: string[] = [];
      let session = 0;
      let address = 0;
      const emulator = createEmulator();
      emulator.command('node far ssc\napp server --on far\nrmc_listen server 9 --close_session notify');
      emulator.addNode('near', kind, { policy }).addApp('own', {
        onStart: (api) => {
          session = api.rmcOpen({ address: api.alloc(BLOCK_BYTES), node: 'far', port: 9 }).session;
          address = api.alloc(BLOCK_BYTES);
          api.timer(1_000, 'end');
        },
        onTimer: (api, name) => {
          timers.push(name);
          for (const [call, make] of [calls[0]!, ...calls]) {
            try {
              said.push(`${call} ${String(make(api, session, address))}`);
            } catch (error) {
              said.push(`${call}: ${(error as Error).message}`);
            }
          }
          throw new Error('of no interest any more');
        },
      });
      emulator.run(1_500);
      expect(said).toEqual([calls[0]!, ...calls].map(([call]) => `${call}: the process has ended`));
      expect(told(emulator, 'process_exit', 'app', 'reason')).toEqual(['own stop']);
      expect(told(emulator, 'memory_error', 'kind')).toEqual([]);
      expect(told(emulator, 'callback_failed', 'text')).toEqual([]);
      emulator.run(3_000_000);
      expect(timers).toEqual(['end']);
      expect(emulator.memoryOverTime('near').map(({ liveBytes }) => liveBytes)).toEqual([0, 0]);
    });
  },
);
