import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { screenPicture } from './support/screenPicture.js';
import { killScreens, startScreen } from './support/terminal.js';

afterEach(killScreens);

// `npm run picture` sets RMC_EMU_PICTURE: then the picture of the README is written, else it is only made.
test('the README has a picture of the screen at the moment when the client has moved on', async () => {
  const screen = startScreen([], { columns: 100, rows: 30 });
  await screen.shows('▶ RUN');
  screen.send('++++');
  await screen.shows('The power of eee0 is gone');
  screen.send(' ');
  await screen.shows('client knows now that eee0 failed');
  screen.send(':run 100us\r');
  await screen.shows(':run 100us');
  const rows = Array.from({ length: 30 }, (_, row) => screen.cells(row));
  const picture = screenPicture(rows, 'rmc-emu: the failover scenario in the terminal');
  expect(picture).toContain('WHO HAS LEARNED');
  expect(picture.match(/<text /g)?.length ?? 0).toBeGreaterThan(50);
  const file = process.env['RMC_EMU_PICTURE'];
  if (file !== undefined && file !== '') {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, picture);
  }
});
