import { describe, expect, it } from 'vitest';
import { parseDrill, runDrill } from '../../emulator/index.js';
import { type Application, BLOCK_BYTES, createEmulator, type Emulator, language } from '../../index.js';
import { fabricOf } from '../../nodes/index.js';
import { told } from '../support/openers.js';
import { kinds, lab, lastRow, pair, plain } from './lab.js';

const words = language();

/** What a drill's run says in the end. */
function failuresOf(emulator: Emulator, text: string): readonly string[] {
  const parsed = parseDrill(text, 'end.drill', words);
  if ('problems' in parsed) throw new Error(parsed.problems.map(({ message }) => message).join());
  return runDrill(emulator.world, parsed.drill, words).failures.map(({ message }) => message.split('\n')[0]!);
}

const listing = (kind: string): string =>
  `node far ${kind}\nnode near ssc\napp server --on far\napp client --on near\nrmc_listen server 9 --as s\n`;

describe.each(kinds)('the end of a drill, with an %s', (kind) => {
  it('D11 §3 an error that no check named fails it, one that a check named does not', () => {
    const unnamed = failuresOf(createEmulator(), `${listing(kind)}rmc_listen server 9`);
    expect(unnamed).toEqual(['rmc_listen returned RMC_EADDRINUSE, and no check named it']);
    const named = `${listing(kind)}rmc_listen server 9\nexpect rmc_listen --status RMC_EADDRINUSE`;
    expect(failuresOf(createEmulator(), named)).toEqual([]);
    expect(failuresOf(createEmulator(), `${listing(kind)}rmc_close s\nrun 1ms`)).toEqual([
      'rmc_close returned RMC_EINVAL, and no check named it',
    ]);
  });

  it('D2 an rmc_open that ends in an error is no call that returned one', () => {
    expect(
      failuresOf(
        createEmulator(),
        `${listing(kind)}rmc_open client far:8 --as c\nrun 1ms\nrmc_close c --then-free\nrun 1ms`,
      ),
    ).toEqual([]);
  });

  it('§2 an error that was taken back by going back is none', () => {
    const emulator = createEmulator({ timeTravel: true });
    emulator.command(listing(kind));
    const before = emulator.world.log.count;
    emulator.command('rmc_listen server 9\nrmc_listen server 9');
    emulator.gotoEvent(before);
    expect(failuresOf(emulator, 'run 1us')).toEqual([]);
  });
});

describe('events of nobody’s session', () => {
  it('D10 D15 name neither a session nor what nobody said', () => {
    const emulator = pair('ssc');
    emulator.command('rmc_listen server 10 --new_session throw --close_session notify');
    emulator.command('power off far\nrun 1s\npower on far\nrun 1s\nlaunch server');
    emulator.command('rmc_listen server 10 --new_session throw --close_session notify');
    emulator.command('rmc_open client far:10\nrun 1ms');
    expect(emulator.events('peer_failed').map(plain)).toEqual([
      { node: 'near', app: 'client', peer: 'far', reason: 'silence' },
    ]);
    expect(emulator.events('callback_failed').map(plain)).toEqual([
      {
        node: 'far',
        app: 'server',
        callback: 'newSession',
        text: 'this callback throws (behaviour throw)',
      },
    ]);
  });
});

/** Two clients on an EEE whose RMC died and came back: their sessions are of the RMC that is gone. */
const orphans = (): Emulator =>
  lab(`
    node far ssc
    node near eee
    app server --on far
    app one --on near
    app two --on near
    rmc_listen server 9
    rmc_open one far:9 --as a
    rmc_open two far:9 --as b
    run 10ms
    kill near.rmc
    run 1s`);

const isLost = (emulator: Emulator): readonly string[] =>
  emulator
    .sessions()
    .filter(({ lost }) => lost)
    .map(({ name }) => name);

describe('sessions that no RMC knows any more', () => {
  it('D20 are lost with their process, and those of other processes are not', () => {
    const emulator = orphans();
    expect(isLost(emulator)).not.toContain('b');
    const before = emulator.sessions().find(({ name }) => name === 'b')!;
    emulator.command('kill one\nlaunch one');
    expect(emulator.sessions().find(({ name }) => name === 'b')).toEqual(before);
    emulator.command('rmc_open one far:9 --as a\nrun 10ms\nexpect session a OPEN');
    emulator.command('rmc_close b --then-free\nrun 10ms\nexpect session b CLOSED');
  });

  it('D20 are lost with their node', () => {
    const emulator = orphans();
    const over = () => emulator.sessions().filter((one) => ['a', 'b'].includes(one.name) && one.over);
    emulator.command('power off near');
    expect(over()).toHaveLength(2);
  });
});

describe.each(kinds)('what waits for a process of an %s', (kind) => {
  it('D20 D21 goes with it', () => {
    const emulator = pair(kind);
    emulator.command('hang server\nrmc_send c --count 5\nrun 1ms\nkill server\nrun 10ms');
    expect(emulator.view().bus.inFlight).toBe(0);
  });

  it('D21 counts messages, not the application’s timers', () => {
    const emulator = pair(kind);
    emulator.command('cut near far\nrun 1ms\nrmc_send s/1 tick --count 5 --every 1ms\nhang server\nrun 10ms');
    expect(emulator.view().nodes[0]!.boxes[0]).toMatchObject({ state: 'hung', mailbox: { used: 0 } });
  });
});

describe('what may still tell an application', () => {
  it('S17 D30 its own timer, and not that of another one', () => {
    const emulator = pair('ssc', { near: 'R1.0.x' });
    emulator.command('node by ssc --release R1.0.x\napp other --on by\nrmc_open other far:9 --as d\nrun 1ms');
    emulator.command('rmc_send d tick --count 100 --every 500ms\nrun 1ms\npower off far\nrun 1ms');
    expect(lastRow(emulator, 'client')).toMatchObject({ outlook: 'never', rule: 'S17' });
    expect(lastRow(emulator, 'other')).toMatchObject({ outlook: 'not yet' });
  });
});

describe.each(kinds)('the state of a world with an %s', (kind) => {
  it('§2 has nodes, applications, sessions, RMC’s instances and their cores, and what was told', () => {
    const emulator = pair(kind, { open: '--abort_session notify' });
    emulator.command('rmc_send c --count 1\nrun 1ms');
    const parts = emulator.world.stateParts();
    expect(parts.get('rmc nodes')).toMatchObject([
      { name: 'far', kind },
      { name: 'near', kind: 'ssc' },
    ]);
    expect(parts.get('applications')).toMatchObject([
      { app: { name: 'server' } },
      { app: { name: 'client' } },
    ]);
    expect(parts.get('rmc instances')).toMatchObject([
      { id: 1, incarnation: 1, core: expect.anything() },
      { id: 2, incarnation: 1, core: expect.anything() },
    ]);
    const server = emulator.sessions().find(({ name }) => name === 's/1')!;
    expect(server.delivered).toBe(1);
    expect(parts.get('ledger')).toMatchObject({ entries: [] });
    expect(parts.get('deliveries')).toBe(fabricOf(emulator.world).deliveries.flows);
    emulator.command('rmc_send c tick --count 2 --every 1s');
    expect(emulator.world.stateParts().get('application timers')).toMatchObject({ size: 1 });
    const sessions = parts.get('sessions') as Map<number, { readonly name: string }>;
    expect([...sessions.values()].map(({ name }) => name)).toEqual(['s', 'c', 's/1']);
  });

  it('D24 the books of two sessions stay until both are over', () => {
    const emulator = pair(kind);
    const flows = () => fabricOf(emulator.world).deliveries.flows;
    const count = (): number => [...(flows() as Iterable<unknown>)].length;
    expect(count()).toBe(1);
    emulator.command('power off near');
    expect(count()).toBe(1);
    emulator.command('run 1s');
    expect(emulator.sessions().find(({ name }) => name === 's/1')!.over).toBe(true);
    expect(count()).toBe(0);
    expect(told(emulator, 'close_session', 'session')).toEqual(['s/1']);
  });
});

/** Makes and ends so many sessions, a hundred each millisecond. */
function comesAndGoes(count: number): Application {
  let left = count;
  return {
    onStart: (api) => api.timer(1000, 'more'),
    onTimer(api) {
      for (let made = 0; made < 100 && left > 0; made += 1, left -= 1)
        api.rmcShutdown(api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 1 }).session);
      if (left > 0) api.timer(1000, 'more');
    },
    onCloseDone: (api, session) => api.free(api.addressOf(session)),
  };
}

describe('sessions that ended long ago', () => {
  it('§1 are off the record when 20,000 others have ended, but not while somebody is to hear of their end', () => {
    const emulator = createEmulator({ log: 'counted' });
    emulator.command(`
      node far eee
      node near ssc
      app server --on far
      app client --on near
      rmc_listen server 9 --close_session notify --as s
      rmc_open client far:9 --as c
      rmc_listen client 5 --as l
      rmc_shutdown l --then-free
      run 1ms
      rmc_listen client 5 --as l
      hang server
      rmc_close c --then-free
      run 10ms`);
    const fabric = fabricOf(emulator.world);
    expect(fabric.sessionNamed('s/1')).toMatchObject({ over: true });
    emulator.addNode('busy', fabric.nodeNamed('near').kind).addApp('many', comesAndGoes(20_100));
    emulator.run(1_000_000);
    // Of s, c, l, s/1, l and all of many 5,000 are gone, but for s/1, which is waited for.
    expect(fabric.sessions.size).toBe(20_105 - 5000 + 1);
    expect(['many.1', 'many.4997', 'c'].map((name) => fabric.sessionNamed(name))).toEqual(
      new Array<undefined>(3).fill(undefined),
    );
    expect(fabric.sessionNamed('many.4998')).toMatchObject({ over: true });
    expect(fabric.sessionNamed('s/1')).toMatchObject({ over: true });
    emulator.command('expect session l LISTENING\nunhang server\nrun 1ms');
    expect(told(emulator, 'close_session', 'session')).toEqual(['s/1']);
  });
});
