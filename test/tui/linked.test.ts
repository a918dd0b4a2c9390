import { describe, expect, test } from 'vitest';
import type { UiApp } from '../../tui/app.js';
import type { TimelineSource } from '../../tui/run/timelineSource.js';
import { appOn, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

/** The built-in scenario when the client was told, and the old one was not and never will be. */
function told(width = 120, height = 40): { app: UiApp; source: TimelineSource } {
  const source = sourceOf('failover.drill');
  const app = appOn(source, width, height);
  give(app, 'run 1270ms');
  return { app, source };
}

function give(app: UiApp, line: string): void {
  press(app, ':');
  type(app, line);
  press(app, 'enter');
}

/** The row of the screen that a pattern is found in, or nothing. */
const row = (app: UiApp, pattern: RegExp): string => rowsOf(app).find((text) => pattern.test(text)) ?? '';

/** Presses a key until something is so, at most as often as any list here is long. */
function until(app: UiApp, key: string, isSo: () => boolean): void {
  for (let times = 0; times < 60 && !isSo(); times++) press(app, key);
  if (!isSo()) throw new Error(`${key} did not lead there`);
}

/** Number of the only event with this name and session. */
function eventOf(source: TimelineSource, name: string, session = ''): number {
  for (let number = source.eventCount(); number > 0; number--) {
    const event = source.event(number);
    if (event.event === name && (session === '' || event.fields.get('session') === session)) return number;
  }
  return 0;
}

describe('the ledger and the other panes', () => {
  test('D30 a row that is marked selects its session, its node and the event by which it was told', () => {
    const { app, source } = told();
    press(app, '4', 'down', 'up');
    expect(row(app, /✓ client/)).toMatch(/^▸✓ client/);
    expect(app.state.selectedSession).toBe('client.1');
    expect(app.state.selectedEvent).toBe(eventOf(source, 'learned', 'client.1'));
    expect(source.view().nodes[app.state.selectedNode]?.name).toBe('ssc0');
    press(app, 'down');
    expect(row(app, /✗ old/)).toMatch(/^▸✗ old .* never/);
    expect(app.state.selectedSession).toBe('old.1');
    expect(app.state.selectedEvent).toBe(eventOf(source, 'node_down'));
    expect(source.view().nodes[app.state.selectedNode]?.name).toBe('ssc2');
  });

  test('D30 w asks why of the marked row, and Enter goes to where it was told, or to the failure', () => {
    const { app, source } = told();
    const learned = eventOf(source, 'learned', 'client.1');
    const down = eventOf(source, 'node_down');
    press(app, '4', 'w');
    expect(app.state.message.text).toContain(`why @${learned}`);
    press(app, 'escape', 'down', 'w');
    expect(app.state.message.text).toContain('why old.1');
    press(app, 'escape', 'enter');
    expect(app.state.message.text).toContain(`goto @${down}`);
    expect(source.eventCount()).toBeGreaterThanOrEqual(down);
    give(app, 'goto 1270ms');
    press(app, 'up', 'enter');
    expect(app.state.message.text).toContain(`goto @${learned}`);
  });

  test('D30 what is selected elsewhere is marked in the ledger', () => {
    const { app, source } = told();
    press(app, '3');
    expect(row(app, /✗ old/)).toMatch(/^ /);
    press(app, 'G');
    until(app, 'up', () => app.state.selectedSession === 'old.1');
    expect(row(app, /✗ old/)).toMatch(/^▸/);
    press(app, '5');
    until(app, 'up', () => app.state.selectedEvent === eventOf(source, 'learned', 'client.1'));
    expect(row(app, /✓ client/)).toMatch(/^▸/);
    expect(row(app, /✗ old/)).toMatch(/^ /);
  });

  test('D30 it scrolls with what is marked, alone at 40x12 as well', () => {
    const { app } = told(40, 12);
    press(app, '4', 'z');
    expect(rowsOf(app).join('\n')).toContain('✓ client');
    press(app, 'G');
    expect(row(app, /✗ old/)).toMatch(/^▸/);
    expect(rowsOf(app).join('\n')).toMatch(/1 abov/);
    press(app, 'g');
    expect(row(app, /✓ client/)).toMatch(/^▸/);
  });
});
