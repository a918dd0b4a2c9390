import { expect } from 'vitest';
import { type RealScreen, type ScreenOptions, startScreen } from './terminal.js';

/** The built-in scenario, on its first screen. */
export async function started(options: ScreenOptions = {}): Promise<RealScreen> {
  const screen = startScreen([], options);
  // Rows are drawn from the top: with the last one there all are.
  await screen.shows(/RUN[\s\S]*Space run/);
  return screen;
}

/** The built-in scenario, paused. */
export async function paused(options: ScreenOptions = {}): Promise<RealScreen> {
  const screen = await started(options);
  screen.send(' ');
  await screen.shows('PAUSED');
  return screen;
}

/** What a terminal looks like that was given back. */
export function expectRestored(screen: RealScreen): void {
  expect(screen.alternate).toBe(false);
  expect(screen.mouseMode).toBe('none');
  expect(screen.pasteMode).toBe(false);
  expect(screen.written.lastIndexOf('\x1b[?25h')).toBeGreaterThan(screen.written.lastIndexOf('\x1b[?25l'));
}
