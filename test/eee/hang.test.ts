import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../index.js';
import { type EeeApi, type EeeApplication, eee } from '../../nodes/eee/index.js';
import { NEVER } from '../../nodes/index.js';

const hello = new TextEncoder().encode('hello');

function server(onMessage: EeeApplication['onMessage']): EeeApplication {
  return {
    onStart(api) {
      api.rmcListen({ address: api.alloc(128), port: 9, name: 's', closeSession: true });
    },
    ...(onMessage === undefined ? {} : { onMessage }),
  };
}

function client(messages: number, told: string[]): EeeApplication {
  return {
    onStart(api: EeeApi) {
      api.rmcOpen({ address: api.alloc(128), node: 'far', port: 9, abortSession: true, name: 'c' });
    },
    onOpenDone(api, session) {
      for (let n = 0; n < messages; n += 1) api.rmcSend(session, hello);
    },
    onIoDone: (_api, _session, io, status) => void told.push(`io ${io} ${status}`),
    abortSession(api, session, reason) {
      told.push(`abort ${reason}`);
      api.rmcClose(session);
    },
    onCloseDone(api, session) {
      api.free(api.addressOf(session));
    },
  };
}

function world(onMessage: EeeApplication['onMessage'], messages: number, told: string[]): Emulator {
  const emulator = createEmulator();
  emulator.addNode('far', eee).addApp('server', server(onMessage));
  emulator.addNode('near', eee).addApp('client', client(messages, told));
  return emulator;
}

describe('a hung application on an EEE', () => {
  it('D21 nobody is told: RMC acknowledges 64 messages more than the one that it hangs in', () => {
    const told: string[] = [];
    const emulator = world(() => NEVER, 65, told);
    emulator.run(1_900_000);
    expect(told).toHaveLength(65);
    expect(told.every((one) => one.endsWith(' 0'))).toBe(true);
    emulator.run(60_000_000);
    expect(told).toHaveLength(65);
    expect(emulator.learned()[0]).toMatchObject({ about: 'server on far', what: 'process_hang' });
    expect(emulator.learned()[0]?.rows).toMatchObject([{ app: 'client', told: false, rule: 'D21' }]);
  });

  it('D17 D21 the message that finds the mailbox full times out two seconds after its call', () => {
    const told: string[] = [];
    const emulator = world(() => NEVER, 67, told);
    emulator.run(10_000_000);
    expect(told.slice(65)).toEqual(['io 66 9', 'io 67 10', 'abort io']);
    const opened = emulator.events('open_done')[0]?.timeUs ?? 0;
    expect(emulator.events('abort_session')[0]?.timeUs).toBe(opened + 2_000_000 + 5);
    expect(emulator.learned()[0]?.rows).toMatchObject([
      { app: 'client', told: true, how: 'io', rule: 'S17' },
    ]);
  });

  it('D21 resumed, it gets everything in order, and the stalled sender goes on', () => {
    const told: string[] = [];
    const seen: number[] = [];
    const emulator = world(
      (_api, _session, message, token) => {
        if (seen.length === 0 && token === undefined) return NEVER;
        seen.push(message.length);
        return undefined;
      },
      100,
      told,
    );
    emulator.run(1_000_000);
    expect(seen).toEqual([]);
    emulator.command('unhang server');
    emulator.run(1_000_000);
    expect(seen).toHaveLength(100);
    expect(told.filter((one) => one.endsWith(' 0'))).toHaveLength(100);
    expect(emulator.events('learned')).toEqual([]);
  });

  it('D19 calls go by IPC: what they send leaves 5 us later, what comes back takes 5 us', () => {
    const emulator = world(undefined, 1, []);
    emulator.run(10_000);
    const called = emulator.events('rmc_open')[0]?.timeUs ?? -1;
    expect(emulator.events('frame_sent')[0]?.timeUs).toBe(called + 5);
    expect(emulator.events('open_done')[0]?.timeUs).toBe(called + 5 + 100 + 100 + 5);
  });
});

describe('the RMC process of an EEE', () => {
  it('D20 dies: each application is told once by its own stub, about its own RMC', () => {
    const told: string[] = [];
    const emulator = world(undefined, 0, told);
    emulator.run(10_000);
    emulator.command('kill near.rmc');
    emulator.run(1_000_000);
    expect(told).toEqual(['abort rmc']);
    const [first] = emulator.events('learned');
    expect(Object.fromEntries(first?.fields ?? [])).toMatchObject({
      app: 'client',
      about: 'near.rmc',
      how: 'abort_session',
      rule: 'D20',
      after_us: 5,
    });
    expect(emulator.learned().map((entry) => entry.about)).toEqual(['near', 'near.rmc']);
  });

  it('D20 dies with a server: close_session runs once with FALSE, and its LISTEN session is FAILED', () => {
    const emulator = world(undefined, 0, []);
    emulator.run(10_000);
    emulator.command('kill far.rmc');
    emulator.run(1_000_000);
    expect(emulator.events('close_session').map((one) => one.fields.get('rmc_free_session'))).toEqual([
      'FALSE',
    ]);
    const listen = emulator.sessions().find((session) => session.name === 's');
    expect(listen).toMatchObject({ state: 'FAILED', over: false });
  });

  it('D21 hangs: calls return at once, and everything that they cause waits for the resume', () => {
    const emulator = createEmulator();
    const statuses: number[] = [];
    emulator.addNode('far', eee).addApp('server', server(undefined));
    emulator.addNode('near', eee).addApp('client', {
      onStart: (api) => api.timer(20_000, 'go'),
      onTimer(api) {
        const opened = api.rmcOpen({ address: api.alloc(128), node: 'far', port: 9, name: 'c' });
        statuses.push(opened.status, api.rmcSend(opened.session, hello), api.rmcClose(opened.session));
      },
    });
    emulator.command('run 10ms\nhang near.rmc\nrun 1s');
    expect(statuses).toEqual([1, 11, 1]);
    expect(emulator.events('frame_sent')).toEqual([]);
    expect(emulator.events('open_done')).toEqual([]);
    emulator.command('unhang near.rmc\nrun 1s');
    expect(emulator.events('open_done').map((one) => one.fields.get('status'))).toEqual(['RMC_ECONNABORTED']);
    expect(emulator.events('close_done')).toHaveLength(1);
  });
});
