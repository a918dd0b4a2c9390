import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { killScreens, type RealScreen, startScreen } from './support/terminal.js';

afterEach(killScreens);

/** The UI with these settings. */
function startedWith(settings: string, environment: Readonly<Record<string, string>> = {}): RealScreen {
  const first = startScreen([], {});
  first.kill();
  const folder = join(first.stateFolder, 'rmc-emu');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), settings);
  return startScreen(['ui', '--at', '1.27s'], {
    environment: { XDG_CONFIG_HOME: first.stateFolder, ...environment },
  });
}

test('settings begin the UI as they say', async () => {
  const screen = startedWith(
    '{ "ascii": true, "theme": "none", "mouse": false, "speed": "1/3", "projector": true }',
  );
  await screen.shows(/speed 1\/3[\s\S]*never will be told/);
  expect(screen.text()).toMatch(/^[\x20-\x7e\n]*$/);
  expect(screen.mouseMode).toBe('none');
  expect(
    screen
      .lines()
      .flatMap((_, row) => screen.cells(row))
      .every((cell) => cell.colour === -1),
  ).toBe(true);
});

test.each([
  ['{\n  "theme": "drak"\n}', /settings\.json:2:3: "theme" is one of .* did you mean "dark"\?/],
  ['{\n  "themes": "dark"\n}', /settings\.json:2:3: there is no setting "themes".*did you mean "theme"\?/],
  ['{\n  "ascii": yes\n}', /settings\.json:2:12: expected true, not `yes`/],
  ['{ "ascii": true', /settings\.json:1:16: expected "," or "}", not the end of the line/],
])('a broken file ends it with the file, the place and the right word: %j', async (settings, said) => {
  const screen = startedWith(settings);
  expect(await screen.exited()).toBe(2);
  expect(screen.written.replace(/\s+/g, ' ')).toMatch(said);
  expect(screen.alternate).toBe(false);
});

test('menus, help and the tour are ASCII where the locale has no Unicode, and without colours if so wanted', async () => {
  const screen = startScreen([], { environment: { LC_ALL: 'C', NO_COLOR: '1' } });
  await screen.shows('t: a tour of one minute');
  for (const [keys, wanted] of [
    ['t', 'Four nodes on a bus'],
    ['\x1b1f', 'what can fail on'],
    ['\x1b\x10', 'every key and every command'],
    ['\x1bi', "application's process"],
    ['\x1bP', 'WHO HAS LEARNED'],
  ] as const) {
    screen.send(keys);
    await screen.shows(wanted);
    expect(screen.text(), keys).toMatch(/^[\x20-\x7e\n]*$/);
  }
  expect(
    screen
      .lines()
      .flatMap((_, row) => screen.cells(row))
      .every((cell) => cell.colour === -1),
  ).toBe(true);
});
