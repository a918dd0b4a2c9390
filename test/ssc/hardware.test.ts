import { expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator } from '../../index.js';
import { ssc } from '../../nodes/ssc/index.js';
import { memoryErrors } from '../support/openers.js';

it('D29 a session may stand where no block ever was: reported once, when it is placed', () => {
  const emulator = createEmulator();
  const statuses: number[] = [];
  emulator.addNode('far', ssc, { policy: 'hardware' }).addApp('server', {
    onStart: (api) => {
      const address = api.alloc(BLOCK_BYTES);
      api.rmcListen({ address, port: 9, newSession: true, closeSession: true, name: 's' });
    },
    newSession: () => 0x8000,
    onMessage: (api, session, message) => void statuses.push(api.rmcSend(session, message)),
  });
  emulator.command('node near ssc\napp client --on near\nrmc_open client far:9 --as c\nrun 1ms');
  emulator.command('rmc_send c hello\nrun 1ms\nexpect delivered c --count 1');
  expect(memoryErrors(emulator)).toEqual(['bad-placement']);
  emulator.command('rmc_close c --then-free\nrun 1ms\nexpect close_session');
});
