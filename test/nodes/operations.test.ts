import { describe, expect, it } from 'vitest';
import { parseDrill, problemText, runDrill } from '../../emulator/index.js';
import { createEmulator, language } from '../../index.js';
import { kinds, pair } from './lab.js';

describe.each(kinds)('the monitor’s applications, on %s', (kind) => {
  it('S5 stop frees a session at close_done that was being closed already', () => {
    const emulator = pair(kind);
    emulator.command(
      'rmc_close c\nstop client\nexpect process_exit --app client --reason stop --within 10ms',
    );
    expect(emulator.events('memory_error')).toEqual([]);
  });

  it('D13 send on a session that is closing when they are told to, and get RMC_EINVAL', () => {
    const emulator = pair(kind);
    emulator.command('cut near far\nrmc_close c\nrmc_send c late\nexpect session c CLOSING');
    expect(emulator.events('rmc_send').map(({ fields }) => fields.get('status'))).toEqual(['RMC_EINVAL']);
  });

  it('D13 do not go on sending in the background on a session that they have closed', () => {
    const emulator = pair(kind);
    emulator.command('rmc_send c tick --count 5 --every 10ms\nrun 15ms\nrmc_close c --then-free\nrun 1s');
    expect(emulator.events('rmc_send').map(({ fields }) => fields.get('status'))).toEqual([
      'RMC_INPROGRESS',
      'RMC_INPROGRESS',
    ]);
  });
});

describe('leaks that a check names', () => {
  const leak = (name: string) => `
    rmc_open client far:9 --as ${name}
    run 1ms
    rmc_close ${name}
    run 1ms
  `;

  function failuresOf(lines: string): readonly string[] {
    const setup =
      'node far ssc\nnode near ssc\napp server --on far\napp client --on near\nrmc_listen server 9';
    const parsed = parseDrill(`${setup}\n${lines}`, 'leaks', language());
    if ('problems' in parsed) throw new Error(parsed.problems.map(problemText).join());
    return runDrill(createEmulator().world, parsed.drill, language()).failures.map(({ message }) => message);
  }

  it('D28 --leaked 1 names one leak, and none that comes later', () => {
    expect(failuresOf(`${leak('a')} expect memory client --leaked 1`)).toEqual([]);
    const [later, ...more] = failuresOf(`${leak('a')} expect memory client --leaked 1 ${leak('b')}`);
    expect(later).toContain('memory error leak that no check named');
    expect(more).toEqual([]);
  });

  it('D28 a leak stays named when something else of that memory is checked', () => {
    const checks = 'expect memory client --leaked 1\nexpect memory client --live 1';
    expect(failuresOf(`${leak('a')}\n${checks}`)).toEqual([]);
  });

  it('D28 --leaked 2 of a node names those of its applications', () => {
    expect(failuresOf(`${leak('a')} ${leak('b')} expect memory near --leaked 2`)).toEqual([]);
  });
});
