import { UiApp } from '../../../tui/app.js';
import type { UiSource } from '../../../tui/run/source.js';
import { textOf } from '../../../tui/text/line.js';

/** The UI on a source, without a terminal. */
export function appOn(source: UiSource, width = 80, height = 24): UiApp {
  return new UiApp(source, { width, height, guided: false, intro: 'at the beginning', history: [] });
}

/** Presses keys by name; what is no key's name is typed letter by letter. */
export function press(app: UiApp, ...keys: string[]): void {
  for (const name of keys) {
    const text = name === 'space' ? ' ' : name.length === 1 ? name : '';
    app.input({ kind: 'key', name: name === ' ' ? 'space' : name, text });
  }
}

export function type(app: UiApp, text: string): void {
  press(app, ...text);
}

/** A click, with the left button or another, or a turn of the wheel. */
export function click(
  app: UiApp,
  x: number,
  y: number,
  action: 'press' | 'right-press' | 'wheel-up' | 'wheel-down' = 'press',
): void {
  app.input({ kind: 'mouse', action, x, y });
}

/** The screen's rows, without trailing blanks. */
export function rowsOf(app: UiApp): string[] {
  return app.frame().lines.map((row) => textOf(row).trimEnd());
}

/** Where a text stands on the screen. */
export function placeOf(app: UiApp, text: string | RegExp): { readonly x: number; readonly y: number } {
  const rows = rowsOf(app);
  const at = (row: string): number => (typeof text === 'string' ? row.indexOf(text) : row.search(text));
  const y = rows.findIndex((row) => at(row) >= 0);
  if (y < 0) throw new Error(`${text} is not on the screen:\n${rows.join('\n')}`);
  return { x: at(rows[y] ?? ''), y };
}
