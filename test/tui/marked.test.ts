import { describe, expect, test } from 'vitest';
import type { UiApp } from '../../tui/app.js';
import { appOn, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

function give(app: UiApp, line: string): void {
  press(app, ':');
  type(app, line);
  press(app, 'enter');
}

function at(time: string, width = 120, height = 40): UiApp {
  const app = appOn(sourceOf('failover.drill'), width, height);
  give(app, `run ${time}`);
  return app;
}

const row = /^(.)(\S+) +(?:OPEN|LISTEN|ACCEPT) /;
/** Names in the order of the table. */
const listed = (app: UiApp): string[] => rowsOf(app).flatMap((text) => row.exec(text)?.[2] ?? []);
const marked = (app: UiApp): string | undefined =>
  rowsOf(app).flatMap((text) => (text.startsWith('▸') ? (row.exec(text)?.[2] ?? []) : []))[0];

describe('the mark of the table of sessions', () => {
  test('D15 stays with its session when the order changes, though nobody has selected it', () => {
    const app = at('300ms');
    expect(listed(app)[0]).toBe('client.1');
    expect(marked(app)).toBe('client.1');
    give(app, 'run 960ms');
    expect(listed(app)[0]).toBe('old.1');
    expect(marked(app)).toBe('client.1');
    expect(app.state.selectedSession).toBe('');
    press(app, 'w');
    expect(app.state.message.text).toBe('why client.1');
    press(app, 'escape', 'o', 'O');
    expect(marked(app)).toBe('client.1');
    const place = listed(app).indexOf('client.1');
    press(app, 'up');
    expect(marked(app)).toBe(listed(app)[place - 1]);
    expect(app.state.selectedSession).toBe(marked(app));
  });

  test('does not scroll the table to it: where it is out of sight, or gone, the first one is marked', () => {
    const app = at('300ms', 80, 24);
    expect(marked(app)).toBe('client.1');
    give(app, 'run 1500ms');
    expect(marked(app)).toBe('client.1');
    give(app, 'run 100ms');
    expect(listed(app)).not.toContain('client.1');
    const [first] = listed(app);
    expect(marked(app)).toBe(first);
    press(app, '/');
    type(app, 'standby');
    press(app, 'enter');
    expect(listed(app)).not.toContain(first);
    expect(marked(app)).toBe(listed(app)[0]);
  });

  test('F follows what is marked', () => {
    const app = at('300ms');
    give(app, 'run 960ms');
    press(app, 'F');
    expect(app.state.followed).toBe('client.1');
  });
});
