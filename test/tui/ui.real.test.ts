import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { keyBytes } from './support/keyText.js';
import { paused, started } from './support/scenarioScreen.js';
import { killScreens, type RealScreen, startScreen } from './support/terminal.js';

afterEach(killScreens);

function eventNumber(screen: RealScreen): number {
  return Number(/event (\d+)/.exec(screen.text())?.[1] ?? -1);
}

describe('first screen', () => {
  test('shows both process models, who frees what, the ledger and the keys, at 80x24', async () => {
    const screen = await started();
    expect(screen.alternate).toBe(true);
    const text = screen.text();
    expect(text).toContain('WHO HAS LEARNED');
    expect(text).toContain('ssc0 SSC R1.1');
    expect(text).toContain('eee0 EEE R1.1');
    expect(text).toContain('IPC');
    expect(text).toContain('Space run');
  });

  test('the story: the node dies, the client is told and moves on, the old client never will be', async () => {
    const screen = await started({ columns: 100, rows: 30 });
    screen.send('++++');
    await screen.shows('eee0 lost its power');
    await screen.shows('PAUSED');
    screen.send(' ');
    await screen.shows(/✓ client .*abort_session/);
    await screen.shows(/✗ old .*never/);
    screen.send(' ');
    await screen.shows(/standby\/1 +ACCEPT ✓ ESTABLISHED[* ]N/);
  });
});

describe('keys', () => {
  test('Space pauses and runs on, . steps, , goes back', async () => {
    const screen = await paused();
    const before = eventNumber(screen);
    screen.send('.');
    await screen.until(() => eventNumber(screen) > before, 'a step');
    await screen.shows(':step');
    const after = eventNumber(screen);
    screen.send(',');
    await screen.until(() => eventNumber(screen) < after, 'a step back');
    await screen.shows('REWOUND');
    screen.send(' ');
    await screen.until(() => screen.text().includes('RUN') && eventNumber(screen) > after, 'running on');
  });

  test('+ and - change the speed, ? shows the keys, Escape closes them', async () => {
    const screen = await paused();
    screen.send('+');
    await screen.shows('speed 1/3');
    screen.send('-');
    await screen.shows('speed 1/10');
    screen.send('?');
    await screen.shows('Esc closes');
    screen.send('\x1b');
    await screen.until(() => !screen.text().includes('Esc closes'), 'closed');
  });

  test('keys that come together have one frame', async () => {
    const screen = await paused();
    await screen.answer('3');
    const from = screen.written.length;
    await screen.answer('jjjjjkkkkkjjjjjkkkkkjjj');
    // The painter goes back to where the cursor was once a frame: one for the keys, one drawn anew.
    expect(screen.written.slice(from).split('\x1b8').length - 1).toBeLessThanOrEqual(4);
    expect(screen.text()).toMatch(/^▸/m);
  });

  test('a sequence in parts is one key', async () => {
    const screen = await paused();
    screen.send('3');
    screen.send('\x1b');
    screen.send('[B');
    await screen.until(
      () => screen.lines().some((row) => row.startsWith('▸') && !row.startsWith('▸SESSION')),
      'selection',
    );
    expect(screen.alternate).toBe(true);
  });
});

describe('prompt', () => {
  test('a wrong command is explained under the prompt, and the cursor stays in it', async () => {
    const screen = await paused();
    screen.send(':power of eee0\r');
    await screen.shows('^^');
    await screen.shows(/! .*of/);
    const row = screen.lines().findIndex((text) => text.startsWith(':power of'));
    expect(screen.cursor).toEqual({ x: 14, y: row });
  });

  test('Tab completes, Enter runs, the command and its effect are shown', async () => {
    const screen = await paused();
    screen.send(':power of\t');
    await screen.shows(/:power off/);
    screen.send('ssc2\r');
    await screen.shows('✗ no frames from ssc2');
    await screen.shows(':power off ssc2');
  });

  test('a paste does not submit and is no hot keys', async () => {
    const screen = await paused();
    screen.send(keyBytes(':<Paste nodes\\nq>'));
    await screen.shows(':nodes q');
    expect(screen.alternate).toBe(true);
  });

  test('a paste outside of the prompt opens it, and waits there', async () => {
    const screen = await paused();
    await screen.answer(keyBytes('<Paste q\\npower off eee0\\n>'));
    expect(screen.text()).toContain(':q power off eee0');
    expect(screen.cursorShown).toBe(true);
    expect(screen.text()).toContain('● eee0 EEE R1.1 on');
  });

  test('a paste that comes in parts, with keys of its own in it, is one text', async () => {
    const screen = await paused();
    await screen.answer(':');
    for (const part of ['\x1b[20', '0~hea', 'l\x1b[A\x1b', '[31m\x03\t', 'x\x1b[2', '01~']) screen.send(part);
    await screen.shows(/^:heal \[A \[31m x$/m);
    await screen.answer(keyBytes('<Esc>'));
    expect(screen.cursorShown).toBe(false);
  });

  test('a paste in a filter filters by it, and a long one is cut at the limit of a line', async () => {
    const screen = await paused();
    await screen.answer(keyBytes('3/<Paste standby>'));
    await screen.answer('\r');
    expect(screen.text()).toMatch(/SESSION .*\/standby$/m);
    await screen.answer(keyBytes(`:<Paste ${'x'.repeat(100_000)}>`));
    await screen.answer('\r');
    await screen.shows(/! /);
    expect(screen.alternate).toBe(true);
  });

  test('lines are kept between runs', async () => {
    const first = await paused();
    first.send(':digest\r');
    await first.until(() => first.text().includes(':digest'), 'the command');
    first.send('q');
    expect(await first.exited()).toBe(0);
    const second = await paused({ environment: { XDG_STATE_HOME: first.stateFolder } });
    second.send(':');
    second.send('\x1b[A');
    await second.shows(':digest');
  });

  test('a state folder that cannot be written stops nobody', async () => {
    const screen = await paused({ environment: { XDG_STATE_HOME: '/proc/self/no' } });
    screen.send(':digest\r');
    await screen.shows(':digest');
    screen.send('q');
    expect(await screen.exited()).toBe(0);
  });
});

describe('terminal', () => {
  test('follows the size, small and large', async () => {
    const screen = await paused();
    for (const [columns, rows] of [
      [40, 12],
      [200, 50],
      [100, 30],
      [20, 5],
      [80, 24],
    ] as const) {
      screen.resize(columns, rows);
      const wanted = columns < 32 ? 'Too small' : 'WHO HAS LEARNED';
      await screen.shows(wanted);
      await screen.until(() => {
        const rows = screen.lines();
        return columns < 32 || rows[rows.length - 1]?.includes('Space') === true;
      }, `the footer at ${columns}x${rows}`);
      expect(screen.lines()[0]).not.toBe('');
    }
  });

  test('follows the size while the run goes on, down to 40x12, and nothing old is left', async () => {
    const screen = await started({ columns: 200, rows: 50 });
    for (const [columns, rows] of [
      [80, 24],
      [40, 12],
      [120, 40],
      [40, 12],
    ] as const) {
      screen.resize(columns, rows);
      await screen.until(() => {
        const footer = screen.lines().at(-1) ?? '';
        return screen.text().includes('RUN') && footer.includes('Space') && footer.length <= columns;
      }, `the running screen at ${columns}x${rows}`);
    }
    screen.send(' ');
    await screen.shows('PAUSED');
    const text = await screen.answer('');
    expect(screen.text()).toBe(text);
    expect(screen.lines()).toHaveLength(12);
    expect(text).toContain('WHO HAS LEARNED');
  });

  test('NO_COLOR: no cell has a colour, and reverse video stays', async () => {
    const screen = await paused({ environment: { NO_COLOR: '1' } });
    const cells = screen.lines().flatMap((_, row) => screen.cells(row));
    expect(cells.every((cell) => cell.colour === -1)).toBe(true);
    expect(cells.some((cell) => cell.reverse)).toBe(true);
  });

  test('colours come from the 16 of the terminal', async () => {
    const screen = await paused();
    const colours = new Set(screen.lines().flatMap((_, row) => screen.cells(row).map((cell) => cell.colour)));
    expect(colours.size).toBeGreaterThan(2);
    expect(Math.max(...colours)).toBeLessThan(16);
  });

  test('LC_ALL=C wins over LANG: ASCII only', async () => {
    const screen = await paused({ environment: { LC_ALL: 'C', LANG: 'en_US.UTF-8' } });
    expect(screen.text()).toMatch(/^[\x20-\x7e\n]*$/);
    expect(screen.text()).toContain('+- client');
    expect(screen.written).not.toContain('\x1b(0');
  });

  test('TERM=linux works', async () => {
    const screen = await paused({ environment: { TERM: 'linux' } });
    expect(screen.text()).toContain('WHO HAS LEARNED');
  });

  test('a failed drill: the failure stays in the headline, and quitting ends with 1; before it with 0', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rmc-emu-failed-'));
    const file = join(folder, 'failed.drill');
    writeFileSync(
      file,
      'node ssc0 ssc\napp a --on ssc0\nexpect process_exit --app a --within 20ms\nrun 1s\n',
    );
    for (const keys of ['.', ':run 1s\r..']) {
      const screen = startScreen(['ui', file]);
      await screen.shows('The drill stands at its beginning');
      screen.send(keys);
      if (keys === '.') await screen.shows(':step');
      else await screen.shows(/▸ FAILED: line 3: expected process_exit --app a: 0 of 1 came/);
      expect(screen.text()).not.toContain('Nothing has failed');
      screen.send('q');
      expect(await screen.exited()).toBe(keys === '.' ? 0 : 1);
    }
  });
});

test('y hands what is selected to the terminal as OSC 52', async () => {
  const screen = startScreen(['ui', '--at', '1.27s']);
  await screen.shows(/PAUSED[\s\S]*Space run/);
  screen.send('3gy');
  await screen.shows("copied to the terminal's clipboard: old.1 OPEN");
  const [, after = ''] = screen.written.split('\x1b]52;c;');
  const [sent = ''] = after.split('\x07');
  expect(Buffer.from(sent, 'base64').toString('utf8')).toMatch(/^old\.1 OPEN OPEN of old on ssc2/);
});
