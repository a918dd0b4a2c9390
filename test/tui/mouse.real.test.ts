import { afterEach, describe, expect, test } from 'vitest';
import { footerHints, keyMap } from '../../tui/control/keys.js';
import { type PaneId, paneIds } from '../../tui/layout.js';
import { bytesOfKey, keyBytes } from './support/keyText.js';
import { killScreens, type RealScreen, startScreen } from './support/terminal.js';

afterEach(killScreens);

/** Two runs that stand at the same moment: what the mouse does to one, keys do to the other. */
async function two(columns = 100, rows = 30): Promise<readonly [RealScreen, RealScreen]> {
  const start = (): RealScreen => startScreen(['ui', '--at', '1.27s'], { columns, rows });
  const both = [start(), start()] as const;
  for (const screen of both) await screen.shows(/PAUSED[\s\S]*Space run/);
  return both;
}

/** Gives the mouse to one and the keys to the other, and wants both to look the same. */
async function same(
  [one, other]: readonly [RealScreen, RealScreen],
  mouse: string,
  keys: string,
): Promise<void> {
  await one.answer(keyBytes(mouse));
  await other.answer(keyBytes(keys));
  expect(one.text(), `${mouse} is not as ${keys}`).toBe(other.text());
}

/** Where a text begins on the screen. */
function placeOf(screen: RealScreen, text: string): string {
  const rows = screen.lines();
  const row = rows.findIndex((line) => line.includes(text));
  expect(row, `${text} is not on the screen`).toBeGreaterThanOrEqual(0);
  return `${rows[row]?.indexOf(text)},${row}`;
}

/** A word in each pane; the nodes' is that of a node. */
const wordIn: Readonly<Record<PaneId, string>> = {
  ...{ nodes: 'app client', bus: 'bus 100 us', sessions: 'PLACED BY', ledger: 'WHO HAS LEARNED' },
  ...{ log: 'LOG', memory: 'MEMORY', traffic: 'TRAFFIC', sequence: 'SEQUENCE', plots: 'PLOTS' },
};

describe('the mouse does what keys do', () => {
  test('a click on a pane’s title gives it the focus', async () => {
    // With this many rows the log has a title too.
    const screens = await two(100, 40);
    for (const [index, pane] of paneIds.entries()) {
      // The pane comes to its place first; then another one takes the focus.
      const key = String(index + 1);
      await same(screens, key, key);
      // A heading of the sessions sorts; what stands before it is of no column.
      const word = placeOf(screens[0], wordIn[pane]);
      const place = pane === 'sessions' ? word.replace(/^\d+/, '0') : word;
      await same(screens, '3<Tab>', '3<Tab>');
      await same(screens, `<Click ${place}>`, key);
    }
  });

  test('the wheel gives the focus too, and moves by three rows', async () => {
    const screens = await two();
    for (const [index, pane] of paneIds.entries()) {
      const key = String(index + 1);
      await same(screens, `${key}g`, `${key}g`);
      const place = placeOf(screens[0], wordIn[pane]);
      await same(screens, '4', '4');
      await same(screens, `<WheelDown ${place}>`, `${key}<Down><Down><Down>`);
      await same(screens, `<WheelDown ${place}><WheelUp ${place}>`, '<Down><Down><Down><Up><Up><Up>');
    }
  });

  test('the wheel scrolls an answer that is open, and no pane under it', async () => {
    const screens = await two(80, 24);
    await same(screens, '?', '?');
    await same(screens, '<WheelDown 5,12>', '<Down><Down><Down>');
    await same(screens, '<WheelUp 5,12><Click 5,5>', '<Up><Up><Up>');
    await same(screens, '<Esc>', '<Esc>');
  });

  test('a click on a hint in the footer is its key', async () => {
    const [one, other] = await two(200, 30);
    const footer = one.lines().at(-1) ?? '';
    const shown = footerHints().filter(({ key, text }) => footer.includes(`${key} ${text}`));
    expect(shown.length).toBeGreaterThan(10);
    for (const { key, text, action } of shown) {
      if (action === 'quit' || action === 'toggle') continue;
      const name = keyMap.find((entry) => entry.action === action)?.keys[0] ?? '';
      await same([one, other], `<Click ${footer.indexOf(`${key} ${text}`)},29>`, bytesOfKey(name) ?? '');
      // Only what closes things: the two go on together.
      await same([one, other], '<Esc><Esc><Esc>', '<Esc><Esc><Esc>');
    }
  });

  test('a click on run/pause runs and pauses, one on quit quits', async () => {
    const [screen] = await two(80, 24);
    screen.send(keyBytes('<Click 3,23>'));
    await screen.shows('▶ RUN');
    screen.send(keyBytes('<Click 3,23>'));
    await screen.shows('■ PAUSED');
    screen.send(keyBytes(`<Click ${placeOf(screen, 'q quit')}>`));
    expect(await screen.exited()).toBe(0);
  });

  test('a click on the line of time goes there, on a mark to its event, its ends included', async () => {
    const screens = await two(80, 24);
    const [one] = screens;
    const column = one.lines()[2]?.indexOf('✗');
    await same(screens, `<Click ${column},2>`, ':goto 950100us<Enter>');
    await one.answer(keyBytes('<Click 2,2>'));
    expect(one.text()).toMatch(/REWOUND {2}t 0\.0/);
    await one.answer(keyBytes(`<Click ${one.lines()[2]?.lastIndexOf('╌')},2>`));
    expect(one.text()).toMatch(/t 1\.270 000 s/);
  });

  test('a click beside everything, or with another button, does nothing', async () => {
    const [screen] = await two(80, 24);
    const before = screen.text();
    await screen.answer(keyBytes('<Click 40,0><Click 40,1><Click 40,22><Click 79,23>'));
    // The middle button, a drag, a move, a place outside of the screen.
    await screen.answer('\x1b[<1;5;20M\x1b[<32;5;20M\x1b[<35;5;20M\x1b[<0;500;500M');
    expect(screen.text()).toBe(before);
  });

  test('in a menu a click is Enter on that row, one beside it Escape, the wheel an arrow', async () => {
    const screens = await two(80, 24);
    await same(screens, '1gf', '1gf');
    await same(screens, '<WheelDown 10,10><WheelDown 10,10>', '<Down><Down>');
    await same(screens, '<WheelUp 10,10>', '<Up>');
    await same(screens, '<Click 10,1>', '<Esc>');
    await same(screens, 'f', 'f');
    const place = placeOf(screens[0], 'hang client and');
    await same(screens, `<Click ${place}>`, '<Down><Down><Down><Enter>');
    expect(screens[0].text()).toContain(':hang client');
  });

  test('--no-mouse leaves the mouse to the terminal', async () => {
    const screen = startScreen(['ui', '--at', '1.27s', '--no-mouse']);
    await screen.shows(/PAUSED[\s\S]*Space run/);
    expect(screen.mouseMode).toBe('none');
    expect(screen.pasteMode).toBe(true);
  });
});
