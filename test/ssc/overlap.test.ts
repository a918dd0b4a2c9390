import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../index.js';
import { ssc } from '../../nodes/ssc/index.js';
import { Status } from '../../rmc-core/index.js';
import { plain } from '../nodes/lab.js';

const fieldOf = (events: ReturnType<ReturnType<typeof createEmulator>['events']>, field: string) =>
  events.map((event) => plain(event)[field]);

describe('a block that already holds a session, if only in part', () => {
  it('D6 new_session may not place a session over the end of another', () => {
    const emulator = createEmulator();
    let arena = 0;
    let placed = 0;
    emulator.addNode('far', ssc).addApp('server', {
      onStart: (api) => {
        arena = api.alloc(512);
        api.rmcListen({ address: api.alloc(128), port: 9, newSession: true, closeSession: true });
      },
      newSession: () => arena + [0, 120, 128][placed++]!,
    });
    emulator.addNode('near', ssc).addApp('client', {
      onStart: (api) => {
        for (let i = 0; i < 3; i += 1) api.rmcOpen({ address: api.alloc(128), node: 'far', port: 9 });
      },
    });
    emulator.run(1_000);
    expect(fieldOf(emulator.events('open_done'), 'status')).toEqual(['RMC_OK', 'RMC_ENOMEM', 'RMC_OK']);
    expect(fieldOf(emulator.events('memory_error'), 'kind')).toEqual(['bad-placement']);
    expect(emulator.sessions().filter(({ state }) => state === 'ESTABLISHED')).toHaveLength(2);
  });

  it('D6 nor may rmc_open', () => {
    const emulator = createEmulator();
    const statuses: number[] = [];
    emulator.addNode('far', ssc);
    emulator.addNode('near', ssc).addApp('client', {
      onStart: (api) => {
        const arena = api.alloc(512);
        for (const offset of [128, 8, 248, 0, 256]) {
          statuses.push(api.rmcOpen({ address: arena + offset, node: 'far', port: 9 }).status);
        }
      },
    });
    const { RMC_INPROGRESS, RMC_EINVAL } = Status;
    expect(statuses).toEqual([RMC_INPROGRESS, RMC_EINVAL, RMC_EINVAL, RMC_INPROGRESS, RMC_INPROGRESS]);
  });
});
