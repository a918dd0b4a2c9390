import { describe, expect, test } from 'vitest';
import type { UiApp } from '../../tui/app.js';
import { filterOf, filtersSet } from '../../tui/control/filters.js';
import { paneIds } from '../../tui/layout.js';
import type { TimelineSource } from '../../tui/run/timelineSource.js';
import { appOn, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

/** The built-in scenario to its end, where two failures have been learned of. */
function ended(width = 120, height = 40): { app: UiApp; source: TimelineSource } {
  const source = sourceOf('failover.drill');
  const app = appOn(source, width, height);
  press(app, ':');
  type(app, 'run 3s');
  press(app, 'enter');
  return { app, source };
}

function filter(app: UiApp, pane: number, text: string): void {
  press(app, String(pane), '/');
  for (let left = filterOf(app.state).length; left > 0; left--) press(app, 'backspace');
  type(app, text);
  press(app, 'enter');
}

const text = (app: UiApp): string => rowsOf(app).join('\n');
/** All but the row of messages and the hints; and the marks, for what a filter leaves may be marked after it. */
const panesOf = (app: UiApp): string[] =>
  rowsOf(app)
    .slice(0, -2)
    .map((row) => row.replace(/^[▸*]/, ' '));

describe('/ in every pane', () => {
  test('leaves what has the text, says so in the pane, and Escape shows all again', () => {
    const cases: readonly (readonly [number, string, RegExp, RegExp])[] = [
      [1, 'r1.0', /ssc2 SSC R1\.0\.x/, /ssc0 SSC/],
      [2, 'ssc2', /bus 100 us \/ssc2/, /HEARTBEAT/],
      [3, 'standby', /SESSION .*\/standby/, /client\.1 /],
      [4, 'never', /WHO HAS LEARNED .*\/never/, /✓ client/],
      [5, 'abort', /LOG \/abort/, /rmc_send/],
      [6, 'standby/', /MEMORY .*\/standby\//, /old\.1/],
      [7, 'open_ack', /TRAFFIC .*\/open_ack/, /HEARTBEAT/],
      [8, 'open_ack', /SEQUENCE .*\/open_ack/, /HEARTBEAT/],
      [9, 'pending', /PLOTS .*\/pending/, /messages \d/],
    ];
    for (const [pane, wanted, shows, hides] of cases) {
      const { app } = ended();
      press(app, String(pane), 'z');
      const before = text(app);
      const panesBefore = panesOf(app);
      if (pane !== 2 && pane !== 1) expect(before, wanted).toMatch(hides);
      filter(app, pane, wanted);
      expect(text(app), `${pane} ${wanted}`).toMatch(shows);
      expect(text(app), `${pane} ${wanted}`).not.toMatch(hides);
      expect(text(app)).toContain(`/${wanted} (Esc: all)`);
      press(app, 'escape');
      expect(panesOf(app), `${pane} after Escape`).toEqual(panesBefore);
    }
  });

  test('what nothing has leaves nothing, and says so', () => {
    for (let pane = 1; pane <= 9; pane++) {
      const { app } = ended();
      press(app, String(pane), 'z');
      filter(app, pane, 'zzz');
      expect(text(app), `pane ${pane}`).toMatch(/match|no frame in this time|SEQUENCE .*\/zzz/);
      press(app, 'n', 'N', 'down', 'up', 'G', 'g', 'enter', 'escape', 'w');
    }
  });

  test('the bus says whether no node matches, or those that do have no frame yet', () => {
    const source = sourceOf();
    for (const line of ['node a ssc', 'node b eee']) source.command(line);
    const app = appOn(source, 120, 40);
    for (const [wanted, says] of [
      ['zzz', 'no node matches'],
      ['b', 'no frame of these nodes yet'],
      ['', 'no frame yet'],
    ] as const) {
      filter(app, 2, wanted);
      const rows = rowsOf(app);
      expect(rows[rows.findIndex((row) => row.startsWith('══')) + 1], wanted).toBe(` ${says}`);
    }
    const { app: later } = ended();
    filter(later, 2, 'zzz');
    expect(text(later)).toMatch(/bus 100 us \/zzz ═+\n no node matches\n/);
  });

  test('a message from before the filter goes, one that comes after it stands beside it', () => {
    const { app } = ended();
    const row = (): string => rowsOf(app).at(-2) ?? '';
    expect(row()).toMatch(/^:run 3s/);
    filter(app, 3, 'standby');
    expect(row()).toBe(':  /standby (Esc: all)');
    press(app, ',');
    expect(row()).toMatch(/^:back .* {2}\/standby \(Esc: all\)$/);
    press(app, 'escape');
    expect(row()).toMatch(/^:back/);
    filter(app, 3, '');
    expect(row()).toMatch(/^:back/);
  });

  test('nodes and bus have one filter, traffic and sequence have one, the others their own', () => {
    const { app } = ended();
    filter(app, 1, 'ssc');
    filter(app, 8, 'ack');
    for (const pane of [3, 4, 5, 6, 9]) filter(app, pane, `p${pane}`);
    const seen = paneIds.map((pane) => filterOf(app.state, pane));
    expect(seen).toEqual(['ssc', 'ssc', 'p3', 'p4', 'p5', 'p6', 'ack', 'ack', 'p9']);
    press(app, '7', 'escape');
    expect(filtersSet(app.state)).toEqual(['ssc', 'p3', 'p4', 'p5', 'p6', 'p9']);
    press(app, 'escape');
    expect(filtersSet(app.state)).toEqual([]);
  });
});

describe('n and N', () => {
  test('go to the next and the previous match in every pane', () => {
    const selected = ({ state }: UiApp, source: TimelineSource): string =>
      [
        source.view().nodes[state.selectedNode]?.name,
        state.selectedSession,
        state.selectedEvent,
        state.selectedBlock?.address,
      ].join(' ');
    // Where the newest is at the end it is gone back first.
    const cases: readonly (readonly [number, string, string, string, string])[] = [
      [1, 'ssc', 'g', 'n', 'N'],
      [2, 'ssc', 'g', 'n', 'N'],
      [3, 'standby', 'g', 'n', 'N'],
      [4, 's', 'g', 'n', 'N'],
      [5, 'session', 'N', 'N', 'n'],
      [6, 'standby', 'g', 'n', 'N'],
      [7, 'heartbeat', 'N', 'N', 'n'],
      [8, 'heartbeat', 'N', 'N', 'n'],
      [9, 'detect', 'g', 'n', 'N'],
    ];
    for (const [pane, wanted, begin, there, back] of cases) {
      const { app, source } = ended();
      filter(app, pane, wanted);
      press(app, begin);
      const first = selected(app, source);
      press(app, there);
      expect(selected(app, source), `pane ${pane}`).not.toBe(first);
      press(app, back);
      expect(selected(app, source), `pane ${pane}`).toBe(first);
    }
  });

  test('say how to set a filter where there is none', () => {
    for (let pane = 1; pane <= 9; pane++) {
      const { app } = ended();
      press(app, String(pane), 'n');
      expect(text(app)).toContain(`no filter in the ${paneIds[pane - 1]}: / and a word set one`);
    }
  });
});

test('D30 the moments of the plots are marked one by one, and Enter goes there', () => {
  const { app, source } = ended();
  press(app, '9', 'z', 'g');
  const newest = app.state.selectedEvent ?? 0;
  expect(source.event(newest).event).toBe('learned');
  press(app, 'down');
  const older = app.state.selectedEvent ?? 0;
  expect(older).toBeLessThan(newest);
  expect(rowsOf(app).filter((row) => row.startsWith('▸') && row.includes('ms'))).toHaveLength(1);
  press(app, 'enter');
  expect(app.state.message.text).toContain(`goto @${older}`);
});
