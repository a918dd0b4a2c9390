import { describe, expect, it } from 'vitest';
import { parseDrill, Timeline, World } from '../../emulator/index.js';
import {
  type AppApi,
  type Application,
  BLOCK_BYTES,
  createEmulator,
  type Emulator,
  language,
} from '../../index.js';
import { fabricOf, nodeKinds, rmcExtensions } from '../../nodes/index.js';
import { told } from '../support/openers.js';

/** An application on a node of its own kind, in a world of its own. */
function alone(kind: string, application: Application, policy: 'report' | 'trap' = 'report'): Emulator {
  const emulator = createEmulator();
  const found = nodeKinds.find(({ name }) => name === kind)!;
  emulator.addNode('here', found, { policy }).addApp('own', application);
  return emulator;
}

/** Ends the process, and swallows what unwinds its code. */
function exitQuietly(api: AppApi): void {
  try {
    api.exit();
  } catch {
    // An application may catch everything.
  }
}

describe.each(nodeKinds.map(({ name }) => name))('an application of one’s own on an %s', (kind) => {
  it('§5 has timers, the time, and numbers that the seed alone decides', () => {
    const seen: string[] = [];
    const application: Application = {
      onStart: (api) => api.timer(300, 'one'),
      onTimer: (api, name) => void seen.push(`${name} ${api.nowUs} ${api.random(1000)}`),
    };
    alone(kind, application).run(1000);
    alone(kind, application).run(1000);
    expect(seen).toHaveLength(2);
    expect(seen[0]).toMatch(/^one 300 \d{1,3}$/);
    expect(seen[1]).toBe(seen[0]);
  });

  it('§5 knows its name, its node and the release', () => {
    const seen: string[] = [];
    alone(kind, { onStart: (api) => void seen.push(api.app, api.node, api.release) });
    expect(seen).toEqual(['own', 'here', 'R1.1']);
  });

  it('§2 goes back in time with its world', () => {
    const application = {
      ticks: 0,
      onStart: (api: AppApi) => api.timer(1000, 'tick'),
      onTimer(api: AppApi): void {
        this.ticks += 1;
        api.timer(1000, 'tick');
      },
    };
    const words = language();
    const parsed = parseDrill('run 10ms', 'ticks.drill', words);
    if ('problems' in parsed) throw new Error('the text is right');
    const makeWorld = (): World => {
      const world = new World({ seed: 1, extensions: rmcExtensions });
      const fabric = fabricOf(world);
      const setup = { name: 'here', release: 'R1.1', memoryBytes: 65_536, policy: 'report' } as const;
      const node = fabric.addNode(nodeKinds.find(({ name }) => name === kind)!, setup);
      node.launch(fabric.addApp('own', node, 4096, application));
      return world;
    };
    const timeline = new Timeline({ language: words, makeWorld, drill: parsed.drill });
    timeline.play({});
    expect(application.ticks).toBe(10);
    timeline.back(4);
    expect(application.ticks).toBe(Math.floor(timeline.world.nowUs / 1000));
    expect(application.ticks).toBeLessThan(10);
    timeline.play({});
    expect(application.ticks).toBe(10);
  });

  it('D20 a timer does not outlive its process', () => {
    const seen: string[] = [];
    const emulator = alone(kind, {
      onStart: (api) => api.timer(300, 'one'),
      onTimer: (_api, name) => void seen.push(name),
    });
    emulator.command('kill own\nrun 1ms');
    expect(seen).toEqual([]);
  });

  it('D10 whatever a callback throws is on record', () => {
    const emulator = alone(kind, {
      onStart: () => {
        throw 'no error, just a text';
      },
    });
    expect(told(emulator, 'callback_failed', 'text')).toEqual(['no error, just a text']);
    expect(told(emulator, 'process_exit', 'reason')).toEqual(['crash']);
  });
});

describe('memory of a process that is gone', () => {
  it('D19 on an SSC it went with the process: code that goes on is unwound', () => {
    const after: string[] = [];
    const emulator = alone('ssc', {
      onStart: (api) => {
        exitQuietly(api);
        api.alloc(8);
        after.push('still here');
      },
    });
    expect(after).toEqual([]);
    expect(told(emulator, 'process_exit', 'reason')).toEqual(['stop']);
    expect(told(emulator, 'callback_failed')).toEqual([]);
  });
});

describe.each(nodeKinds.map(({ name }) => name))('close_session on an %s', (kind) => {
  it('D20 an application that exits in it, and catches that, is gone: its client is told', () => {
    const emulator = createEmulator();
    const found = nodeKinds.find(({ name }) => name === kind)!;
    emulator.addNode('far', found).addApp('server', {
      onStart: (api) => void api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9, closeSession: true }),
      closeSession: (api) => exitQuietly(api),
    });
    emulator.command('node near ssc\napp client --on near\nrmc_open client far:9 --as c\nrun 1ms');
    emulator.command('rmc_close c --then-free\nexpect close_done --session c --within 1s\nrun 1s');
    expect(told(emulator, 'process_exit', 'app', 'reason')).toEqual(['server stop']);
    emulator.command('expect memory far --owner rmc --live 0');
  });
});
