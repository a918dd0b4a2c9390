import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator, Status } from '../../index.js';
import { type EeeApi, type EeeApplication, eee } from '../../nodes/eee/index.js';
import { client, memoryErrors, told } from '../support/openers.js';

/** An EEE's server on port 9 with a close_session. */
function server(more: EeeApplication = {}): EeeApplication {
  return {
    onStart: (api) => {
      api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9, closeSession: true, name: 's' });
    },
    ...more,
  };
}

function world(serving: EeeApplication, calling: EeeApplication = client()) {
  const emulator = createEmulator();
  emulator.addNode('right', eee).addApp('server', serving);
  emulator.addNode('left', eee).addApp('client', calling);
  return emulator;
}

const closeAtOnce = client({ onOpenDone: (api, session) => void api.rmcClose(session) });

describe('rmc_listen on an EEE', () => {
  it('S14 has no new_session: to give one does not compile', () => {
    const listen = (api: EeeApi) =>
      // @ts-expect-error S14: the argument is not there
      api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9, newSession: true, closeSession: true });
    // @ts-expect-error S14: nor is there such a callback
    const placing: EeeApplication = { newSession: () => 0 };
    expect([typeof listen, typeof placing]).toEqual(['function', 'object']);
  });

  it('S14 gives RMC_EINVAL to a program that passes one all the same', () => {
    const said: number[] = [];
    const request = { port: 9, newSession: true, closeSession: true };
    world(
      server({
        onStart: (api) =>
          void said.push(api.rmcListen({ address: api.alloc(BLOCK_BYTES), ...request }).status),
      }),
    );
    expect(said).toEqual([Status.RMC_EINVAL]);
  });

  it('S16 says FALSE to every close_session, and RMC frees when the handler has returned', () => {
    const flags: boolean[] = [];
    const live: number[] = [];
    const emulator = world(
      server({
        closeSession: (api, session) => {
          flags.push(api.rmcFreeSession(session));
          live.push(emulator.events('free').filter(({ fields }) => fields.get('owner') === 'rmc').length);
        },
      }),
      closeAtOnce,
    );
    emulator.run(10_000);
    expect([flags, live]).toEqual([[false], [0]]);
    emulator.command('expect memory right --live 0 --owner rmc');
  });

  it('S13 never lets the application free what RMC allocated', () => {
    const emulator = world(
      server({ closeSession: (api, session) => api.free(api.addressOf(session)) }),
      closeAtOnce,
    );
    emulator.run(10_000);
    expect(memoryErrors(emulator)).toEqual(['invalid-free']);
    emulator.command('expect memory right --live 0 --owner rmc');
  });
});

describe('callbacks on an EEE', () => {
  it('D10 may shut down the LISTEN session inside close_session', () => {
    let listen = 0;
    const emulator = world(
      server({
        onStart: (api) => {
          listen = api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9, closeSession: true }).session;
        },
        closeSession: (api) => void api.rmcShutdown(listen),
        onCloseDone: (api, session) => api.free(api.addressOf(session)),
      }),
      closeAtOnce,
    );
    emulator.run(10_000);
    expect(told(emulator, 'close_done', 'app', 'status')).toEqual(['server RMC_OK', 'client RMC_OK']);
    emulator.command('expect memory right --live 0');
    emulator.command('expect memory left --live 0');
  });

  it.each(['exit', 'throw'] as const)(
    'D20 that end the process by %s inside close_session leave nothing behind',
    (how) => {
      const emulator = world(
        server({
          closeSession: (api) => {
            if (how === 'throw') throw new Error('bang');
            api.exit();
          },
        }),
        closeAtOnce,
      );
      emulator.run(10_000);
      expect(told(emulator, 'process_exit', 'app', 'reason')).toEqual([
        `server ${how === 'throw' ? 'crash' : 'stop'}`,
      ]);
      emulator.command('expect memory right --live 0');
    },
  );

  it('D10 that call RMC without end hang their process, and RMC goes on for the others', () => {
    const emulator = world(
      server({
        closeSession: (api) => {
          for (;;) api.rmcOpen({ address: 8, node: 'nowhere', port: 1 });
        },
      }),
      closeAtOnce,
    );
    emulator.run(500_000);
    expect(told(emulator, 'process_hang', 'app')).toEqual(['server']);
    expect(told(emulator, 'close_done', 'app', 'status')).toEqual(['client RMC_OK']);
  });
});
