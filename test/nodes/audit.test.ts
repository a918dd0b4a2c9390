import { describe, expect, it } from 'vitest';
import { parseDrill, runDrill } from '../../emulator/index.js';
import { BLOCK_BYTES, createEmulator, type Emulator, language, type SessionId } from '../../index.js';
import { nodeKinds } from '../../nodes/index.js';
import { told } from '../support/openers.js';
import { kinds, lab } from './lab.js';

const words = language();

/** The memory errors that the checker finds when a drill ends here, a second end included. */
function atTheEnd(emulator: Emulator): readonly string[] {
  const parsed = parseDrill('run 1us', 'end.drill', words);
  if ('problems' in parsed) throw new Error('the text is right');
  for (let end = 0; end < 2; end += 1) runDrill(emulator.world, parsed.drill, words);
  return told(emulator, 'memory_error', 'kind', 'session', 'app');
}

/** Two applications with one session of each fate, the same for both; names end in the application's letter. */
const fates = (kind: string) => {
  const of = (app: string) => `
    rmc_listen ${app} ${app === 'a' ? 11 : 21} --as open-listen-${app}
    rmc_listen ${app} ${app === 'a' ? 12 : 22} --as shut-${app}
    rmc_open ${app} far:9 --as open-${app}
    rmc_open ${app} far:9 --as closed-${app}
    rmc_open ${app} far:9 --as freed-${app}
    rmc_open ${app} far:1 --as failed-${app}
    rmc_open ${app} far:1 --as given-up-${app}
    run 10ms
    rmc_shutdown shut-${app}
    rmc_close closed-${app}
    rmc_close freed-${app} --then-free
    rmc_close given-up-${app}
    run 10ms
  `;
  return lab(`
    node far ssc
    node near ${kind}
    app server --on far
    app a --on near
    app b --on near
    rmc_listen server 9 --close_session notify --as s
    ${of('a')}
    ${of('b')}
  `);
};

const LEAKS = ['shut', 'closed', 'given-up'];
const leaksOf = (app: string) => LEAKS.map((name) => `leak ${name}-${app} ${app}`);
const neverClosed = (app: string) => [`never-closed failed-${app} ${app}`];

describe.each(kinds)('what was not given back on an %s', (kind) => {
  it('D28 is reported when the drill ends: blocks that are the application’s again, and sessions never closed', () => {
    const found = [...leaksOf('a'), ...neverClosed('a'), ...leaksOf('b'), ...neverClosed('b')];
    expect(atTheEnd(fates(kind))).toEqual(found);
  });

  it('D28 a process that exits leaks what it had not freed; one that is killed takes all of it along', () => {
    const emulator = fates(kind);
    emulator.command('kill b\nstop a\nrun 1s');
    const found = told(emulator, 'memory_error', 'kind', 'session', 'app');
    expect(found.filter((one) => one.startsWith('leak'))).toEqual(leaksOf('a'));
    expect(atTheEnd(emulator)).toEqual(found);
    emulator.command('launch a\nlaunch b');
    expect(atTheEnd(emulator)).toEqual(found);
  });

  it('D28 a block that holds another session by now is in use; freed in its place is another block', () => {
    const emulator = createEmulator();
    emulator.command('node far ssc\napp server --on far\nrmc_listen server 9 --close_session notify --as s');
    let block = 0;
    const named = nodeKinds.find(({ name }) => name === kind)!;
    const closed: SessionId[] = [];
    emulator.addNode('near', named).addApp('a', {
      onStart: (api) => {
        block = api.alloc(BLOCK_BYTES);
        api.rmcOpen({ address: block, node: 'far', port: 9, name: 'first' });
      },
      onOpenDone: (api, session) => {
        if (closed.length < 2) api.rmcClose(session);
      },
      onCloseDone: (api, session) => {
        closed.push(session);
        if (closed.length === 1) api.rmcOpen({ address: block, node: 'far', port: 9, name: 'second' });
        else {
          api.free(block);
          api.rmcOpen({ address: api.alloc(BLOCK_BYTES), node: 'far', port: 9, name: 'third' });
        }
      },
    });
    emulator.run(500);
    expect(told(emulator, 'close_done', 'session')).toEqual(['first']);
    expect(atTheEnd(emulator)).toEqual([]);
    emulator.run(10_000);
    expect(told(emulator, 'close_done', 'session')).toEqual(['first', 'second']);
    expect(atTheEnd(emulator)).toEqual([]);
  });
});

describe('what an application cannot know or help yet', () => {
  it('D13 D28 a session that is being closed is not never-closed; nor is a LISTEN session that failed', () => {
    const emulator = lab(`
      node far ssc
      node near eee
      app server --on far
      app a --on near
      rmc_listen a 9 --as l
      rmc_open a far:1 --as c
      run 10ms
      kill near.rmc
      run 1s
      hang near.rmc
      rmc_close c
    `);
    expect(emulator.sessions().map(({ name, state }) => `${name} ${state}`)).toEqual([
      'l FAILED',
      'c CLOSED',
    ]);
    expect(atTheEnd(emulator)).toEqual([]);
  });

  it('D13 D28 a failed session whose close a hung RMC has not done yet', () => {
    const emulator = lab(`
      node far ssc
      node near eee
      app server --on far
      app a --on near
      rmc_open a far:1 --as c
      run 10ms
      hang near.rmc
      rmc_close c
    `);
    expect(emulator.sessions().map(({ name, state }) => `${name} ${state}`)).toEqual(['c FAILED']);
    expect(atTheEnd(emulator)).toEqual([]);
  });
});
