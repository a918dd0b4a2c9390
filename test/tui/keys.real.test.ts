import { afterEach, describe, expect, test } from 'vitest';
import { type Action, keyMap } from '../../tui/control/keys.js';
import { keyChecks, type OwnRun, ownRuns } from './support/keyChecks.js';
import { bytesOfKey, keyBytes } from './support/keyText.js';
import { killScreens, type RealScreen, startScreen } from './support/terminal.js';

afterEach(killScreens);

async function standing(): Promise<RealScreen> {
  const screen = startScreen(['ui', '--at', '1.27s']);
  await screen.shows(/PAUSED[\s\S]*Space run/);
  return screen;
}

function bytes(key: string): string {
  const sent = bytesOfKey(key);
  if (sent === undefined) throw new Error(`test/tui/support/keyText.ts does not know ${key}`);
  return sent;
}

const hasOwnRun = (action: Action): action is OwnRun => (ownRuns as readonly Action[]).includes(action);

const keysOf = (action: Action): readonly string[] =>
  keyMap.filter((entry) => entry.action === action).flatMap(({ keys }) => keys);

describe('every key of the key map does what it says', () => {
  test('those that are seen at once', async () => {
    const screen = await standing();
    for (const { action, keys } of keyMap) {
      if (hasOwnRun(action)) continue;
      const { before, shows, after = '' } = keyChecks[action];
      for (const key of keys) {
        await screen.answer(keyBytes(before));
        expect(shows(screen, key), `${action} by ${key}: it is there before\n${screen.text()}`).toBe(false);
        await screen.answer(bytes(key));
        expect(shows(screen, key), `${action} by ${key}\n${screen.text()}`).toBe(true);
        await screen.answer(keyBytes(after));
      }
    }
  });

  test('toggle: runs on, and pauses', async () => {
    for (const key of keysOf('toggle')) {
      const screen = await standing();
      screen.send(bytes(key));
      await screen.shows(/▶ RUN [\s\S]*:continue/);
      await screen.until(() => !screen.text().includes('t 1.270'), 'time that goes by');
      screen.send(bytes(key));
      await screen.shows(/■ PAUSED [\s\S]*:paused/);
    }
  });

  test('quit: ends with 0 and leaves the alternate screen', async () => {
    for (const key of keysOf('quit')) {
      const screen = await standing();
      screen.send(bytes(key));
      expect(await screen.exited()).toBe(0);
      expect(screen.alternate).toBe(false);
    }
  });

  test('redraw: what another program wrote across the screen goes away', async () => {
    const screen = await standing();
    const text = screen.text();
    for (const key of keysOf('redraw')) {
      await screen.scribble('\x1b[5;5Hwall: the machine goes down');
      screen.send(bytes(key));
      await screen.until(() => screen.text() === text, 'the screen as it was');
    }
  });

  test('no other key does anything but say so, and none writes itself on the screen', async () => {
    const screen = await standing();
    const taken = new Set(keyMap.flatMap(({ keys }) => keys));
    const others = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter(
      (key) => !taken.has(key),
    );
    // All but the row of messages.
    const panes = (): string[] =>
      screen
        .text()
        .split('\n')
        .filter((_, at, rows) => at !== rows.length - 2);
    const before = panes();
    await screen.answer(others.join(''));
    expect(screen.text().split('\n').at(-2)).toBe(`:${others.at(-1)} does nothing; ? shows the keys`);
    // Function keys, Insert, Alt and a letter, a focus report, an answer of the terminal.
    await screen.answer('\x1bOP\x1b[15~\x1b[2~\x1b[I\x1b[?1;2c\x1b[24;80R');
    expect(panes()).toEqual(before);
    expect(screen.text().split('\n').at(-2)).toBe(`:${others.at(-1)} does nothing; ? shows the keys`);
  });
});
