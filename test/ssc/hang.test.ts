import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../emulator/index.js';
import { createEmulator, type Emulator } from '../../index.js';
import { NEVER, slowly } from '../../nodes/index.js';
import { type SscApi, type SscApplication, ssc } from '../../nodes/ssc/index.js';

const hello = new TextEncoder().encode('hello');

/** A server that places its ACCEPT sessions itself; what it does with a message is the test's. */
function server(onMessage: SscApplication['onMessage']): SscApplication {
  return {
    onStart(api) {
      api.rmcListen({
        address: api.alloc(128),
        port: 9,
        name: 's',
        newSession: true,
        closeSession: true,
      });
    },
    newSession: (api) => api.alloc(128),
    closeSession(api, session) {
      if (api.rmcFreeSession(session)) api.free(api.addressOf(session));
    },
    ...(onMessage === undefined ? {} : { onMessage }),
  };
}

/** A client that sends so many messages once it is connected, and keeps what it is told. */
function client(messages: number, told: string[]): SscApplication {
  return {
    onStart(api: SscApi) {
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

function world(onMessage: SscApplication['onMessage'], messages: number, told: string[]): Emulator {
  const emulator = createEmulator();
  emulator.addNode('far', ssc).addApp('server', server(onMessage));
  emulator.addNode('near', ssc).addApp('client', client(messages, told));
  return emulator;
}

function times(emulator: Emulator, event: string, matches: (one: LoggedEvent) => boolean): number[] {
  return emulator
    .events(event)
    .filter(matches)
    .map((one) => one.timeUs);
}

describe('an SSC application that does not return', () => {
  it('D10 D21 a callback that never returns hangs its process, and RMC with it', () => {
    const told: string[] = [];
    const emulator = world(() => NEVER, 2, told);
    emulator.run(1_000_000);
    expect(emulator.events('process_hang').map((one) => one.fields.get('app'))).toEqual(['server']);
    // The first message was in the application's hands when it hung; the acknowledgement left before the callback.
    expect(told[0]).toBe('io 1 0');
    expect(told.slice(1)).toEqual(['io 2 10', 'abort silence']);
    const afterHang = times(emulator, 'frame_sent', (one) => one.fields.get('node') === 'far').filter(
      (timeUs) => timeUs > (emulator.events('process_hang')[0]?.timeUs ?? 0),
    );
    expect(afterHang).toEqual([]);
  });

  it('D10 D21 a slow callback holds its process for that long, and everything else waits behind it', () => {
    const told: string[] = [];
    const emulator = world(
      (_api, _session, _message, token) => (token ? undefined : slowly(50_000)),
      3,
      told,
    );
    emulator.run(1_000_000);
    const messages = times(emulator, 'message', () => true);
    expect(messages).toHaveLength(3);
    expect((messages[1] ?? 0) - (messages[0] ?? 0)).toBe(50_000);
    expect((messages[2] ?? 0) - (messages[1] ?? 0)).toBe(50_000);
    expect(told).toEqual(['io 1 0', 'io 2 0', 'io 3 0']);
  });

  it('D15 D21 slow for longer than its peers’ patience: the peer finds it failed, and both sides agree after', () => {
    const told: string[] = [];
    const emulator = world(
      (_api, _session, _message, token) => (token ? undefined : slowly(900_000)),
      1,
      told,
    );
    emulator.run(3_000_000);
    expect(told).toEqual(['io 1 0', 'abort silence']);
    const ended = emulator.events('close_session');
    expect(ended.map((one) => one.fields.get('rmc_free_session'))).toEqual(['TRUE']);
    expect(
      emulator
        .sessions()
        .filter((session) => !session.over)
        .map((session) => session.name),
    ).toEqual(['s']);
  });

  it('D21 a timer that fell due several times in a hang fires once, after what waited', () => {
    const told: string[] = [];
    const emulator = world(undefined, 0, told);
    emulator.command(
      'set near heartbeat_misses 100\nset far heartbeat_misses 100\nrun 1s\nhang server\nrun 5s',
    );
    const resumedUs = emulator.nowUs;
    emulator.command('unhang server');
    const since = emulator.events().filter((one) => one.timeUs === resumedUs);
    const kinds = since
      .filter((one) => one.fields.get('node') === 'far' && one.fields.get('frame') === 'HEARTBEAT')
      .map((one) => one.event);
    // Fifty beats of the client waited and are heard first; then one beat of its own.
    expect(kinds.filter((event) => event === 'frame_delivered').length).toBeGreaterThan(40);
    expect(kinds.filter((event) => event === 'frame_sent')).toEqual(['frame_sent']);
    expect(kinds[kinds.length - 1]).toBe('frame_sent');
    expect(told).toEqual([]);
  });
});
