import { describe, expect, test } from 'vitest';
import { UiApp } from '../../tui/app.js';
import { differencesPane, differenceTexts } from '../../tui/beside/differencesPane.js';
import { layoutBeside } from '../../tui/beside/layout.js';
import { paneIds } from '../../tui/layout.js';
import type { Rect } from '../../tui/text/canvas.js';
import { textOf, widthOf } from '../../tui/text/line.js';
import { screenOf, sourceOf } from './support/scenario.js';

function appAt(command: string, width = 100, height = 30): UiApp {
  const options = { width, height, guided: false, intro: '', history: [] };
  const app = new UiApp(sourceOf('failover.drill'), options);
  give(app, command);
  return app;
}

function press(app: UiApp, ...keys: string[]): void {
  for (const name of keys) app.input({ kind: 'key', name, text: name.length === 1 ? name : '' });
}

function give(app: UiApp, command: string): void {
  press(app, ':');
  app.input({ kind: 'paste', text: command });
  press(app, 'enter');
}

/** The left and the right half of the rows that both worlds have. */
function halves(app: UiApp): { readonly left: string; readonly right: string } {
  const rows = screenOf(app).split('\n').slice(3, -2);
  const half = Math.floor((app.state.width - 1) / 2);
  return {
    left: rows.map((row) => row.slice(0, half)).join('\n'),
    right: rows.map((row) => row.slice(half + 1)).join('\n'),
  };
}

describe('side by side', () => {
  test('S13 S14 e: the node that listens is an SSC beside the EEE, at the same time; e again takes it away', () => {
    const app = appAt('run 1.5s');
    press(app, 'e');
    const { left, right } = halves(app);
    expect(left).toMatch(/eee0 EEE/);
    expect(left).toContain('IPC');
    expect(right).toMatch(/BESIDE IT: eee0 as SSC, ssc1 as EEE/);
    expect(right).toMatch(/eee0 SSC/);
    expect(right).toMatch(/RMC.* inside/);
    expect(screenOf(app)).toMatch(/WHAT DIFFERS \d+/);
    press(app, 'e');
    expect(screenOf(app)).not.toContain('BESIDE');
  });

  test('S14 what the other kind refuses stands among the differences, its argument as NULL, with the rule', () => {
    const app = appAt('run 1.5s');
    press(app, 'e', 'd');
    const text = screenOf(app);
    expect(text).toContain('--new_session of rmc_listen standby 9');
    expect(text).toMatch(/this run +heap/);
    expect(text).toMatch(/beside it +NULL: rmc_listen on an EEE has no new_session/);
  });

  test('S17 S20 E: beside R1.1, which tells the client, stands R1.0.x, which does not', () => {
    const app = appAt('run 1.5s');
    press(app, 'E');
    const { left, right } = halves(app);
    expect(left).toMatch(/✓ client/);
    expect(right).toMatch(/✗ client +never/);
  });

  test('a session that differs is marked in both worlds, one that does not in none', () => {
    const app = appAt('run 1.5s');
    press(app, 'e', '3', 'z');
    const { left, right } = halves(app);
    for (const side of [left, right]) {
      expect(side).toMatch(/^≠standby\/1/m);
      expect(side).not.toMatch(/≠client\.2/);
    }
  });

  test('a command, a jump and time take both worlds along', () => {
    const app = appAt('run 500ms');
    press(app, 'e', '5');
    give(app, 'power off ssc1');
    give(app, 'run 10ms');
    expect(halves(app).left).toContain('power off ssc1');
    expect(halves(app).right).toContain('power off ssc1');
    give(app, 'goto 400ms');
    expect(halves(app).right).not.toContain('power off ssc1');
  });

  test('Escape closes what is open, then the zoom, then the other world', () => {
    const app = appAt('run 500ms');
    press(app, 'e', 'z', '?');
    press(app, 'escape');
    expect(app.state.overlay).toBeUndefined();
    press(app, 'escape');
    expect(app.state.zoomed).toBe(false);
    expect(app.state.beside).toBe('kind');
    press(app, 'escape');
    expect(app.state.beside).toBeUndefined();
  });

  test('d without another world says how to get one', () => {
    const app = appAt('run 1ms');
    press(app, 'd');
    expect(screenOf(app)).toContain('e puts the other kind beside this run');
  });

  test('D19 a command that the other kind has not is said to be left out there, when it is given', () => {
    const app = appAt('run 500ms');
    press(app, 'e');
    give(app, 'kill eee0.rmc');
    expect(app.state.message.text).toMatch(/^kill eee0\.rmc {3}! beside it: left out: .*\(D19\)/);
    give(app, 'power off ssc2');
    expect(app.state.message.text).toBe('power off ssc2');
  });

  test('what differs is below whatever had the focus; the bus stands between where there is room', () => {
    const app = appAt('run 500ms');
    press(app, '5', 'e');
    expect(screenOf(app)).toContain('WHAT DIFFERS');
    const large = appAt('run 500ms', 200, 50);
    press(large, 'e');
    expect(screenOf(large)).toMatch(/══ bus .*│══ bus /);
  });

  test('a click in the other world’s pane gives that pane the focus', () => {
    const app = appAt('run 500ms');
    press(app, 'e');
    const rect = app.frame().layout.beside?.others.get('ledger');
    if (rect === undefined) throw new Error('the other world has no ledger');
    app.input({ kind: 'mouse', action: 'press', x: rect.x + 2, y: rect.y });
    expect(app.state.focus).toBe('ledger');
  });
});

/** Cells that belong to two places, or to none within the body. */
function twiceOrOutside(places: readonly Rect[], body: Rect): string[] {
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const rect of places) {
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      for (let x = rect.x; x < rect.x + rect.width; x++) {
        const isInside = x >= 0 && x < body.width && y >= body.y && y < body.y + body.height;
        if (!isInside || seen.has(`${x},${y}`)) wrong.push(`${x},${y}`);
        seen.add(`${x},${y}`);
      }
    }
  }
  return wrong;
}

describe('places', () => {
  test('nothing overlaps and nothing leaves the body, whatever has the focus', () => {
    for (const [width, height] of [
      [40, 8],
      [80, 19],
      [100, 25],
      [200, 45],
    ] as const) {
      for (const focus of paneIds) {
        for (const zoomed of [false, true]) {
          const body = { x: 0, y: 3, width, height };
          const { titles, rule, panes, others, differences } = layoutBeside(body, focus, zoomed);
          const all = [
            ...titles,
            ...panes.values(),
            ...others.values(),
            ...(differences ? [differences] : []),
          ];
          const where = `${focus} ${zoomed} at ${width}x${height}`;
          expect(
            twiceOrOutside([...all, { ...rule, y: rule.y + 1, height: rule.height - 1 }], body),
            where,
          ).toEqual([]);
        }
      }
    }
  });

  test('what differs fills its place exactly, and says when there is more or nothing', () => {
    const one = {
      about: 'session',
      name: 'standby/1',
      field: 'placed by',
      one: 'app',
      other: 'RMC',
    } as const;
    for (const width of [20, 80, 200]) {
      const rows = differencesPane([one, one, one], { width, height: 3, focused: false });
      expect(rows).toHaveLength(3);
      for (const row of rows) expect(widthOf(row)).toBe(width);
    }
    const more = differencesPane([one, one, one], { width: 80, height: 3, focused: false });
    expect(textOf(more[0] ?? [])).toContain('1 more (d: all)');
    const none = differencesPane([], { width: 80, height: 3, focused: false });
    expect(textOf(none[1] ?? [])).toContain('both worlds are alike');
    expect(differenceTexts([one], 80).map((row) => textOf(row).trimEnd())).toEqual([
      ' ≠ standby/1 placed by',
      '   this run   app',
      '   beside it  RMC',
    ]);
  });
});
