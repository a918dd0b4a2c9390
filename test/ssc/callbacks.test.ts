import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator, type Emulator, Status, slowly } from '../../index.js';
import { type SscApi, type SscApplication, ssc } from '../../nodes/ssc/index.js';
import { client, memoryErrors, statusesOf, told } from '../support/openers.js';

/** A server on port 9 that places its ACCEPT blocks in its heap, and frees them as the macro says. */
function server(more: Partial<SscApplication> = {}): SscApplication {
  return {
    onStart: (api) => {
      api.rmcListen({
        address: api.alloc(BLOCK_BYTES),
        port: 9,
        newSession: true,
        closeSession: true,
        name: 's',
      });
    },
    newSession: (api) => api.alloc(BLOCK_BYTES),
    closeSession: (api, session) => {
      if (api.rmcFreeSession(session)) api.free(api.addressOf(session));
    },
    ...more,
  };
}

function world(serving: SscApplication, calling: SscApplication = client()): Emulator {
  const emulator = createEmulator();
  const left = emulator.addNode('left', ssc);
  emulator.addNode('right', ssc).addApp('server', serving);
  left.addApp('client', calling);
  return emulator;
}

const liveBlocks = (emulator: Emulator, of: string, count: number) =>
  emulator.command(`expect memory ${of} --live ${count}`);
const message = new Uint8Array([1, 2, 3]);

describe('a callback that calls RMC', () => {
  it('D10 finds its session over during close_session', () => {
    const said: number[] = [];
    const emulator = world(
      server({
        closeSession: (api, session) => {
          said.push(api.rmcSend(session, message), api.rmcClose(session), api.rmcShutdown(session));
          if (api.rmcFreeSession(session)) api.free(api.addressOf(session));
        },
      }),
      client({ onOpenDone: (api, session) => void api.rmcClose(session) }),
    );
    emulator.run(10_000);
    expect(said).toEqual([Status.RMC_EINVAL, Status.RMC_EINVAL, Status.RMC_EINVAL]);
    liveBlocks(emulator, 'server', 1);
    liveBlocks(emulator, 'client', 0);
  });

  it('D10 may close its session in abort_session', () => {
    const emulator = world(server(), client({ abortSession: (api, session) => void api.rmcClose(session) }));
    emulator.run(150_000);
    emulator.command('power off right');
    emulator.run(400_000);
    expect(told(emulator, 'abort_session', 'session', 'reason')).toEqual(['c silence']);
    expect(statusesOf(emulator, 'close_done')).toEqual(['RMC_OK']);
    liveBlocks(emulator, 'client', 0);
  });

  it('D9 gets back the block that it placed after shutting down inside new_session', () => {
    let listen = 0;
    const emulator = world(
      server({
        onStart: (api) => {
          listen = api.rmcListen({
            address: api.alloc(BLOCK_BYTES),
            port: 9,
            newSession: true,
            closeSession: true,
          }).session;
        },
        newSession: (api) => {
          expect(api.rmcShutdown(listen)).toBe(Status.RMC_INPROGRESS);
          return api.alloc(BLOCK_BYTES);
        },
        onCloseDone: (api, session) => api.free(api.addressOf(session)),
      }),
    );
    emulator.run(10_000);
    expect(told(emulator, 'close_session', 'rmc_free_session')).toEqual(['TRUE']);
    expect(told(emulator, 'close_done', 'app', 'status')).toEqual(['server RMC_OK']);
    liveBlocks(emulator, 'server', 0);
    expect(memoryErrors(emulator)).toEqual([]);
  });

  it('D8 makes the new session after FALSE though the LISTEN session is shut down inside close_session', () => {
    let listen = 0;
    const flags: boolean[] = [];
    const emulator = world(
      server({
        onStart: (api) => {
          listen = api.rmcListen({
            address: api.alloc(BLOCK_BYTES),
            port: 9,
            newSession: true,
            closeSession: true,
            name: 's',
          }).session;
        },
        closeSession: (api, session) => {
          flags.push(api.rmcFreeSession(session));
          if (flags.length === 1) api.rmcShutdown(listen);
          if (api.rmcFreeSession(session)) api.free(api.addressOf(session));
        },
        onCloseDone: (api, session) => api.free(api.addressOf(session)),
      }),
    );
    emulator.run(1_000);
    emulator.command('kill client\nlaunch client');
    emulator.run(10_000);
    expect(flags).toEqual([false, true]);
    emulator.command('expect session s/2 CLOSED --same-block s/1');
    expect(told(emulator, 'close_session', 'session', 'rmc_free_session')).toEqual(['s/1 FALSE', 's/2 TRUE']);
    expect(told(emulator, 'close_done', 'session', 'status')).toEqual(['s RMC_OK']);
    liveBlocks(emulator, 'server', 0);
  });

  it('D7 counts one new_session and one close_session for each of many sessions that it opens itself', () => {
    let left = 50;
    const again = (api: SscApi) => {
      left -= 1;
      if (left > 0) api.rmcOpen({ address: api.alloc(BLOCK_BYTES), node: 'right', port: 9 });
    };
    const emulator = world(
      server(),
      client({
        onOpenDone: (api, session) => void api.rmcClose(session),
        onCloseDone: (api, session) => {
          api.free(api.addressOf(session));
          again(api);
        },
      }),
    );
    emulator.run(100_000);
    expect(emulator.events('new_session')).toHaveLength(50);
    expect(told(emulator, 'close_session', 'rmc_free_session')).toEqual(Array(50).fill('TRUE'));
    liveBlocks(emulator, 'server', 1);
  });
});

describe('a callback that does wrong', () => {
  it.each([
    ['onMessage', { onMessage: () => bang() }],
    ['newSession', { newSession: () => bang() }],
    ['closeSession', { closeSession: () => bang() }],
  ] satisfies readonly (readonly [string, Partial<SscApplication>])[])(
    'D10 %s throws: its process crashes',
    (name, more) => {
      const emulator = world(
        server(more),
        client({
          onOpenDone: (api, session) => {
            api.rmcSend(session, message);
            api.rmcClose(session);
          },
        }),
      );
      emulator.run(10_000);
      expect(told(emulator, 'callback_failed', 'app', 'callback', 'text')).toEqual([`server ${name} bang`]);
      expect(told(emulator, 'process_exit', 'app', 'reason')).toEqual(['server crash']);
    },
  );

  it('D10 calls RMC without end: its process hangs, and the world goes on', () => {
    const emulator = world(
      server({
        onMessage: (api, session) => {
          for (;;) api.rmcClose(session);
        },
      }),
      client({ onOpenDone: (api, session) => void api.rmcSend(session, message) }),
    );
    emulator.run(1_000_000);
    expect(told(emulator, 'callback_failed', 'callback')).toEqual(['onMessage']);
    expect(told(emulator, 'callback_failed', 'text')[0]).toMatch(/more than 100000 RMC calls at one instant/);
    expect(told(emulator, 'process_hang', 'app')).toEqual(['server']);
    expect(told(emulator, 'peer_failed', 'app', 'reason')).toEqual(['client silence']);
  });

  /** Calls so often, and takes no notice of what the bound throws. */
  const callsOften = (times: number) =>
    world(
      server({
        onMessage: (api, session) => {
          for (let call = 0; call < times; call += 1) swallow(() => api.rmcClose(session));
        },
      }),
      client({ onOpenDone: (api, session) => void api.rmcSend(session, message) }),
    );

  it('D10 swallows what the bound throws: its process hangs when it returns', () => {
    const emulator = callsOften(150_000);
    emulator.run(1_000_000);
    expect(told(emulator, 'process_hang', 'app')).toEqual(['server']);
  });

  it('D10 goes on calling after the bound: the run ends at a limit', () => {
    const emulator = callsOften(250_000);
    expect(() => emulator.run(1_000_000)).toThrow(/server goes on calling RMC at one instant/);
  });

  it('D21 is slow: what comes meanwhile waits, and is handled in order', () => {
    const emulator = world(
      server({
        onMessage: (_api, _session, _message, token) => (token === undefined ? slowly(10_000) : undefined),
      }),
      client({
        onOpenDone: (api, session) => {
          for (let count = 0; count < 3; count += 1) api.rmcSend(session, new Uint8Array([count]));
        },
      }),
    );
    emulator.run(100_000);
    expect(emulator.events('message').map(({ timeUs }) => timeUs)).toEqual([300, 10_300, 20_300]);
  });
});

function bang(): never {
  throw new Error('bang');
}

function swallow(call: () => unknown): void {
  try {
    call();
  } catch {
    // Takes no notice.
  }
}
