import { describe, expect, it } from 'vitest';
import { type AppApi, BLOCK_BYTES, createEmulator, Status } from '../../index.js';
import { eee } from '../../nodes/eee/index.js';
import { nodeKinds } from '../../nodes/index.js';
import { told } from '../support/openers.js';

const { RMC_EINVAL, RMC_ENOTOWNER, RMC_ENOTCONN, RMC_ECONNABORTED, RMC_INPROGRESS } = Status;

const ssc = nodeKinds.find(({ name }) => name === 'ssc')!;

/**
 * An application on an EEE with a session of each type, and of OPEN ones also one that it has closed and one that never
 * had an answer; its RMC is killed.
 */
function orphaned() {
  const emulator = createEmulator();
  emulator.addNode('left', ssc).addApp('server', {
    onStart: (api) => void api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 7 }),
  });
  let api: AppApi | undefined;
  const sessions: Record<string, number> = {};
  const open = (name: string, node: string) => {
    const session = api!.rmcOpen({ address: api!.alloc(BLOCK_BYTES), node, port: 7, name }).session;
    sessions[name] = session;
  };
  emulator.addNode('off', ssc);
  emulator.addNode('right', eee).addApp('app', {
    onStart: (own) => {
      api = own;
      const address = own.alloc(BLOCK_BYTES);
      sessions['listen'] = own.rmcListen({ address, port: 9, closeSession: true, name: 'listen' }).session;
      open('open', 'left');
      open('closed', 'left');
      open('opening', 'off');
    },
    onMessage: (_own, session) => {
      sessions['accept'] = session;
    },
  });
  emulator.addNode('back', ssc).addApp('client', {
    onStart: (own) => void own.rmcOpen({ address: own.alloc(BLOCK_BYTES), node: 'right', port: 9 }),
    onOpenDone: (own, session) => void own.rmcSend(session, new Uint8Array(1)),
  });
  emulator.command('power off off');
  emulator.run(10_000);
  api!.rmcClose(sessions['closed']!);
  emulator.run(10_000);
  emulator.command('kill right.rmc');
  const send = (name: string) => api!.rmcSend(sessions[name]!, new Uint8Array(1));
  const close = (name: string) => api!.rmcClose(sessions[name]!);
  const shutdown = (name: string) => api!.rmcShutdown(sessions[name]!);
  return { emulator, send, close, shutdown };
}

const NAMES = ['open', 'opening', 'closed', 'listen', 'accept'];

describe('calls on what a dead RMC held', () => {
  it('D20 while there is no RMC nothing can be sent', () => {
    const { send } = orphaned();
    expect(NAMES.map(send)).toEqual(Array(5).fill(RMC_ENOTCONN));
  });

  it('D13 D20 the RMC that came after it knows nothing of them', () => {
    const { emulator, send } = orphaned();
    emulator.run(300_000);
    expect(NAMES.map(send)).toEqual([
      ...[RMC_ECONNABORTED, RMC_ECONNABORTED],
      ...[RMC_EINVAL, RMC_EINVAL, RMC_EINVAL],
    ]);
    expect(told(emulator, 'learned', 'session', 'how', 'about')).toContain('open send right.rmc');
  });

  it.each([
    ['at once', 0, RMC_ENOTOWNER],
    ['when another RMC runs, and the ACCEPT session’s block is freed', 300_000, RMC_EINVAL],
  ])('D1 D20 they are closed by the right call alone, and once: %s', (_, afterUs, ofAccept) => {
    const { emulator, close, shutdown } = orphaned();
    emulator.run(afterUs);
    expect(NAMES.map(shutdown)).toEqual([RMC_EINVAL, RMC_EINVAL, RMC_EINVAL, RMC_INPROGRESS, ofAccept]);
    expect(NAMES.map(close)).toEqual([RMC_INPROGRESS, RMC_INPROGRESS, RMC_EINVAL, RMC_EINVAL, ofAccept]);
    expect([close('open'), close('opening'), shutdown('listen')]).toEqual(Array(3).fill(RMC_EINVAL));
    emulator.run(1_000_000);
    expect([close('open'), close('opening'), shutdown('listen')]).toEqual(Array(3).fill(RMC_EINVAL));
    expect(told(emulator, 'close_done', 'session', 'status')).toEqual([
      ...['closed RMC_OK', 'listen RMC_OK', 'open RMC_OK', 'opening RMC_OK'],
    ]);
  });
});
