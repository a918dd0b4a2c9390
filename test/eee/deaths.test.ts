import { describe, expect, it } from 'vitest';
import { parseDrill, problemText, runDrill } from '../../emulator/index.js';
import { createEmulator, language } from '../../index.js';
import { eee } from '../../nodes/eee/index.js';
import { fabricOf, nodeKinds } from '../../nodes/index.js';
import { Status } from '../../rmc-core/index.js';
import { lab, plain } from '../nodes/lab.js';

const pairOnEee = (close = 'notify') =>
  lab(`
    node eee0 eee
    node ssc0 ssc
    app server --on eee0
    app client --on ssc0
    rmc_listen server 9 --close_session ${close} --as s
    rmc_open client eee0:9 --as c
    expect session s/1 ESTABLISHED --within 1ms
  `);

describe('an EEE whose RMC hung when it died', () => {
  it('D20 gives a block back whose close_session had returned unheard', () => {
    const emulator = pairOnEee('slow:50ms');
    emulator.command(`
      rmc_close c --then-free
      expect close_session --within 1ms
      hang eee0.rmc
      run 60ms
      kill eee0.rmc
      expect memory eee0 --live 0 --owner rmc
    `);
  });

  it('D20 gives the blocks back of an application that had died unheard', () => {
    pairOnEee().command(`
      hang eee0.rmc
      kill server
      kill eee0.rmc
      expect memory eee0 --live 0
    `);
  });

  it('D14 D20 completes IOs that rmc_shutdown had failed unsaid, before close_session and close_done', () => {
    const emulator = pairOnEee();
    emulator.command(`
      hang eee0.rmc
      rmc_send s/1 one
      rmc_send s/1 two
      rmc_shutdown s --then-free
      kill eee0.rmc
      run 1s
    `);
    const told = emulator.events().filter(({ event }) => /^(io_done|close_session|close_done)$/.test(event));
    expect(told.map((one) => `${one.event} ${plain(one)['io'] ?? ''}`.trim())).toEqual([
      'io_done 1',
      'io_done 2',
      'close_session',
      'close_done',
    ]);
  });
});

describe('an EEE that loses its power', () => {
  it('D20 says and frees nothing, even with a close_session on its way', () => {
    const emulator = pairOnEee();
    emulator.command(`
      hang server
      kill client
      launch client
      rmc_open client eee0:9 --as again
      run 1ms
      power off eee0
      run 1ms
    `);
    const off = emulator.events('node_down')[0]!.number;
    const later = emulator
      .events()
      .filter(({ number, fields }) => number > off && fields.get('node') === 'eee0')
      .map(({ event }) => event);
    expect(new Set(later)).toEqual(new Set(['process_exit']));
  });

  it('D20 forgets the ended processes whose memory RMC still referred to', () => {
    const emulator = lab(`
      node eee0 eee
      node ssc0 ssc
      app server --on ssc0
      app client --on eee0
      rmc_listen server 9 --close_session notify
      rmc_open client ssc0:9
      run 1ms
      kill client
      power off eee0
    `);
    const state = emulator.world.stateParts().get('eee') as { zombies: ReadonlyMap<number, number> };
    expect(state.zombies.size).toBe(0);
  });
});

describe('an application of an EEE that dies while it takes a message', () => {
  it('D21 D23 has no room for another: none is acknowledged that nobody got', () => {
    const emulator = createEmulator();
    const ssc = nodeKinds.find(({ name }) => name === 'ssc')!;
    emulator.addNode('ssc0', ssc).addApp('sender', {
      onStart: (api) => void api.rmcListen({ address: api.alloc(128), port: 9, closeSession: true }),
      onMessage: (api, session) => {
        for (let io = 0; io < 4; io += 1) api.rmcSend(session, new Uint8Array(8));
      },
    });
    const node = emulator.addNode('eee0', eee);
    emulator.command('set eee0 mailbox 1\ninject loss --frame CLOSE_REQ');
    node.addApp('taker', {
      onStart: (api) => void api.rmcOpen({ address: api.alloc(128), node: 'ssc0', port: 9 }),
      onOpenDone: (api, session) => void api.rmcSend(session, new Uint8Array(8)),
      onMessage: () => {
        throw new Error('dies of it');
      },
    });
    emulator.run(500_000);
    expect(fabricOf(emulator.world).isAlive(fabricOf(emulator.world).appNamed('taker'))).toBe(false);
    const done = emulator.events('io_done').filter((one) => plain(one)['app'] === 'sender');
    expect(done.map((one) => plain(one)['status'])).toEqual(['RMC_OK']);
  });
});

describe('an EEE whose RMC died and came again', () => {
  it('D3 D20 a block of a session that is not closed yet takes no other', () => {
    const emulator = createEmulator();
    const statuses: number[] = [];
    let block = 0;
    let first = 0;
    emulator.addNode('eee0', eee).addApp('client', {
      onStart: (api) => {
        block = api.alloc(128);
        first = api.rmcOpen({ address: block, node: 'eee0', port: 9 }).session;
        api.timer(300_000, 'again');
      },
      onTimer: (api) => {
        statuses.push(api.rmcOpen({ address: block, node: 'eee0', port: 9 }).status, api.rmcClose(first));
      },
      onCloseDone: (api) => {
        statuses.push(api.rmcOpen({ address: block, node: 'eee0', port: 9 }).status);
      },
    });
    emulator.run(1);
    emulator.command('kill eee0.rmc\nrun 1s');
    expect(statuses).toEqual([Status.RMC_EINVAL, Status.RMC_INPROGRESS, Status.RMC_INPROGRESS]);
  });

  it('D12 D24 answers an open call anew; what the dead one had to send is not missed', () => {
    const lines = `
      node ssc0 ssc
      node eee0 eee
      set eee0 rmc_restart 10ms
      set ssc0 rto 100ms
      app client --on ssc0
      app server --on eee0
      rmc_listen server 9 --close_session notify --as s
      inject loss --frame OPEN_ACK --count 1
      rmc_open client eee0:9 --as c
      run 1ms
      rmc_send s/1 early
      kill eee0.rmc
      run 11ms
      rmc_shutdown s --then-free
      run 1ms
      rmc_listen server 9 --close_session notify --as t
      expect open_done --session c --status RMC_OK --within 1s
      rmc_send t/1 late
      expect message --session c --text late
    `;
    const parsed = parseDrill(lines, 'anew', language());
    if ('problems' in parsed) throw new Error(parsed.problems.map(problemText).join());
    expect(runDrill(createEmulator().world, parsed.drill, language()).failures).toEqual([]);
  });
});
