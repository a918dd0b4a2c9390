import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../index.js';
import { nodeKinds, outlookText, rmcExtensions, spanText, table } from '../../nodes/index.js';
import { kinds, lab, pair } from './lab.js';

/** What `why` asks about, as RMC nodes tell it. */
const subject = ({ world }: Emulator, name: string, address?: number) =>
  rmcExtensions.map((one) => one.subject?.(world, name, address)).find((one) => one !== undefined)!;

/** Facts without their event numbers and times. */
const plainly = (facts: readonly string[]): readonly string[] =>
  facts.map((fact) => fact.replaceAll(/@\d+ \([^)]*\)/g, '@n'));

/** Number of the last event of a kind that has a value in a field. */
const lastOf = (emulator: Emulator, event: string, field: string, value: string): number =>
  emulator
    .events(event)
    .filter(({ fields }) => fields.get(field) === value)
    .at(-1)!.number;

describe('times and columns for a person', () => {
  it.each([
    [0, '0 us'],
    [999, '999 us'],
    [1000, '1 ms'],
    [1010, '1.01 ms'],
    [250_500, '250.5 ms'],
    [999_999, '999.999 ms'],
    [1_000_000, '1 s'],
    [2_500_000, '2.5 s'],
    [10_000_000, '10 s'],
    [3_600_000_000, '3600 s'],
  ])('§3 a span of %i us is written %s', (us, text) => {
    expect(spanText(us)).toBe(text);
  });

  it.each([
    ['told', -1, 'told'],
    ['never', -1, 'never'],
    ['not yet', -1, 'not yet'],
    ['not yet', 350_200, 'not yet, by 0.350 200 s at the latest'],
  ] as const)('D30 %s, until %i, is written %s', (outlook, untilUs, text) => {
    expect(outlookText({ outlook, untilUs })).toBe(text);
  });

  it('§3 columns are as wide as their widest cell, and no line ends in blanks', () => {
    expect(
      table([
        ['a', 'bb', 'c'],
        ['aaa', '', 'ccc'],
        ['a', 'b'],
        ['', '', ''],
      ]),
    ).toEqual(['a    bb  c', 'aaa      ccc', 'a    b', '']);
  });
});

describe.each(kinds)('what is said of a session, with a server on an %s', (kind) => {
  it('S5 D28 its block, who made it and who has to free it', () => {
    const emulator = pair(kind);
    emulator.command('rmc_open client far:9 --as d\nrun 1ms');
    const found = subject(emulator, 'c');
    expect(found.title).toBe('c: OPEN session of client, OPEN');
    expect(found.event).toBe(lastOf(emulator, 'session_state', 'session', 'c'));
    expect(plainly(found.facts)).toEqual([
      'its block: 0x1000 on near, live, placed by app client',
      'made at @n',
      'who frees it: app client: after rmc_close',
    ]);
    emulator.command('rmc_close c --then-free\nrun 1ms');
    expect(plainly(subject(emulator, 'c').facts)).toEqual([
      'its block: 0x1000 on near, freed, placed by app client',
      'made at @n, freed at @n',
    ]);
    expect(plainly(subject(emulator, 's').facts)[0]).toBe(
      'its block: 0x1000 on far, live, placed by app server',
    );
  });

  it('D30 what it was told itself, and not what others were', () => {
    const emulator = pair(kind, { open: '--abort_session notify' });
    emulator.command('rmc_open client far:9 --as d\nrun 1ms\npower off far\nrun 1s');
    const told = (name: string) => subject(emulator, name).facts.filter((fact) => fact.includes('told'));
    expect(told('c')).toHaveLength(1);
    expect(told('c')[0]).toContain('it was told by abort_session');
    expect(told('d')).toHaveLength(1);
    expect(told('d')[0]).toContain('it was not told');
  });

  it('D27 which field lies where, and what changed in it', () => {
    const emulator = pair(kind);
    const bytes = (name: string) => subject(emulator, name).bytes!;
    const [whole, state, byte] = [bytes('c'), bytes('c+state'), bytes('c+100')];
    const before = [whole, state, byte].map((one) => one.read(emulator.world));
    emulator.command('power off far\nrun 1s\npoke client c+100 ff');
    const after = [whole, state, byte].map((one) => one.read(emulator.world));
    expect(whole.changes!(before[0], after[0])).toBe('state 2 → 4');
    expect(state.changes!(before[1], after[1])).toBe('2 → 4');
    expect(byte.changes!(before[2], after[2])).toBe('0 → 255');
    expect(whole.changes!(before[0], before[0])).toBe('');
    expect(whole.changes!(undefined, after[0])).toBe('');
    expect(whole.changes!(before[0], undefined)).toBe('');
    expect(subject(emulator, 'c+state').event).toBe(0);
    expect([whole, state, byte].map(({ name }) => name)).toEqual([
      'the block of c',
      'field state of c',
      'byte 100 of c',
    ]);
  });
});

describe('what is said of a field', () => {
  it.each([
    ['c+0', 'field magic of c'],
    ['c+3', 'field magic of c'],
    ['c+4', 'field type of c'],
    ['c+8', 'field flags of c'],
    ['c+11', 'field flags of c'],
    ['c+12', 'field id of c'],
    ['c+127', 'byte 127 of c'],
  ])('D27 %s is %s', (place, name) => {
    expect(subject(pair('ssc'), place).bytes!.name).toBe(name);
  });

  it.each(['c+128', 'c+-1', 'c+colour'])('D27 there is no %s', (place) => {
    expect(() => subject(pair('ssc'), place)).toThrow(
      `a session block has no field ${place.slice(2)}: it has magic, type,`,
    );
  });
});

describe('what is said of an address', () => {
  it('D28 a live block can be read, a freed one says so', () => {
    const emulator = pair('ssc');
    const live = subject(emulator, 'client', 0x1010);
    expect(live.title).toBe('0x1000, 128 bytes in the memory of client: a live block of client');
    expect(plainly(live.facts)).toEqual(['made at @n']);
    expect(live.bytes!.read(emulator.world)).toMatch(/^82,77,67,83(,\d+){124}$/);
  });

  it('D20 what lay there in an earlier life of that very memory', () => {
    const emulator = pair('ssc');
    emulator.command('rmc_open client far:9 --as d\nrun 1ms\nkill client\nlaunch client');
    const formerly = (address: number) => plainly(subject(emulator, 'client', address).facts);
    expect(formerly(0x1000)).toEqual(['c lay here, made at @n; gone with @n']);
    expect(formerly(0x107f)).toHaveLength(1);
    expect(formerly(0x1080)).toEqual(['d lay here, made at @n; gone with @n']);
    expect(formerly(0x1100)).toEqual([]);
    emulator.command('app other --on near\nrmc_listen other 1 --as o\nkill other\nlaunch other');
    expect(formerly(0x1000)).toHaveLength(1);
    expect(plainly(subject(emulator, 'other', 0x1000).facts)).toEqual([
      'o lay here, made at @n; gone with @n',
    ]);
  });

  it('D28 a block that is made again at the place of a session is not the session’s', () => {
    const round = (name: string): string =>
      `rmc_listen a 1 --as ${name}\nrmc_shutdown ${name} --then-free\nrun 1ms\n`;
    // 32 blocks fill the memory: the next one begins where the first one did.
    const emulator = lab(`node s ssc --memory 4KiB\napp a --on s --heap 4KiB\n${round('b')}`);
    emulator.command(`repeat 31\n${round('x')}end\nrmc_listen a 1 --as d`);
    const made = emulator.events('alloc').map(({ number }) => number);
    expect(subject(emulator, 'b').facts[1]).toBe(`made at @${made[0]} (0.000 000 s)`);
    expect(subject(emulator, 'd').facts[1]).toBe(`made at @${made.at(-1)} (0.032 000 s)`);
  });
});

describe.each(kinds)('what is said of an application and its node, an %s', (kind) => {
  it('D20 whether it runs, and what became of it last', () => {
    const emulator = pair(kind);
    emulator.command('kill server\nrun 1ms\nhang client');
    expect(subject(emulator, 'server')).toEqual({
      title: 'server: an application on far, exited',
      event: lastOf(emulator, 'process_exit', 'app', 'server'),
      facts: [],
    });
    expect(subject(emulator, 'client')).toEqual({
      title: 'client: an application on near, hung',
      event: lastOf(emulator, 'process_hang', 'app', 'client'),
      facts: [],
    });
    const { title } = nodeKinds.find(({ name }) => name === kind)!;
    expect(subject(emulator, 'far')).toEqual({
      title: `far: an ${title} of R1.1, on since 0.000 000 s`,
      event: lastOf(emulator, 'process_exit', 'node', 'far'),
      facts: [],
    });
    emulator.command('power off near\nrun 1ms\npower on near\nrun 1s');
  });

  it('D20 a node that nothing has happened to has no event', () => {
    const emulator = createEmulator();
    emulator.addNode('bare', nodeKinds.find(({ name }) => name === 'ssc')!);
    emulator.command(`node far ${kind}\napp server --on far\npower off far\nrun 1ms\npower on far\nrun 1s`);
    expect(subject(emulator, 'bare').event).toBe(0);
    expect(subject(emulator, 'far').event).toBeGreaterThanOrEqual(lastOf(emulator, 'node_up', 'node', 'far'));
  });
});
