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

describe('what is selected in one pane', () => {
  test.each([80, 120])('a node is marked among the nodes, whatever has the focus, at %i columns', (width) => {
    const { app } = told(width);
    expect(row(app, /ssc0 SSC/)).not.toMatch(/▸ ?(ssc|eee)/);
    press(app, '1', 'G');
    expect(row(app, /ssc0 SSC/)).toMatch(/▸ ?ssc2 SSC R1\.0\.x/);
    press(app, '5');
    expect(row(app, /ssc0 SSC/)).toMatch(/▸ ?ssc2 SSC R1\.0\.x/);
    press(app, '1', 'left');
    // On narrow screens words lie over its place on the bus.
    if (width === 120) expect(row(app, /bus 100 us/)).toContain('●');
  });

  test('a session brings its block into sight in the memory', () => {
    const { app } = told(80, 24);
    press(app, '3', 'G');
    until(app, 'up', () => app.state.selectedSession === 'old.1');
    press(app, '6');
    expect(row(app, /A old +old\.1 /)).toMatch(/^ ▸ /);
  });

  test('an event in the history of a session: marked by the arrows, selected below, gone to by Enter', () => {
    const { app, source } = told();
    press(app, '3', 'G');
    until(app, 'up', () => app.state.selectedSession === 'client.1');
    press(app, 'enter');
    expect(rowsOf(app).join('\n')).toContain('Enter: goes there');
    press(app, 'up');
    const last = app.state.selectedEvent ?? 0;
    expect(source.event(last).fields.get('session')).toBe('client.1');
    press(app, 'up', 'up');
    const earlier = app.state.selectedEvent ?? 0;
    expect(earlier).toBeLessThan(last);
    press(app, 'enter');
    expect(app.state.message.text).toContain(`goto @${earlier}`);
    expect(app.state.overlay).toBeUndefined();
  });
});

test('a log that was scrolled up stays while the run goes on, counts what comes, and End follows again', () => {
  const { app } = told();
  press(app, '5', 'z', 'g', 'down');
  const rows = (): string[] => rowsOf(app).filter((text) => /^ +\d\.\d{3} \d{3}/.test(text));
  const before = rows();
  const count = (): number => Number(/paused, (\d+) new/.exec(rowsOf(app).join('\n'))?.[1] ?? 0);
  const counted = count();
  expect(counted).toBeGreaterThan(0);
  give(app, 'run 900ms');
  expect(rows()).toEqual(before);
  expect(count()).toBeGreaterThan(counted);
  press(app, '.', '.', '.');
  expect(rows()).toEqual(before);
  press(app, 'end');
  expect(count()).toBe(0);
  expect(rows().at(-1)).not.toBe(before.at(-1));
  give(app, 'run 200ms');
  expect(count()).toBe(0);
});
