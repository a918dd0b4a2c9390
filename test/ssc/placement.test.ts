import { describe, expect, it } from 'vitest';
import { type Address, BLOCK_BYTES, createEmulator, type Emulator } from '../../index.js';
import { type SscApi, type SscApplication, ssc } from '../../nodes/ssc/index.js';
import { client, memoryErrors, statusesOf, told } from '../support/openers.js';

/** An emulator with a server that places as `place` says, and one client of it. */
function placing(
  place: (api: SscApi, listen: Address) => Address,
  policy: 'report' | 'hardware' = 'report',
): Emulator {
  let listen = 0;
  const server: SscApplication = {
    onStart: (api) => {
      listen = api.alloc(BLOCK_BYTES);
      api.rmcListen({ address: listen, port: 9, newSession: true, closeSession: true, name: 's' });
    },
    newSession: (api) => place(api, listen),
  };
  const emulator = createEmulator();
  emulator.addNode('right', ssc, { policy }).addApp('server', server);
  emulator.addNode('left', ssc).addApp('client', client());
  emulator.run(1_000);
  return emulator;
}

/** Blocks that RMC cannot use; 'sees': RMC on the target sees it too, because the address itself says so (D29). */
const unusable: readonly (readonly [
  string,
  'sees' | 'does not',
  (api: SscApi, listen: Address) => Address,
])[] = [
  ['misaligned to 8', 'sees', (api: SscApi) => api.alloc(512) + 4],
  ['over the end of its block', 'does not', (api: SscApi) => api.alloc(512) + 392],
  ['smaller than the structure', 'does not', (api: SscApi) => api.alloc(BLOCK_BYTES - 8)],
  ['below the process’s memory', 'sees', () => 8],
  ['above the process’s memory', 'sees', () => 0xffff_ff80],
  ['over the end of the process’s memory', 'sees', () => 0x1000 + 1024 * 1024 - 64],
  ['not allocated', 'does not', (api: SscApi) => api.alloc(BLOCK_BYTES) + 4096],
  ['freed', 'does not', freed],
  ['the LISTEN session’s own', 'does not', (_api: SscApi, listen: Address) => listen],
];

describe('the block that new_session returns', () => {
  it.each([0, 8, 64, 384])('S7 may begin %i bytes into a larger block of the application', (offset) => {
    const emulator = placing((api) => api.alloc(512) + offset);
    expect(statusesOf(emulator, 'open_done')).toEqual(['RMC_OK']);
    expect(memoryErrors(emulator)).toEqual([]);
  });

  it('D3 keeps the larger block in use as long as the session lives', () => {
    let block = 0;
    const emulator = createEmulator();
    const server: SscApplication = {
      onStart: (api) => {
        api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9, newSession: true, closeSession: true });
      },
      newSession: (api) => {
        block = api.alloc(512);
        api.timer(1_000, 'free');
        return block + 64;
      },
      onTimer: (api) => api.free(block),
      closeSession: (api) => api.free(block),
    };
    emulator.addNode('right', ssc).addApp('server', server);
    const calling = client({
      onOpenDone: (api) => api.timer(5_000, 'close'),
      onTimer: (api) => void api.rmcClose(calling.session),
    });
    emulator.addNode('left', ssc).addApp('client', calling);
    emulator.run(10_000);
    expect(memoryErrors(emulator)).toEqual(['free-in-use']);
    expect(told(emulator, 'close_session', 'rmc_free_session')).toEqual(['TRUE']);
    emulator.command('expect memory server --live 1');
  });

  it.each(unusable)('D6 must not be %s', (_what, _sees, place) => {
    const emulator = placing(place);
    expect(memoryErrors(emulator)).toEqual(['bad-placement']);
    expect(told(emulator, 'open_done', 'session', 'status')).toEqual(['c RMC_ENOMEM']);
    emulator.command('expect session s LISTENING');
    expect(emulator.events('close_session')).toEqual([]);
  });

  it.each(unusable)('D29 under hardware must not be %s where RMC %s see it', (_what, sees, place) => {
    const emulator = placing(place, 'hardware');
    expect(memoryErrors(emulator)[0]).toBe('bad-placement');
    expect(statusesOf(emulator, 'open_done')).toEqual([sees === 'sees' ? 'RMC_ENOMEM' : 'RMC_OK']);
  });
});

function freed(api: SscApi): Address {
  const address = api.alloc(BLOCK_BYTES);
  api.free(address);
  return address;
}
