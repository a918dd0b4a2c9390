import { describe, expect, it } from 'vitest';
import { createEmulator, NEVER, Status } from '../../index.js';
import { eee } from '../../nodes/eee/index.js';
import { lab } from '../nodes/lab.js';
import { memoryErrors, told } from '../support/openers.js';

const pairOnEee = (policy = 'report', close = 'notify') =>
  lab(`
    node eee0 eee --policy ${policy}
    node ssc0 ssc
    app server --on eee0
    app client --on ssc0
    rmc_listen server 9 --close_session ${close} --as s
    rmc_open client eee0:9 --as c
    expect session c OPEN --within 1ms
  `);

describe('an application on an EEE and its RMC', () => {
  it('D20 D21 an application takes its messages also while there is no RMC to hear that it has room', () => {
    const emulator = pairOnEee();
    emulator.command(`
      hang server
      rmc_send c one
      rmc_send c two
      run 1ms
      kill eee0.rmc
      unhang server
      run 10ms
      expect delivered s/1 --count 2 --within 10ms
    `);
    expect(told(emulator, 'close_session', 'session', 'rmc_free_session')).toEqual(['s/1 FALSE']);
  });

  it('D20 D30 an answer that was on its way when its RMC died is told of as what it is', () => {
    const emulator = lab(`
      node far ssc
      node near eee
      app server --on far
      app client --on near
      rmc_open client far:9 --as c
      run 207us
      kill near.rmc
      run 10us
      rmc_send c x
    `);
    expect(told(emulator, 'open_done', 'status')).toEqual(['RMC_ECONNREFUSED']);
    expect(told(emulator, 'learned', 'about', 'how')).toEqual(['far open', 'near.rmc send']);
  });

  it('D13 D30 a send before the answer is refused, and no news of a failure', () => {
    const emulator = lab(
      'node near eee\nnode far ssc\napp client --on near\nrmc_open client far:9 --as c\nrmc_send c x',
    );
    expect(told(emulator, 'rmc_send', 'status')).toEqual(['RMC_ENOTCONN']);
    emulator.command('kill near.rmc\nrmc_send c x');
    expect(told(emulator, 'learned', 'about', 'how')).toEqual(['near.rmc send']);
  });

  it('D20 D29 a session of a process that the power took belongs to no process that starts later', () => {
    const statuses: number[] = [];
    let session = 0;
    const emulator = createEmulator();
    emulator.addNode('eee0', eee, { policy: 'hardware' }).addApp('own', {
      onStart: (api) => {
        if (session !== 0) statuses.push(api.rmcClose(session), api.rmcSend(session, new Uint8Array(1)));
        else session = api.rmcOpen({ address: api.alloc(128), node: 'eee0', port: 9 }).session;
      },
    });
    emulator.command('run 1us\npower off eee0\npower on eee0\nrun 1s\nlaunch own');
    expect(statuses).toEqual([Status.RMC_EINVAL, Status.RMC_EINVAL]);
  });

  it('D23 an echo that is refused is given up, with what waits behind it', () => {
    const emulator = lab(`
      node eee0 eee
      node ssc0 ssc
      app server --on eee0
      app client --on ssc0
      rmc_listen server 9 --on_message echo --close_session notify --as s
      rmc_open client eee0:9 --as c
      run 1ms
      hang server
      rmc_send c one
      rmc_send c two
      run 1ms
      power off ssc0
      run 1s
      unhang server
      run 1ms`);
    expect(told(emulator, 'message', 'text')).toEqual(['one', 'two']);
    const echoes = emulator.events('rmc_send').filter(({ fields }) => fields.get('session') === 's/1');
    expect(echoes.map(({ fields }) => fields.get('status'))).toEqual(['RMC_EINVAL', 'RMC_EINVAL']);
  });

  it('D20 the power takes along what a hung RMC had not heard: no block is freed', () => {
    const emulator = pairOnEee();
    emulator.command('rmc_close c --then-free\nrun 102us\nhang eee0.rmc\nrun 1ms');
    expect(told(emulator, 'close_session', 'session')).toEqual(['s/1']);
    const freed = emulator.events('free').length;
    emulator.command('power off eee0\nrun 10ms');
    expect(emulator.events('free')).toHaveLength(freed);
  });

  it('D27 D29 under trap a block found overwritten ends nobody a second time', () => {
    const emulator = pairOnEee('trap');
    emulator.command('poke eee0 s/1 00000000\nkill server\nrun 1s');
    expect(memoryErrors(emulator)).toEqual(['corrupted']);
    expect(told(emulator, 'process_exit', 'app', 'reason')).toEqual(['server kill']);
  });

  it('D21 D29 unhang leaves out a process that RMC ended as it went on', () => {
    const emulator = pairOnEee('trap');
    emulator.command('hang eee0\npoke eee0 s/1 00000000\nrmc_close c\nrun 1ms\nunhang eee0\nrun 1ms');
    expect(told(emulator, 'process_exit', 'app', 'reason')).toEqual(['server crash']);
    expect(told(emulator, 'process_resume', 'app')).toEqual(['']);
  });

  it('D29 under hardware a dead RMC’s block that the application has freed is not freed again', () => {
    const emulator = pairOnEee('hardware', 'always-free');
    emulator.command('free s/1\nkill eee0.rmc\nrun 10ms');
    expect(memoryErrors(emulator)).toContain('invalid-free');
    emulator.command('expect memory eee0 --live 0 --owner rmc');
  });

  it('D10 D20 an application that dies in a close_session that never returns is waited for no more', () => {
    const emulator = createEmulator();
    emulator.addNode('eee0', eee).addApp('server', {
      onStart: (api) => void api.rmcListen({ address: api.alloc(128), port: 9, closeSession: true }),
      closeSession: () => NEVER,
    });
    emulator.command('node ssc0 ssc\napp client --on ssc0\nrmc_open client eee0:9 --as c\nrun 1ms');
    emulator.command('rmc_close c --then-free\nrun 1ms\nexpect memory eee0 --live 1 --owner rmc');
    emulator.command('kill server\nexpect memory eee0 --live 0');
  });
});

it.each(['kill', 'hang'])('D21 D30 after %s of its RMC nobody answers for a hung application', (failure) => {
  const emulator = pairOnEee();
  const why = () => emulator.learned().find(({ about }) => about === 'server on eee0')!.rows[0]!.why;
  emulator.command('hang server\nrun 1ms');
  expect(why()).toBe('RMC answers for the hung application');
  emulator.command(`${failure} eee0.rmc`);
  expect(why()).toBe('no abort_session: its next IO fails at once');
});

it('D20 D30 the RMC that outlives its application says so: until then the ledger waits for its ABORT', () => {
  const emulator = lab(`
    node eee0 eee
    node ssc0 ssc
    app server --on eee0
    app client --on ssc0
    rmc_listen server 9
    rmc_open client eee0:9 --abort_session notify
    run 1ms
    kill server
  `);
  const row = () => emulator.learned().at(-1)!.rows[0];
  expect(row()).toMatchObject({ told: false, rule: 'D20', why: 'RMC there lives: its ABORT is on the way' });
  emulator.command('run 1ms');
  expect(row()).toMatchObject({ told: true, how: 'abort_session', why: 'the far RMC said so (ABORT)' });
});
