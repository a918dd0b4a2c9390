import { describe, expect, test } from 'vitest';
import { UiApp } from '../../tui/app.js';
import { layoutScreen } from '../../tui/layout.js';
import { wholeCaption } from '../../tui/projector/caption.js';
import { projectorLedger } from '../../tui/projector/ledger.js';
import { textOf, widthOf } from '../../tui/text/line.js';
import { FakeSource } from './support/fakeSource.js';
import { ledgerRow } from './support/fixtures.js';
import { appOn, press, rowsOf } from './support/pressing.js';

const sizes = [
  [40, 12],
  [60, 20],
  [80, 24],
  [100, 30],
  [200, 50],
] as const;

describe('the projector', () => {
  test('P shows nodes, the ledger and the caption in full, and no other pane; P goes back', () => {
    for (const [width, height] of sizes) {
      const app = appOn(new FakeSource(), width, height);
      const before = rowsOf(app);
      press(app, 'P');
      const text = rowsOf(app).join('\n');
      expect(text, `${width}x${height}`).toContain('WHO HAS LEARNED THAT eee0 DIED');
      expect(text).not.toContain('SESSION');
      expect(text).not.toContain('LOG');
      expect(text).not.toContain('bus 100');
      expect(text).toMatch(/✓ {2}client +told by abort_session/);
      for (const row of app.frame().lines) expect(widthOf(row)).toBe(width);
      press(app, 'P');
      expect(rowsOf(app)[0]).toBe(before[0]);
      expect(rowsOf(app).join('\n')).toContain('SESSION');
    }
  });

  test('its parts do not overlap, and keep within the screen', () => {
    for (const [width, height] of sizes) {
      const { caption, panes, prompt } = layoutScreen(width, height, {
        ...{ sessions: 8, ledger: 3, zoomed: undefined, shared: 'log', projector: true },
      });
      const rects = [...(caption === undefined ? [] : [caption]), ...panes.values()];
      let end = 1;
      for (const rect of rects) {
        expect(rect.y).toBeGreaterThanOrEqual(end);
        end = rect.y + rect.height;
      }
      expect(end).toBeLessThanOrEqual(prompt.y);
    }
  });

  test('Tab goes between the two, a number brings another pane alone, Esc goes back to the two', () => {
    const app = appOn(new FakeSource());
    press(app, '3', 'P');
    expect(app.state.focus).toBe('ledger');
    press(app, 'tab');
    expect(app.state.focus).toBe('nodes');
    press(app, 'tab', 'shift-tab');
    expect(app.state.focus).toBe('nodes');
    press(app, '5');
    expect(rowsOf(app).join('\n')).toContain('▸LOG');
    press(app, 'escape');
    expect(rowsOf(app).join('\n')).toContain('WHO HAS LEARNED');
  });

  test('a setting begins with it', () => {
    const options = { width: 80, height: 24, guided: false, intro: '', history: [], projector: true };
    expect(new UiApp(new FakeSource(), options).state.projector).toBe(true);
  });
});

describe('the caption of the projector', () => {
  const size = { width: 40, height: 3 };
  const rows = (forms: readonly string[], urgent = false): string[] =>
    wholeCaption(forms, urgent, size).map((row) => textOf(row).trimEnd());

  test('is the longest form that its rows hold', () => {
    const long = 'word '.repeat(20).trim();
    expect(rows([long, 'short']).join(' ').match(/word/g)).toHaveLength(20);
    expect(rows([`${long} ${long}`, 'short'])).toEqual(['   short']);
    expect(rows([`${long} ${long}`], true)[0]).toMatch(/^ ▸ word/);
    expect(rows([])).toEqual([]);
  });
});

describe('the ledger of the projector', () => {
  const told = ledgerRow('client');
  const older = ledgerRow('old', { told: false, outlook: 'never', how: '', rule: 'S17', why: 'idle' });
  const waits = ledgerRow('third', { told: false, outlook: 'not yet', how: '', rule: 'D15', why: 'waits' });
  const ledger = [
    { about: 'eee0', what: 'node_down', event: 1, sinceUs: 0, rows: [older] },
    { about: 'ssc0', what: 'node_down', event: 2, sinceUs: 10, rows: [told, waits] },
  ];
  const wish = { filter: '', nowUs: 400_000, top: 0, selectedEvent: undefined, selectedSession: '' };
  const shown = (height: number, focused = false, session = ''): string =>
    projectorLedger(ledger, { ...wish, selectedSession: session }, { width: 60, height, focused })
      .map((row) => textOf(row).trimEnd())
      .join('\n');

  test('the newest failure comes first, an older one is named', () => {
    const text = shown(12);
    expect(text).toContain('WHO HAS LEARNED THAT ssc0 DIED');
    expect(text).toMatch(/✓ {2}client +told by abort_session after 330 ms\n +3 heartbeats missed {2}D15 S20/);
    expect(text).toMatch(/\? {2}third +not told yet/);
    expect(text).toMatch(/✗ {2}old +never will be told .*\(eee0 DIED\)/);
  });

  test('what does not fit is counted, and what is marked is in sight', () => {
    expect(shown(4)).toContain('2 more below');
    expect(shown(4, true, 'old.1')).toMatch(/old +never/);
    expect(shown(4, true, 'old.1')).not.toContain('client');
  });

  test('with room each is drawn in time', () => {
    expect(shown(30)).toContain('✗ failed');
    expect(
      projectorLedger([], wish, { width: 60, height: 10, focused: false }).map(textOf).join(''),
    ).toContain('Nothing has failed yet.');
  });
});
