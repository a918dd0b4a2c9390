import { afterEach, expect, test } from 'vitest';
import { scenarioStops } from '../../tui/tour/stops.js';
import { killScreens, startScreen } from './support/terminal.js';

afterEach(killScreens);

test.each([
  [80, 24],
  [200, 50],
])('t: the tour goes through the scenario at %ix%i, back, and ends', async (columns, rows) => {
  const screen = startScreen([], { columns, rows });
  await screen.shows('t: a tour of one minute');
  screen.send('t');
  for (const [at, { title }] of scenarioStops.entries()) {
    await screen.shows(`${at + 1}/${scenarioStops.length}  ${title}`);
    if (at < scenarioStops.length - 1) screen.send(at % 2 === 0 ? ' ' : '\r');
  }
  screen.send(',');
  await screen.shows(`9/10  ${scenarioStops[8]?.title}`);
  screen.send('\x1b');
  await screen.shows('the tour has ended');
  expect(screen.text()).not.toContain('Esc ends');
});
