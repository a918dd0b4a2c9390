import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../index.js';
import { rmcExtensions } from '../../nodes/index.js';
import { kinds, lab, pair } from './lab.js';

/** What `why` asks about, as RMC nodes tell it. */
function subject({ world }: Emulator, name: string, address?: number) {
  return rmcExtensions.map((one) => one.subject?.(world, name, address)).find((one) => one !== undefined);
}

/** The rows of two worlds that are compared, under their title, each as one text. */
const rows = ({ world }: Emulator, title: string): readonly string[] =>
  rmcExtensions
    .flatMap((one) => one.sections?.(world) ?? [])
    .filter((one) => one.title === title)
    .flatMap((one) => one.rows.map(({ key, text }) => `${key}: ${text}`));

describe('what why asks about', () => {
  it('§3 nothing has a name that nobody has', () => {
    expect(subject(lab('node s ssc'), 'nobody')).toBeUndefined();
  });

  it('D20 a session whose memory is gone with its process knows who made its block', () => {
    const emulator = pair('ssc');
    emulator.command('kill client');
    const found = subject(emulator, 'c')!;
    expect(found.title).toBe('c: OPEN session of client, OPEN, lost');
    expect(found.facts[1]).toMatch(/^made at @\d+ \(0\.000 000 s\)$/);
    // Why it is lost, not why it was open before.
    expect(found.event).toBe(emulator.events('process_exit').at(-1)!.number);
  });

  it('D30 a session says what its application was told of each failure, or why it was not', () => {
    const told = pair('ssc', { open: '--abort_session notify' });
    told.command('power off far\nrun 1s');
    const down = told.events('node_down')[0]!.number;
    const said = `of far (node_down, @${down}) it was told by abort_session after 350 ms: 3 heartbeats missed (D15 S20)`;
    expect(subject(told, 'c')!.facts.at(-1)).toBe(said);
    const untold = pair('ssc', { near: 'R1.0.x' });
    untold.command('power off far\nrun 1s');
    expect(subject(untold, 'c')!.facts.at(-1)).toContain(
      'it was not told (never): idle: no IO that could fail (S17)',
    );
  });

  it('D20 where a block went with the power, what lay there is still named', () => {
    const emulator = lab('node e eee\napp a --on e\nrmc_listen a 9 --as l');
    const { address } = emulator.sessions()[0]!;
    emulator.command('power off e');
    const found = subject(emulator, 'e', address)!;
    expect(found.title).toContain('no block is here');
    const down = emulator.events('node_down')[0]!.number;
    expect(found.facts[0]).toMatch(new RegExp(`^l lay here, made at @\\d+ .*; gone with @(${down}|\\d+) `));
  });

  it('D20 also what lay in the memory of an application that has stopped in the regular way', () => {
    const emulator = lab('node e eee\napp a --on e\nrmc_listen a 9 --as l');
    const { address } = emulator.sessions()[0]!;
    emulator.command('stop a\nrun 1s');
    expect(subject(emulator, 'e', address)!.facts[0]).toMatch(/^l lay here, made at @\d+ \([^)]*\)$/);
  });

  it('D28 an address may lie in a live block, in a freed one, or in none', () => {
    const emulator = pair('ssc');
    const { address } = emulator.sessions().find(({ name }) => name === 'c')!;
    expect(subject(emulator, 'client', address)!.title).toContain('a live block of client');
    expect(subject(emulator, 'client', 0x8000)).toEqual({
      title: '0x8000 in the memory of client: no block is here',
      event: 0,
      facts: [],
    });
    emulator.command('rmc_close c --then-free\nrun 1ms');
    const freed = subject(emulator, 'client', address)!;
    expect(freed.title).toContain('a freed block of client');
    expect(freed.event).toBe(emulator.events('free').at(-1)!.number);
    expect(freed.facts[0]).toContain(`freed at @${freed.event} (`);
  });

  it('§2 what the log no longer has is told without its time', () => {
    const emulator = createEmulator({ log: 'counted' });
    emulator.command('node s ssc\napp a --on s\nrmc_listen a 9 --as l');
    emulator.command('repeat 6000\nhang a\nunhang a\nend');
    expect(subject(emulator, 'l')!.facts[1]).toMatch(/^made at @\d+$/);
  });

  it('§1 an application that a limit kept from starting has not started yet', () => {
    const emulator = lab('node s ssc --memory 64MiB');
    for (let n = 1; n <= 16; n += 1) emulator.command(`app a${n} --on s`);
    expect(() => emulator.command('app a17 --on s')).toThrow('limit reached');
    expect(subject(emulator, 'a17')!.title).toBe('a17: an application on s, not started yet');
  });
});

describe.each(kinds)('worlds that are compared, with an %s', (kind) => {
  it('§2 show their sessions, and what they handed up', () => {
    const emulator = pair(kind);
    emulator.command('rmc_send c --count 3\nrun 10ms\nkill client');
    expect(rows(emulator, 'sessions')).toContainEqual(
      expect.stringMatching(/^s\/1: ACCEPT ESTABLISHED; block . far 0x\w+ live; .*; 3 messages handed up$/),
    );
    expect(rows(emulator, 'sessions')).toContainEqual(
      expect.stringMatching(/^c: OPEN OPEN, lost; block A near 0x\w+ [^;]*$/),
    );
  });

  it('D28 show live memory, and memory errors by kind and owner', () => {
    const emulator = pair(kind);
    emulator.command('free c\nfree c\nfree s');
    const memory = rows(emulator, 'memory');
    expect(memory).toContain('near: client: 1 live blocks, 128 bytes');
    expect(memory).toContain('client: free-in-use by client: 2 times');
    expect(memory.find((row) => row.includes('by server'))).toMatch(/free-in-use by server: 1 times$/);
  });

  it('D30 show who was told of what, and who was not', () => {
    const emulator = pair(kind, { open: '--abort_session notify' });
    emulator.command('power off far\nrun 1ms');
    expect(rows(emulator, 'ledger')).toEqual([
      expect.stringMatching(
        /^far \(node_down at .* s\): client, c: not yet, by 0\.\d{3} \d{3} s at the latest: heartbeats are being missed \(D15\)$/,
      ),
    ]);
    emulator.command('run 1s');
    expect(rows(emulator, 'ledger')).toEqual([
      expect.stringMatching(/: client, c: told by abort_session after .* \(D15 S20\)$/),
    ]);
  });
});
