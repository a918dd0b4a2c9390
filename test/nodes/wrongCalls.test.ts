import { describe, expect, it } from 'vitest';
import {
  type AppApi,
  BLOCK_BYTES,
  createEmulator,
  type Emulator,
  type Release,
  Status,
} from '../../index.js';
import { nodeKinds } from '../../nodes/index.js';
import { memoryErrors, told } from '../support/openers.js';
import { pair } from './lab.js';

const { RMC_OK, RMC_INPROGRESS, RMC_EINVAL } = Status;

/** Runs `calls` in an application on a node of that kind. */
function calling(kind: string, calls: (api: AppApi) => void, release: Release = 'R1.1'): Emulator {
  const emulator = createEmulator();
  const found = nodeKinds.find(({ name }) => name === kind)!;
  emulator.addNode('here', found, { release }).addApp('caller', { onStart: calls });
  return emulator;
}

describe.each(nodeKinds.map(({ name }) => name))('on an %s', (kind) => {
  it.each([
    ['R1.0.x', true, RMC_EINVAL],
    ['R1.0.x', false, RMC_INPROGRESS],
    ['R1.1', true, RMC_INPROGRESS],
  ] as const)('S19 %s with abort_session %s', (release, abortSession, status) => {
    const statuses: number[] = [];
    calling(
      kind,
      (api) => {
        const address = api.alloc(BLOCK_BYTES);
        statuses.push(api.rmcOpen({ address, node: 'here', port: 9, abortSession }).status);
      },
      release,
    );
    expect(statuses).toEqual([status]);
  });

  it('D11 a port is a whole number up to 65,535, and 0 only to listen', () => {
    const listened: number[] = [];
    const opened: number[] = [];
    calling(kind, (api) => {
      for (const port of [-1, 0, 1, 1.5, 65_535, 65_536]) {
        listened.push(api.rmcListen({ address: api.alloc(BLOCK_BYTES), port }).status);
        opened.push(api.rmcOpen({ address: api.alloc(BLOCK_BYTES), node: 'here', port }).status);
      }
    });
    expect(listened).toEqual([RMC_EINVAL, RMC_OK, RMC_OK, RMC_EINVAL, RMC_OK, RMC_EINVAL]);
    expect(opened).toEqual([
      ...[RMC_EINVAL, RMC_EINVAL, RMC_INPROGRESS],
      ...[RMC_EINVAL, RMC_INPROGRESS, RMC_EINVAL],
    ]);
  });

  it('D28 a freed block, and what is no block, make no session', () => {
    const statuses: number[] = [];
    const emulator = calling(kind, (api) => {
      const address = api.alloc(BLOCK_BYTES);
      api.free(address);
      for (const wrong of [address, 8, api.alloc(BLOCK_BYTES - 8)]) {
        statuses.push(api.rmcListen({ address: wrong, port: 9 }).status);
        statuses.push(api.rmcOpen({ address: wrong, node: 'here', port: 9 }).status);
      }
    });
    expect(statuses).toEqual(Array(6).fill(RMC_EINVAL));
    expect(memoryErrors(emulator)).toEqual([
      ...['use-after-free', 'use-after-free'],
      ...Array(4).fill('bad-placement'),
    ]);
  });

  it('D2 a session of another application cannot be named', () => {
    const emulator = createEmulator();
    const node = emulator.addNode('here', nodeKinds.find(({ name }) => name === kind)!);
    let session = 0;
    node.addApp('owner', {
      onStart: (api: AppApi) => {
        session = api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9 }).session;
      },
    });
    const refusals: unknown[] = [];
    node.addApp('stranger', {
      onStart: (api: AppApi) => {
        for (const id of [session, 99]) {
          try {
            api.rmcShutdown(id);
          } catch (error) {
            refusals.push(String(error));
          }
        }
      },
    });
    emulator.command('expect session owner.1 LISTENING');
    expect(refusals).toEqual([session, 99].map((id) => `Refused: stranger has no session ${id}`));
  });

  it('D30 an IO that ends because its client closed is no news of a failure', () => {
    const emulator = pair(kind);
    emulator.command('rmc_close c\nrmc_send s/1 hello\nrun 10ms');
    expect(told(emulator, 'io_done', 'session', 'status')).toEqual(['s/1 RMC_ECONNABORTED']);
    expect(told(emulator, 'learned', 'app')).toEqual([]);
  });
});
