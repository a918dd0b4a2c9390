import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { killScreens, startScreen } from './support/terminal.js';

afterEach(killScreens);

test('P: few panes, the caption in full, all bold; P goes back', async () => {
  const screen = startScreen(['ui', '--at', '1.27s']);
  await screen.shows(/▸SESSION[\s\S]*Space run/);
  expect(screen.cells(1).some((cell) => cell.text !== ' ' && !cell.bold)).toBe(true);
  screen.send('P');
  await screen.shows(/✗ {2}old +never will be told/);
  expect(screen.text()).toMatch(/block in its own memory, so\n +standby must free it \(S7\)\./);
  expect(screen.text()).not.toContain('SESSION');
  const cells = screen.lines().flatMap((_, row) => screen.cells(row));
  expect(cells.every((cell) => cell.text === ' ' || cell.bold)).toBe(true);
  screen.send('P');
  await screen.shows('SESSION');
});

test('"projector" in the settings begins with it', async () => {
  const { stateFolder } = startScreen([], {});
  killScreens();
  mkdirSync(join(stateFolder, 'rmc-emu'), { recursive: true });
  writeFileSync(join(stateFolder, 'rmc-emu', 'settings.json'), '{ "projector": true }');
  const screen = startScreen(['ui', '--at', '1.27s'], { environment: { XDG_CONFIG_HOME: stateFolder } });
  await screen.shows(/✗ {2}old +never will be told/);
});
