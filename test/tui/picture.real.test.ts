import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { repository } from '../support/drillBook.js';
import { screenPicture } from './support/screenPicture.js';
import { killScreens, startScreen } from './support/terminal.js';

afterEach(killScreens);

const PICTURE = join(repository, 'docs', 'screen.svg');

/** The words of a picture, in order. */
const words = (picture: string): string[] =>
  [...picture.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map((found) => found[1] ?? '');

// `npm run picture` sets RMC_EMU_PICTURE: then the picture is written, else the one that is there must be current.
test('the README has a picture of the screen when the client was told and old was not', async () => {
  const screen = startScreen([], { columns: 100, rows: 30 });
  await screen.shows('▶ RUN');
  screen.send('++++');
  await screen.shows('eee0 lost its power');
  await screen.shows('PAUSED');
  screen.send(' ');
  await screen.shows('client is told by abort_session, 300 ms after eee0 died (S20). Not told: old.');
  await screen.shows(/PAUSED[\s\S]*:paused by itself/);
  screen.send('----');
  await screen.shows('speed 1/10');
  const rows = Array.from({ length: 30 }, (_, row) => screen.cells(row));
  const picture = screenPicture(rows, 'rmc-emu: the failover scenario in the terminal');
  expect(picture).toContain('WHO HAS LEARNED');
  expect(words(picture).length).toBeGreaterThan(50);
  if ((process.env['RMC_EMU_PICTURE'] ?? '') !== '') writeFileSync(PICTURE, picture);
  expect(words(readFileSync(PICTURE, 'utf8')), 'docs/screen.svg is old: npm run picture').toEqual(
    words(picture),
  );
});
