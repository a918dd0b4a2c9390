import { describe, expect, it } from 'vitest';
import { type AppApi, BLOCK_BYTES, createEmulator, Status, slowly } from '../../index.js';
import { NEVER, nodeKinds } from '../../nodes/index.js';
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

describe.each(nodeKinds.map((kind) => ({ name: kind.name, kind })))(
  'a callback of a process that it has ended, on an $name',
  ({ kind }) => {
    it.each([
      ['NEVER', NEVER],
      ['slowly', slowly(100)],
      ['nothing', undefined],
    ])('D10 D20 returns %s to nobody', (_what, returned) => {
      const emulator = createEmulator();
      emulator.addNode('near', kind).addApp('own', {
        onStart: (api) => api.timer(10, 'end'),
        onTimer: (api) => {
          try {
            api.exit();
          } catch {
            // Takes no notice.
          }
          return returned as never;
        },
      });
      emulator.run(10_000);
      const after = emulator
        .events()
        .slice(emulator.events().findIndex(({ event }) => event === 'process_exit') + 1);
      expect(after).toEqual([]);
    });
  },
);

describe.each(nodeKinds.map((kind) => ({ name: kind.name, kind })))('a call on an $name', ({ kind }) => {
  it('D6 rmc_open and rmc_listen want a block at an address that is a multiple of 8', () => {
    const emulator = createEmulator();
    const statuses: number[] = [];
    emulator.addNode('near', kind).addApp('own', {
      onStart: (api) => {
        const address = api.alloc(512);
        for (const offset of [4, 0, 132, 128]) {
          statuses.push(api.rmcOpen({ address: address + offset, node: 'near', port: 9 }).status);
        }
        statuses.push(api.rmcListen({ address: address + 260, port: 9 }).status);
      },
    });
    const { RMC_EINVAL, RMC_INPROGRESS } = Status;
    expect(statuses).toEqual([RMC_EINVAL, RMC_INPROGRESS, RMC_EINVAL, RMC_INPROGRESS, RMC_EINVAL]);
    expect(told(emulator, 'memory_error', 'kind')).toEqual(Array(3).fill('bad-placement'));
  });

  it.each([
    [false, []],
    [true, ['use-after-free']],
  ])(
    'S11 D28 on RMC’s own session that is over is RMC_EINVAL; told of the end (%s) it should have known',
    (closeSession, errors) => {
      const emulator = createEmulator();
      let session = 0;
      let status: number = Status.RMC_OK;
      emulator.addNode('near', kind).addApp('own', {
        onStart: (api) => void api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9, closeSession }),
        onMessage: (api, accepted) => {
          session = accepted;
          api.timer(10_000, 'late');
        },
        onTimer: (api) => {
          status = api.rmcSend(session, new Uint8Array(1));
        },
      });
      emulator.command('node far ssc\napp client --on far\nrmc_open client near:9 --as c\nrun 1ms');
      emulator.command('rmc_send c x\nrun 1ms\nrmc_close c --then-free\nrun 20ms');
      expect(status).toBe(Status.RMC_EINVAL);
      expect(told(emulator, 'memory_error', 'kind')).toEqual(errors);
    },
  );
});
