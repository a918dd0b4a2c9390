import { describe, expect, it } from 'vitest';
import { type AppApi, BLOCK_BYTES, createEmulator, Status } from '../../index.js';
import { nodeKinds } from '../../nodes/index.js';
import { client, statusesOf } from '../support/openers.js';

const message = new Uint8Array([1, 2, 3]);

describe.each(nodeKinds.map(({ name }) => name))('an application on an %s', (name) => {
  const kind = nodeKinds.find((one) => one.name === name)!;

  it('D10 may leave every callback out', () => {
    const emulator = createEmulator();
    let api: AppApi | undefined;
    let session = 0;
    emulator.addNode('right', kind).addApp('server', {
      onStart: (own) => void own.rmcListen({ address: own.alloc(BLOCK_BYTES), port: 9, closeSession: true }),
    });
    const left = emulator.addNode('left', kind);
    emulator.command('set left send_queue 1\nset left window 1');
    left.addApp('nothing', {});
    left.addApp('client', {
      onStart: (own) => {
        api = own;
        const address = own.alloc(BLOCK_BYTES);
        session = own.rmcOpen({ address, node: 'right', port: 9, abortSession: true }).session;
        own.timer(10, 'nobody waits for it');
      },
    });
    emulator.run(1_000);
    const statuses = [1, 2, 3].map(() => api!.rmcSend(session, message));
    expect(statuses).toEqual([Status.RMC_INPROGRESS, Status.RMC_INPROGRESS, Status.RMC_EAGAIN]);
    emulator.run(1_000);
    expect(emulator.events('writable')).toHaveLength(1);
    emulator.command('kill server');
    emulator.run(1_000_000);
    api!.rmcClose(session);
    emulator.run(1_000_000);
    expect(statusesOf(emulator, 'open_done')).toEqual(['RMC_OK']);
    expect(statusesOf(emulator, 'io_done')).toEqual(['RMC_OK', 'RMC_OK']);
    expect(emulator.events('abort_session').length).toBe(1);
    expect(statusesOf(emulator, 'close_done')).toEqual(['RMC_OK']);
    expect(emulator.events('callback_failed')).toEqual([]);
  });

  it('S15 close_session NULL: nobody is told of the end', () => {
    const emulator = createEmulator();
    emulator.addNode('right', kind).addApp('server', {
      onStart: (own) => void own.rmcListen({ address: own.alloc(BLOCK_BYTES), port: 9 }),
    });
    const calling = client({ onOpenDone: (api) => void api.rmcClose(calling.session) });
    emulator.addNode('left', kind).addApp('client', calling);
    emulator.run(10_000);
    expect(statusesOf(emulator, 'close_done')).toEqual(['RMC_OK']);
    expect(emulator.events('close_session')).toEqual([]);
  });

  it('S21 abort_session NULL: nobody is told of the failure', () => {
    const emulator = createEmulator();
    emulator.addNode('right', kind).addApp('server', {
      onStart: (own) => void own.rmcListen({ address: own.alloc(BLOCK_BYTES), port: 9 }),
    });
    emulator.addNode('left', kind).addApp('client', {
      onStart: (api) =>
        void api.rmcOpen({ address: api.alloc(BLOCK_BYTES), node: 'right', port: 9, name: 'c' }),
    });
    emulator.run(1_000);
    emulator.command('power off right');
    emulator.run(1_000_000);
    emulator.command('expect session c FAILED');
    expect(emulator.events('abort_session')).toEqual([]);
  });

  it('D11 a port is given back with its LISTEN session, not with an ACCEPT session, and not with another’s', () => {
    const emulator = createEmulator();
    const apis = new Map<string, AppApi>();
    const node = emulator.addNode('right', kind);
    const sessions = new Map<string, number>();
    for (const [app, port] of [
      ['one', 9],
      ['two', 10],
      ['three', 11],
    ] as const) {
      node.addApp(app, {
        onStart: (own) => {
          apis.set(app, own);
          sessions.set(app, own.rmcListen({ address: own.alloc(BLOCK_BYTES), port }).session);
        },
      });
    }
    const three = apis.get('three')!;
    const listen = (port: number) => three.rmcListen({ address: three.alloc(BLOCK_BYTES), port }).status;
    const calling = client({ onOpenDone: (api) => void api.rmcClose(calling.session) });
    emulator.addNode('left', kind).addApp('client', calling);
    emulator.run(10_000);
    emulator.command('kill two');
    emulator.run(10_000);
    const statuses = [9, 10, 11].map(listen);
    apis.get('one')!.rmcShutdown(sessions.get('one')!);
    emulator.run(10_000);
    statuses.push(listen(9));
    const { RMC_OK, RMC_EADDRINUSE } = Status;
    expect(statuses).toEqual([RMC_EADDRINUSE, RMC_OK, RMC_EADDRINUSE, RMC_OK]);
  });
});
