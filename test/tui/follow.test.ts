import { describe, expect, test } from 'vitest';
import type { UiApp } from '../../tui/app.js';
import { appOn, click, placeOf, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

function at(time: string, width = 120, height = 40): UiApp {
  const app = appOn(sourceOf('failover.drill'), width, height);
  give(app, `run ${time}`);
  return app;
}

function give(app: UiApp, line: string): void {
  press(app, ':');
  type(app, line);
  press(app, 'enter');
}

/** Names in the order of the table. */
const listed = (app: UiApp): string[] =>
  rowsOf(app).flatMap((row) => /^.(\S+) +(?:OPEN|LISTEN|ACCEPT) /.exec(row)?.[1] ?? []);

const text = (app: UiApp): string => rowsOf(app).join('\n');

describe('F follows a session', () => {
  test('it stands first in every order, and log, traffic and sequence show it alone', () => {
    const app = at('1270ms');
    press(app, '3', 'g');
    for (let row = 0; row < 9 && app.state.selectedSession !== 'standby/1'; row++) press(app, 'down');
    press(app, 'F');
    expect(listed(app)[0]).toBe('standby/1');
    press(app, 'o', 'O', 'o', 'o');
    expect(listed(app)[0]).toBe('standby/1');
    press(app, 'down');
    expect(text(app)).toMatch(/^●standby\/1 /m);
    press(app, '5', 'z', 'a');
    const rows = rowsOf(app).filter((row) => /^ +\d\.\d{3} \d{3} /.test(row));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toContain('standby/1');
    expect(text(app)).toContain('LOG ● standby/1');
    press(app, '7');
    expect(text(app)).toMatch(/TRAFFIC .*● standby\/1/);
    expect(text(app)).not.toContain('client.1');
    press(app, '8');
    expect(text(app)).toMatch(/SEQUENCE .*● standby\/1/);
  });

  test('it stays in sight and marked as the run goes on; F or Escape end it', () => {
    const app = at('1270ms', 80, 24);
    press(app, '3', 'g', 'F');
    const [first = ''] = listed(app);
    expect(app.state.followed).toBe(first);
    give(app, 'run 1500ms');
    expect(listed(app)[0]).toBe(first);
    press(app, 'escape');
    expect(app.state.followed).toBe('');
    expect(text(app)).toContain(`${first} is no longer followed`);
    press(app, 'F', 'F');
    expect(app.state.followed).toBe('');
    expect(text(app)).not.toContain('LOG ●');
  });
});

describe('the table of sessions', () => {
  test('a click on a heading sorts by that column, a second one the other way round', () => {
    const app = at('1270ms', 149, 40);
    click(app, placeOf(app, 'SESSION').x, placeOf(app, 'SESSION').y);
    expect(text(app)).toContain('SESSION↓');
    expect(listed(app)).toEqual([...listed(app)].sort());
    click(app, placeOf(app, 'SESSION').x, placeOf(app, 'SESSION').y);
    expect(text(app)).toContain('SESSION↑');
    expect(listed(app)).toEqual([...listed(app)].sort().reverse());
    for (const heading of ['TYPE', 'STATE', 'PEER', 'BLOCK', 'PLACED BY', 'IO f/q/d', 'WHO FREES IT']) {
      click(app, placeOf(app, heading).x, placeOf(app, heading).y);
      expect(app.state.message.text).toContain('sessions: sorted by');
      if (heading !== 'WHO FREES IT') expect(text(app)).toContain(`${heading}↓`);
    }
  });

  test('what was freed says by whom and when, as far as there is room', () => {
    const row = (width: number): string =>
      rowsOf(at('1270ms', width, 40)).find((one) => /client\.1 .*CLOSED/.test(one)) ?? '';
    expect(row(149)).toMatch(/freed ✓ by app client at 1\.250 200 s/);
    expect(row(80)).toMatch(/freed ✓/);
  });

  test('the cells that have just changed have a star, in columns that do not move', () => {
    const app = at('1249ms', 120, 40);
    const before = placeOf(app, /PLACED BY/).x;
    give(app, 'run 10ms');
    const row = rowsOf(app).find((one) => /^.client\.2 /.test(one)) ?? '';
    expect(row).toMatch(/✓ OPEN\*/);
    expect(rowsOf(app).find((one) => one.slice(1).startsWith('old.1'))).not.toContain('*');
    expect(placeOf(app, /PLACED BY/).x).toBe(before);
  });

  test('the selected session is marked too while another pane has the focus', () => {
    const app = at('1270ms');
    press(app, '3', 'g', 'down', '5');
    expect(text(app)).toMatch(new RegExp(`^▸${app.state.selectedSession} `, 'm'));
  });
});
