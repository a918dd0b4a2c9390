import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator, type Offer } from '../../index.js';
import { ssc } from '../../nodes/ssc/index.js';
import { client, statusesOf, told } from '../support/openers.js';

describe('new_session', () => {
  it('S7 hears for which LISTEN session it is, and whose request it answers', () => {
    const offers: Offer[] = [];
    let listen = 0;
    const emulator = createEmulator();
    emulator.addNode('right', ssc).addApp('server', {
      onStart: (api) => {
        const address = api.alloc(BLOCK_BYTES);
        listen = api.rmcListen({ address, port: 9, newSession: true, closeSession: true }).session;
      },
      newSession: (api, offer) => {
        offers.push(offer);
        return api.alloc(BLOCK_BYTES);
      },
    });
    emulator.addNode('left', ssc).addApp('client', client());
    emulator.run(1_000);
    expect(offers).toEqual([{ listen, peer: 'left' }]);
  });

  it('D5 that was promised and is left out refuses the client', () => {
    const emulator = createEmulator();
    emulator.addNode('right', ssc).addApp('server', {
      onStart: (api) => {
        const address = api.alloc(BLOCK_BYTES);
        api.rmcListen({ address, port: 9, newSession: true, closeSession: true });
      },
    });
    emulator.addNode('left', ssc).addApp('client', client());
    emulator.run(1_000);
    expect(statusesOf(emulator, 'open_done')).toEqual(['RMC_ENOMEM']);
    expect(told(emulator, 'callback_failed', 'app')).toEqual([]);
    expect(told(emulator, 'memory_error', 'kind')).toEqual([]);
  });
});
