import { afterEach, test } from 'vitest';
import { killScreens, type RealScreen, startScreen } from './support/terminal.js';

afterEach(killScreens);

/** The built-in scenario, where client was told and old was not. */
async function told(): Promise<RealScreen> {
  const screen = startScreen(['ui', '--at', '1.27s'], { columns: 100, rows: 40 });
  await screen.shows(/✗ old [\s\S]*Space run/);
  return screen;
}

/** Presses and lets go on the first cell of a text; `button` 2 is the right one. */
function clickOn(screen: RealScreen, text: string, button = 0): void {
  const y = screen.lines().findIndex((row) => row.includes(text));
  const x = screen.lines()[y]?.indexOf(text) ?? 0;
  const place = `${button};${x + 1};${y + 1}`;
  screen.send(`\x1b[<${place}M\x1b[<${place}m`);
}

test('a click selects a session, a row of the ledger, a node; the second one opens it', async () => {
  const screen = await told();
  clickOn(screen, 'standby/1 ');
  await screen.shows('▸standby/1');
  clickOn(screen, '▸standby/1');
  await screen.shows('events --session standby/1');
  clickOn(screen, 'Esc closes');
  await screen.until(() => !screen.text().includes('Esc closes'), 'closed');
  clickOn(screen, '✗ old ');
  await screen.shows('▸WHO HAS LEARNED');
  await screen.until(() => {
    const row = screen.lines().findIndex((text) => text.includes('✗ old '));
    return screen.cells(row)[5]?.reverse === true;
  }, 'the row marked');
  clickOn(screen, 'ssc2 SSC', 2);
  await screen.shows('what can fail on ssc2');
  clickOn(screen, 'power off ssc2');
  await screen.shows(':power off ssc2');
});
