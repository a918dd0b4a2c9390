import { expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator, Status } from '../../index.js';
import { eee } from '../../nodes/eee/index.js';
import { memoryErrors } from '../support/openers.js';

it('D6 D19 in the one memory of an EEE a session stands in its own application’s block, in no other', () => {
  const emulator = createEmulator();
  const node = emulator.addNode('here', eee);
  let foreign = 0;
  node.addApp('owner', {
    onStart: (api) => {
      foreign = api.alloc(BLOCK_BYTES);
    },
  });
  const statuses: number[] = [];
  node.addApp('stranger', {
    onStart: (api) => {
      statuses.push(api.rmcListen({ address: foreign, port: 9 }).status);
      statuses.push(api.rmcOpen({ address: foreign, node: 'here', port: 9 }).status);
    },
  });
  expect(statuses).toEqual([Status.RMC_EINVAL, Status.RMC_EINVAL]);
  expect(memoryErrors(emulator)).toEqual(['bad-placement', 'bad-placement']);
});
