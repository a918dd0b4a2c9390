import { describe, expect, it } from 'vitest';
import { World } from '../../emulator/index.js';
import { type AppApi, BLOCK_BYTES, createEmulator, slowly } from '../../index.js';
import { CALLS_PER_INSTANT, countCall, mustBeWithinBound } from '../../nodes/app/callBound.js';
import { fabricOf, NEVER, nodeKinds, rmcExtensions } from '../../nodes/index.js';
import { memoryErrors, statusesOf, told } from '../support/openers.js';
import { lab } from './lab.js';

const kindNamed = (name: string) => nodeKinds.find((kind) => kind.name === name)!;

describe.each(nodeKinds.map(({ name }) => name))('a callback on an %s', (kind) => {
  it('D10 is called again with the token that it gave; a resume adds to it', () => {
    const tokens: string[] = [];
    const emulator = createEmulator();
    emulator.addNode('far', kindNamed(kind)).addApp('own', {
      onStart: (api) => {
        api.timer(10, 'slow');
        api.timer(5_000, 'hangs');
      },
      onTimer: (_api, name, token) => {
        tokens.push(`${name} ${token ?? '-'}`);
        if (name === 'hangs') return token === undefined ? NEVER : undefined;
        if (token === undefined) return slowly(100, 'one');
        return token === 'one' ? NEVER : undefined;
      },
    });
    emulator.command('run 1ms\nunhang own\nrun 9ms\nunhang own\nrun 1ms');
    expect(tokens).toEqual(['slow -', 'slow one', 'slow oner', 'hangs -', 'hangs r']);
  });

  it('D10 may end its process when its time is over, and nothing else goes on', () => {
    const emulator = createEmulator();
    emulator.addNode('far', kindNamed(kind)).addApp('own', {
      onStart: (api) => api.timer(10, 'slow'),
      onTimer: (api, _name, token) => (token === undefined ? slowly(100) : api.exit()),
    });
    emulator.run(1_000);
    expect(told(emulator, 'process_exit', 'reason')).toEqual(['stop']);
    expect(emulator.events('callback_failed')).toEqual([]);
  });

  it('D10 that called RMC too often, and then ended its process, has ended it', () => {
    const emulator = createEmulator();
    emulator.addNode('far', kindNamed(kind)).addApp('own', {
      onStart: (api) => api.timer(10, 'x'),
      onTimer: (api) => {
        fabricOf(emulator.world).appNamed('own').calls = CALLS_PER_INSTANT;
        fabricOf(emulator.world).appNamed('own').callsAtUs = api.nowUs;
        const attempts = [() => api.rmcOpen({ address: 0, node: 'far', port: 9 }), () => api.exit()];
        for (const call of attempts) {
          try {
            call();
          } catch {
            // Takes no notice.
          }
        }
      },
    });
    emulator.run(1_000);
    expect(told(emulator, 'process_exit', 'reason')).toEqual(['stop']);
    expect(emulator.events('process_hang')).toEqual([]);
  });

  it('D28 hands out pool blocks in order, and numbers below a bound', () => {
    const blocks: number[] = [];
    const numbers = new Set<number>();
    const emulator = createEmulator();
    emulator.addNode('far', kindNamed(kind)).addApp('own', {
      onStart: (api) => {
        const pool = api.makePool(2);
        for (let count = 0; count < 3; count += 1) blocks.push(api.allocFromPool(pool));
        for (let count = 0; count < 200; count += 1) numbers.add(api.random(3));
      },
    });
    expect([blocks[1]! - blocks[0]!, blocks[2]]).toEqual([BLOCK_BYTES, 0]);
    expect([...numbers].sort()).toEqual([0, 1, 2]);
    expect(memoryErrors(emulator)).toEqual(['out-of-memory']);
  });
});

describe('what new_session returns', () => {
  it.each([
    ['nothing', () => undefined as unknown as number],
    ['null, as JavaScript says NULL', () => null as unknown as number],
    ['0', () => 0],
  ])('D5 refuses the client: %s', (_what, newSession) => {
    const emulator = createEmulator();
    emulator.addNode('right', kindNamed('ssc')).addApp('server', {
      onStart: (api: AppApi) => {
        const address = api.alloc(BLOCK_BYTES);
        api.rmcListen({ address, port: 9, newSession: true, closeSession: true });
      },
      newSession,
    });
    emulator.command('node left ssc\napp client --on left\nrmc_open client right:9\nrun 1ms');
    expect(statusesOf(emulator, 'open_done')).toEqual(['RMC_ENOMEM']);
    expect(emulator.events('callback_failed')).toEqual([]);
  });
});

describe('the bound on RMC calls at one instant', () => {
  it('D10 lets 100,000 pass in a callback, and twice as many before the run ends; each instant begins anew', () => {
    const app = fabricOf(lab('node s ssc\napp a --on s').world).appNamed('a');
    const call = (count: number, nowUs: number) => {
      for (let at = 0; at < count; at += 1) countCall(app, nowUs);
    };
    call(CALLS_PER_INSTANT + 1, 0);
    expect(app.calls).toBe(0);
    app.inCallback = true;
    call(CALLS_PER_INSTANT, 5);
    mustBeWithinBound(app, 5);
    expect(() => countCall(app, 5)).toThrow('more than 100000 RMC calls at one instant');
    expect(() => mustBeWithinBound(app, 5)).toThrow('taken as a callback that never returns (D10)');
    mustBeWithinBound(app, 6);
    app.calls = CALLS_PER_INSTANT * 2 - 1;
    expect(() => countCall(app, 5)).toThrow('more than 100000 RMC calls at one instant');
    expect(() => countCall(app, 5)).toThrow('a goes on calling RMC at one instant after 100000 calls');
    call(CALLS_PER_INSTANT, 6);
    expect(() => countCall(app, 6)).toThrow('more than 100000 RMC calls');
  });

  it('§4 another limit that a callback meets ends the run, and no process', () => {
    const world = new World({ extensions: rmcExtensions, limits: { memoryErrors: 1 } });
    const fabric = fabricOf(world);
    const setup = { name: 's', release: 'R1.1', memoryBytes: 65_536, policy: 'report' } as const;
    const node = fabric.addNode(kindNamed('ssc'), setup);
    const application = {
      onStart: (api: AppApi) => {
        for (const address of [8, 16, 24]) api.free(address);
      },
    };
    const app = fabric.addApp('a', node, 4_096, application);
    expect(() => node.launch(app)).toThrow('limit reached: more than 1 memory errors');
    expect(fabric.isAlive(app)).toBe(true);
  });
});
