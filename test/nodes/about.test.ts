import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../index.js';
import { rules } from '../../nodes/index.js';
import { kinds, lab, pair } from './lab.js';

/** What `help` says, a line each. */
const help = (emulator: Emulator, of: string): readonly string[] => emulator.command(`help ${of}`);

/** The topics whose texts stand below what is said. */
const topics = (lines: readonly string[]): readonly string[] =>
  lines.slice(lines.indexOf('') + 1).flatMap((line) => /^([SD]\d+|RMC_[A-Z]+) {2}/.exec(line)?.[1] ?? []);

/** One fact by its name. */
const fact = (lines: readonly string[], name: string): string | undefined =>
  lines
    .find((line) => line.startsWith(`  ${name} `))
    ?.slice(name.length + 2)
    .trim();

describe('help on an event', () => {
  it('D30 says each field with its value and its meaning, what it came from, and the rules that it names', () => {
    const emulator = pair('ssc', { open: '--abort_session notify' });
    emulator.command('power off far\nrun 1s');
    const { number, cause } = emulator.events('learned')[0]!;
    const lines = help(emulator, `@${number}`);
    expect(lines[0]).toMatch(
      new RegExp(`^@${number} learned, at .* s: an application was told of a failure$`),
    );
    expect(fact(lines, 'about')).toMatch(/^far +the node that failed/);
    expect(fact(lines, 'how')).toMatch(/^abort_session +.*: abort_session \| io \| send/);
    expect(fact(lines, 'app')).toMatch(/^client +the application that it is about$/);
    expect(fact(lines, 'because')).toContain(`@${cause} abort_session`);
    expect(topics(lines)).toEqual(['D30', 'D15', 'S20'].filter((rule) => topics(lines).includes(rule)));
    expect(topics(lines)).toContain('S20');
  });

  it('D2 tells what the status means that came, and not all that there are', () => {
    const emulator = pair('ssc');
    const lines = help(emulator, `@${emulator.events('rmc_open')[0]!.number}`);
    expect(fact(lines, 'status')).toMatch(/^RMC_INPROGRESS +what the call returned, or how it ended$/);
    expect(topics(lines)).toEqual(['S2', 'D2', 'RMC_INPROGRESS']);
    expect(lines.join(' ')).toMatch(/It never +means connected/);
  });

  it('§3 has a first event without a cause, and none beyond the last', () => {
    const emulator = lab('node s ssc');
    expect(help(emulator, '@1').some((line) => line.startsWith('  because'))).toBe(false);
    expect(help(emulator, '@99')).toEqual([
      expect.stringMatching(/^event @99 has not come; the last is @\d+$/),
    ]);
    expect(help(emulator, '@0')[0]).toContain('there is no help on "@0"');
  });

  it('§3 does not know what the log no longer has', () => {
    const emulator = lab('node s ssc\napp a --on s\nrepeat 6000\nhang a\nunhang a\nend', { log: 'counted' });
    expect(help(emulator, '@1')).toEqual([expect.stringContaining('@1 is not in the log any more')]);
    const { firstKept } = emulator.world.log;
    const { cause } = emulator.world.log.read(firstKept);
    expect(cause).toBeLessThan(firstKept);
    if (cause > 0) expect(fact(help(emulator, `@${firstKept}`), 'because')).toContain('which is not kept');
  });
});

describe('help on a session', () => {
  it('S5 D14 OPEN: the application’s block, free after close_done', () => {
    const emulator = pair('ssc');
    const lines = help(emulator, 'c');
    expect(lines[0]).toBe('c: OPEN session of client on near, an SSC of R1.1');
    expect(fact(lines, 'its block')).toMatch(/^A 0x[0-9a-f]+ on near, live, placed by app client$/);
    expect(fact(lines, 'who frees it')).toBe('app client: after rmc_close');
    expect(fact(lines, 'since rmc_open')).toBe('held by the application, RMC refers to it (S2 S5 D3)');
    expect(topics(lines)).toEqual(['S2', 'S5', 'D3', 'D14']);
    emulator.command('rmc_close c --then-free\nrun 1s');
    expect(fact(help(emulator, 'c'), 'who frees it')).toBeUndefined();
    expect(fact(help(emulator, 'c'), 'state')).toBe('CLOSED');
  });

  it('S3 D22 LISTEN: it has a port and no peer', () => {
    const lines = help(pair('ssc'), 's');
    expect(fact(lines, 'port')).toBe('9');
    expect(topics(lines)).toEqual(['S3', 'S5', 'D3', 'D22']);
  });

  it('S7 S9 ACCEPT in a block of the application; S13 in one of RMC’s: other rules', () => {
    const placed = lab(
      'node f ssc\nnode n ssc\napp a --on f\napp b --on n\nrmc_listen a 9 --new_session heap --close_session free-if-true --as s\nrmc_open b f:9\nrun 1s',
    );
    expect(topics(help(placed, 's/1'))).toEqual(['S7', 'D3', 'S8', 'S9', 'D9']);
    expect(topics(help(pair('eee'), 's/1'))).toEqual(['S4', 'S13', 'S14', 'S15', 'D28']);
    // The rules on the other kind of node are left out.
    expect(topics(help(pair('ssc'), 's/1'))).toEqual(['S4', 'S11', 'S12', 'D19', 'D28']);
  });

  it('S17 D30 what its application was told of a failure, or why not, with the rule first', () => {
    const untold = pair('ssc', { near: 'R1.0.x' });
    untold.command('power off far\nrun 1s');
    const lines = help(untold, 'c');
    expect(lines.join('\n')).toMatch(/of far \(node_down, @\d+\) it was not told \(never\): idle/);
    expect(topics(lines)[0]).toBe('S17');
    expect(fact(help(untold, 's'), 'state')).toBe(
      'LISTENING; lost: its own side is gone, and nobody closed it',
    );
  });
});

describe('help on a node and an application', () => {
  it.each(kinds)(
    'D19 says of an %s which processes it has, and the rules on its kind and release',
    (kind) => {
      const emulator = lab(`node n ${kind}\nnode old ${kind} --release R1.0.x\napp a --on n`);
      const lines = help(emulator, 'n');
      const title = kind.toUpperCase();
      expect(lines[0]).toContain(`n: an ${title} of R1.1`);
      expect(fact(lines, 'process a')).toMatch(/^running: app a/);
      const named = topics(lines);
      expect(named[0]).toBe('D19');
      for (const rule of rules.filter(({ text }) => text.startsWith('On an '))) {
        const isOwn = rule.text.startsWith(`On an ${title} `) || rule.number === 'D19';
        expect(named.includes(rule.number), rule.number).toBe(isOwn);
      }
      expect(named).toContain('S20');
      expect(topics(help(emulator, 'old'))).toContain('S17');
      expect(topics(help(emulator, 'old'))).not.toContain('S20');
    },
  );

  it('D19 D20 says of an application where its RMC is, and what sessions it has', () => {
    const emulator = pair('eee');
    const server = help(emulator, 'server');
    expect(fact(server, 'RMC')).toBe('a process of its own beside it');
    expect(fact(server, 's/1')).toMatch(/^ACCEPT ESTABLISHED; block R /);
    expect(fact(help(emulator, 'client'), 'RMC')).toBe('a library inside its process');
    emulator.command('rmc_close c --then-free\nrun 1s');
    expect(fact(help(emulator, 'client'), 'c')).toBeUndefined();
    const full = lab('node s ssc --memory 64MiB');
    for (let n = 1; n <= 16; n += 1) full.command(`app a${n} --on s`);
    expect(() => full.command('app a17 --on s')).toThrow('limit reached');
    expect(
      fact(
        full.world.extensions.flatMap((one) => one.about?.(full.world, 'a17', undefined)?.lines ?? []),
        'process',
      ),
    ).toBe('not started yet');
  });
});

describe('help on a block', () => {
  it('D27 D28 says whose it is, who frees it, its history and what lies in it', () => {
    const emulator = pair('ssc');
    const { address } = emulator.sessions().find(({ name }) => name === 'c')!;
    const lines = help(emulator, `client ${address}`);
    expect(lines[0]).toMatch(/of client: 128 bytes, live$/);
    expect(fact(lines, 'owner')).toBe('A client');
    expect(lines).toContain('c: OPEN session of client on near, an SSC of R1.1');
    expect(topics(lines).slice(-2)).toEqual(['D27', 'D28']);
    emulator.command('rmc_close c --then-free\nrun 1s');
    expect(help(emulator, `client ${address}`)[0]).toMatch(/freed$/);
    expect(help(emulator, 'client 8')).toEqual(['there is no help on "client 8"']);
  });
});

it('§3 help knows each status, and still says of a command and an event what they are', () => {
  const emulator = lab('node step ssc');
  expect(help(emulator, 'RMC_ENOMEM')[0]).toBe('RMC_ENOMEM: status 6; it is certain what became of it');
  expect(help(emulator, 'RMC_ETIMEDOUT')[0]).toContain('it may have happened or not');
  // What has the name of a command is told beside it.
  const both = help(emulator, 'step').join('\n');
  expect(both).toContain('runs one entry of the event queue');
  expect(both).toContain('step: an SSC');
});

describe('what help says of what is there', () => {
  const facts = (lines: readonly string[]): readonly string[] => {
    const end = lines.indexOf('');
    return lines.slice(0, end < 0 ? undefined : end).map((line) => line.replace(/\d+ at .*/, 'n'));
  };
  const world = () =>
    lab(`
      node far eee
      node near ssc
      app server --on far
      app client --on near
      app other --on near
      rmc_listen server 9 --as s
      rmc_open client far:9 --as c
      rmc_open client far:9 --as d
      run 10ms
      rmc_close d --then-free
      run 10ms`);

  it('S5 D28 of a block: its owner, who frees it, its history and its session', () => {
    const session = (title: string, state: string, block: string, ...freer: readonly string[]) => [
      `${title}: OPEN session of client on near, an SSC of R1.1`,
      `  state                ${state}`,
      '  peer                 far:9; messages are reliable, 0 handed up so far',
      `  its block            A ${block}, placed by app client`,
      ...freer,
      '  since rmc_open       held by the application, RMC refers to it (S2 S5 D3)',
      '  after close_done     app client: now (S5 D3 D14)',
    ];
    const frees = '  who frees it         app client: after rmc_close';
    expect(facts(help(world(), 'client 0x1000'))).toEqual([
      '0x1000 of client: 128 bytes, live',
      '  owner                A client',
      frees,
      '  made: event n',
      '  session: c, OPEN OPEN',
      '  held: references of RMC to it: 1 (D3)',
      ...session('c', 'OPEN', '0x1000 on near, live', frees),
    ]);
    expect(facts(help(world(), 'client 0x1080'))).toEqual([
      '0x1080 of client: 128 bytes, freed',
      '  owner                A client',
      '  made: event n',
      '  session: d, OPEN CLOSED',
      '  freed: event n',
      ...session('d', 'CLOSED', '0x1080 on near, freed'),
    ]);
    expect(topics(help(world(), 'client 0x1000'))).toEqual(['S2', 'S5', 'D3', 'D14', 'D27', 'D28']);
  });

  it('D19 of an application: where it runs, where its RMC is, and its own living sessions', () => {
    const emulator = world();
    const lines = help(emulator, 'client');
    expect(facts(lines)).toEqual([
      'client: an application on near, an SSC of R1.1',
      '  process              running',
      '  RMC                  a library inside its process',
      '  c                    OPEN OPEN; block A 0x1000 on near, live, placed by app client',
    ]);
    expect(topics(lines)).toEqual(['D19', 'D20', 'D21']);
    expect(facts(help(emulator, 'other'))).toHaveLength(3);
  });

  it('S3 S7 of a LISTEN and an ACCEPT session: the port of one, the peer of the other', () => {
    const emulator = world();
    expect(facts(help(emulator, 's'))).toContain('  port                 9');
    expect(facts(help(emulator, 's/1')).join('\n')).toMatch(/^ {2}peer {17}near; messages are/m);
  });
});
