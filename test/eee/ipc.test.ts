import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, createEmulator, type Emulator } from '../../index.js';
import { eee } from '../../nodes/eee/index.js';
import { lab, plain } from '../nodes/lab.js';

/** The frames sent by a node from a time on: `105 DATA c`, with the time from then. */
function sentBy(emulator: Emulator, node: string, fromUs: number): readonly string[] {
  return emulator
    .events('frame_sent')
    .filter((one) => one.timeUs >= fromUs && plain(one)['from'] === node)
    .map((one) => `${one.timeUs - fromUs} ${plain(one)['frame']} ${plain(one)['session'] ?? '-'}`);
}

/** Two sessions of `a` on an EEE that may have one message on its way each; frames take 100 us. */
const narrow = () =>
  lab(`
    node near eee
    node far ssc
    set near window 1
    app server --on far
    app a --on near
    rmc_listen server 9 --close_session notify --as s
    rmc_open a far:9 --as c
    rmc_open a far:9 --as d
    run 10ms
  `);

describe('what an application’s call sends', () => {
  it('D19 D25 waits ipc; what RMC itself has to say meanwhile waits behind it only as a message of that session', () => {
    const emulator = narrow();
    const startUs = emulator.nowUs;
    // Two of d: the second goes when the first is acknowledged, 205 us from now. A message for c comes then, too.
    emulator.command(
      'rmc_send d one\nrmc_send d two\nrun 104us\nrmc_send s/1 hello\nrun 97us\nrmc_send c one\nrun 1ms',
    );
    expect(sentBy(emulator, 'near', startUs)).toEqual(['5 DATA d', '204 ACK c', '205 DATA d', '206 DATA c']);
  });

  it('D24 D25 what RMC sends again stays behind a message of the same session that has yet to leave', () => {
    const emulator = lab(`
      node near eee
      node far ssc
      app server --on far
      app a --on near
      rmc_listen server 9 --close_session notify --as s
      rmc_open a far:9 --as c
      run 10ms
    `);
    const startUs = emulator.nowUs;
    emulator.command(
      'inject loss --frame DATA --count 1\nrmc_send c one\nrun 49998us\nrmc_send c two\nrun 1ms',
    );
    expect(sentBy(emulator, 'near', startUs)).toEqual(['5 DATA c', '50003 DATA c', '50003 DATA c']);
  });

  it('D19 does not wait for what a session of the same name on another node sends', () => {
    const emulator = createEmulator();
    emulator.command('node far ssc\napp server --on far\nrmc_listen server 9 --close_session notify --as s');
    for (const name of ['left', 'right']) {
      emulator.addNode(name, eee).addApp(`${name}.app`, {
        onStart: (api) => {
          api.rmcOpen({ address: api.alloc(BLOCK_BYTES), node: 'far', port: 9, name: 'c' });
          api.timer(name === 'left' ? 10_000 : 59_997, 'send');
        },
        onTimer: (api) => void api.rmcSend(name === 'left' ? 2 : 3, new Uint8Array(1)),
      });
    }
    emulator.run(9_000);
    emulator.command('inject loss --frame DATA --count 1');
    emulator.run(91_000);
    expect(sentBy(emulator, 'left', 9_000)).toEqual(['1005 DATA c', '51000 DATA c']);
    expect(sentBy(emulator, 'right', 9_000)).toEqual(['51002 DATA c']);
  });

  it('D20 what has not left when the power goes never leaves', () => {
    const emulator = narrow();
    const startUs = emulator.nowUs;
    emulator.command('rmc_send c one\nrun 4us\nrmc_send d one\nrun 2us\npower off near\nrun 10us');
    expect(sentBy(emulator, 'near', startUs)).toEqual(['5 DATA c']);
  });
});

describe('the mailboxes of an EEE', () => {
  it('D21 one that is full leaves the others their room, also one of a process that starts', () => {
    const emulator = lab(`
      node near eee
      node far ssc
      set near mailbox 4
      app full --on near
      app other --on near
      app client --on far
      rmc_listen full 1 --close_session notify --as f
      rmc_open client near:1 --as c
      run 1ms
      hang full
      rmc_send c x --count 4
      run 1ms
      kill other
      launch other
      rmc_listen other 2 --close_session notify --as o
      rmc_open client near:2 --as d
      run 1ms
      rmc_send d x --count 3
      run 1ms
      expect delivered o/1 --count 3
      set near mailbox 5
      rmc_send c x --count 2
      run 1ms
    `);
    const done = emulator.events('io_done').filter((one) => plain(one)['session'] === 'c');
    expect(done).toHaveLength(5);
  });

  it('D11 a frame for an EEE goes to its RMC, and to no application', () => {
    const emulator = narrow();
    const apps = emulator.events('frame_delivered').map((one) => [plain(one)['node'], plain(one)['app']]);
    expect(new Set(apps.map(String))).toEqual(new Set(['far,server', 'near,']));
  });
});

describe('an RMC that hung and goes on', () => {
  it('D21 lets out what calls asked for, then handles what came, then its timers', () => {
    const emulator = narrow();
    emulator.command('run 60ms\nhang near.rmc\nrmc_send c one\nrmc_send s/2 hello\nrun 45ms');
    const before = emulator.world.log.count;
    emulator.command('unhang near.rmc');
    const after = emulator.events().filter(({ number }) => number > before);
    expect(after.map((one) => [one.event, plain(one)['frame'], plain(one)['session']].join(' '))).toEqual([
      'command  ',
      'process_resume  ',
      'frame_sent DATA c',
      'frame_delivered DATA s/2',
      'frame_sent ACK d',
      'frame_delivered HEARTBEAT ',
      'frame_sent HEARTBEAT ',
    ]);
  });
});
