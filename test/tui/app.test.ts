import { describe, expect, test } from 'vitest';
import { UiApp } from '../../tui/app.js';
import { actionOf, footerHints, keyMap } from '../../tui/control/keys.js';
import { sortKeys } from '../../tui/reading/sessionTable.js';
import { Pace, speeds } from '../../tui/run/pace.js';
import { textOf, widthOf } from '../../tui/text/line.js';
import { FakeSource } from './support/fakeSource.js';
import { event, failoverEvents, failoverView } from './support/fixtures.js';

interface Given {
  readonly width?: number;
  readonly height?: number;
  readonly guided?: boolean;
  readonly count?: number;
}

function makeApp(given: Given = {}): { app: UiApp; source: FakeSource } {
  const { width = 80, height = 24, guided = false, count = failoverEvents.length } = given;
  const source = new FakeSource(failoverView, failoverEvents, count);
  const app = new UiApp(source, { width, height, guided, intro: 'client works with server', history: [] });
  return { app, source };
}

/** Presses keys by name; one letter types itself. */
function press(app: UiApp, ...keys: string[]): void {
  for (const name of keys) {
    const text = name.length === 1 ? name : name === 'space' ? ' ' : '';
    app.input({ kind: 'key', name: name === ' ' ? 'space' : name, text });
  }
}

function screen(app: UiApp): string {
  return app
    .frame()
    .lines.map((row) => textOf(row).trimEnd())
    .join('\n');
}

describe('screen', () => {
  test('every line is exactly as wide as the screen, at 1x1 to 200x50, whatever is open', () => {
    for (const [width, height] of [
      [1, 1],
      [31, 7],
      [32, 8],
      [40, 12],
      [60, 20],
      [80, 24],
      [100, 30],
      [132, 43],
      [200, 50],
    ]) {
      for (const keys of [
        [],
        ['?'],
        [':', 'p', 'tab'],
        ['f'],
        ['ctrl-p', 'p'],
        ['z'],
        ['5', 'z'],
        ['1'],
        ['enter'],
        ['4', 'down'],
      ]) {
        const { app } = makeApp({ width: width ?? 1, height: height ?? 1 });
        press(app, ...keys);
        const { lines } = app.frame();
        expect(lines).toHaveLength(height ?? 0);
        for (const row of lines) expect(widthOf(row), `${width}x${height} ${keys}`).toBe(width);
      }
    }
  });

  test('80x24 has the ledger, who frees it, both process models, the bus, the log and the status', () => {
    const text = screen(makeApp().app);
    expect(text).toContain('WHO HAS LEARNED THAT eee0 DIED');
    expect(text).toMatch(/✓ client +R1\.1 +abort_session .* S20 +330 ms █+/);
    expect(text).toMatch(/✗ old +R1\.0\.x +never .* S17 +330 ms ░+/);
    expect(text).toMatch(/WHO FREES IT ─+ 2 more below/);
    expect(text).toMatch(/server\/1 +ACCEPT ✗ lost +R 0x0480 RMC +gone with its process/);
    expect(text).toMatch(/standby\/1 ACCEPT ✓ ESTABLISHED N 0x2000 new_session/);
    expect(text).toContain('RMC inside');
    expect(text).toContain('╌IPC╌');
    expect(text).toContain('eee0 EEE R1.1 OFF at 1.000');
    expect(text).toContain('✗ no frames from eee0');
    expect(text).toMatch(/├─+ OPEN_REQ ─+→ 1\.330 000 client\.2/);
    expect(text).toMatch(/failover\.drill +■ PAUSED +t 1\.330 100 s +event 11/);
    expect(text).toContain('checks 2/2 ok');
  });

  test('40x12 keeps the ledger and who frees it', () => {
    const text = screen(makeApp({ width: 40, height: 12 }).app);
    expect(text).toContain('WHO HAS LEARNED');
    expect(text).toContain('WHO FREES IT');
    expect(text).toContain('●ssc0 ✗eee0 ●ssc1 ●ssc2');
  });

  test('a screen that is too small says so', () => {
    for (const [width, height] of [
      [30, 8],
      [30, 6],
      [20, 5],
      [100, 7],
    ]) {
      const text = screen(makeApp({ width: width ?? 1, height: height ?? 1 }).app).replace(/\s+/g, ' ');
      expect(text.trim()).toBe(`Too small: ${width}x${height}. 40x12 is enough; q quits.`);
    }
  });
});

describe('keys', () => {
  test('no key means two things, and every action has a line of help', () => {
    const keys = keyMap.flatMap((entry) => entry.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(actionOf('.')).toBe('step');
    expect(footerHints().length).toBeGreaterThan(6);
  });

  test('step and back are monitor commands, and the screen shows which', () => {
    const { app, source } = makeApp({ count: 5 });
    press(app, '.', ',');
    expect(source.commands).toEqual(['step', 'back']);
    expect(screen(app)).toContain(':back   event 5');
  });

  test('Space runs and pauses; the pace says how far', () => {
    const { app, source } = makeApp({ count: 2 });
    press(app, 'space');
    expect(screen(app)).toContain('▶ RUN');
    expect(app.tick(100, () => 0)).toBe(true);
    expect(source.count).toBe(2);
    for (let tick = 0; tick < 20; tick++) app.tick(100, () => 0);
    press(app, 'space');
    expect(screen(app)).toContain('■ PAUSED');
    expect(app.tick(100, () => 0)).toBe(false);
  });

  test('a guided run stops by itself when somebody learns of the death, and says so', () => {
    const { app, source } = makeApp({ count: 2, guided: true });
    press(app, '+', '+', '+', '+');
    app.tick(50, () => 0);
    expect(source.count).toBe(7);
    const text = screen(app);
    expect(text).toContain('▸ client is told by abort_session, 330 ms after eee0 died (S20). Not told: old.');
    expect(text).toContain('Space goes on');
    press(app, 'space');
    app.tick(50, () => 0);
    expect(source.count).toBe(11);
    expect(screen(app)).toContain(
      "▸ new_session: the block is standby's own memory; standby must free it (S7).",
    );
    expect(screen(app)).toContain('■ PAUSED');
  });

  test('without the story it does not stop', () => {
    const { app, source } = makeApp({ count: 1, guided: true });
    press(app, 's', '+', '+', '+', '+');
    app.tick(50, () => 0);
    expect(source.count).toBe(11);
  });

  test('Enter on a session shows its history, Escape goes back', () => {
    const { app, source } = makeApp();
    press(app, 'enter');
    expect(source.commands).toEqual(['events --session client.1']);
    expect(screen(app)).toContain('Esc closes');
    expect(screen(app)).toContain('placed by app client; who frees it: app client: rmc_close, then free');
    expect(screen(app)).toMatch(/6 ! abort_session +client +client\.1 +silence/);
    press(app, 'escape');
    expect(screen(app)).not.toContain('Esc closes');
  });

  test('? shows all keys from the key map', () => {
    const { app } = makeApp({ height: 70 });
    press(app, '?');
    for (const entry of keyMap) if (entry.shown !== '') expect(screen(app)).toContain(entry.help);
  });

  test('the prompt shows what is wrong and stays open; a right command closes it', () => {
    const { app } = makeApp();
    press(app, ':', ...'sesions', 'enter');
    expect(screen(app)).toContain('did you mean sessions?');
    expect(app.frame().cursor).toBeDefined();
    press(app, 'ctrl-u', ...'sessions', 'enter');
    expect(app.frame().cursor).toBeUndefined();
    expect(screen(app)).toContain('three');
  });

  test('/ filters the log, Escape shows all again', () => {
    const { app } = makeApp({ height: 30 });
    press(app, '5', '/', ...'new_session', 'enter');
    expect(screen(app)).not.toContain('rmc_open ');
    expect(screen(app)).toContain('/new_session');
    press(app, 'escape');
    expect(screen(app)).toContain('rmc_open ');
  });

  test('/ filters the sessions and the ledger where they have the focus; n goes on, Escape shows all again', () => {
    const { app } = makeApp({ width: 100, height: 30 });
    press(app, '3', '/', ...'client.', 'enter');
    expect(screen(app)).toMatch(/SESSION .*\/client\./);
    expect(screen(app)).toContain('▸client.1');
    expect(screen(app)).not.toMatch(/^.standby/m);
    press(app, 'n');
    expect(screen(app)).toContain('▸client.2');
    press(app, 'N');
    expect(screen(app)).toContain('▸client.1');
    press(app, '4', '/', ...'s17', 'enter');
    expect(screen(app)).not.toMatch(/✓ client/);
    expect(screen(app)).toContain('/client. /s17 (Esc: all)');
    press(app, 'escape');
    expect(screen(app)).toMatch(/✓ client/);
    expect(screen(app)).toContain('/client.');
    press(app, 'escape');
    expect(screen(app)).not.toContain('/client.');
    expect(screen(app)).toMatch(/^.standby\/1/m);
  });

  test('o sorts the sessions by a column, and back to what matters now', () => {
    const { app } = makeApp({ width: 100, height: 30 });
    const names = (): string[] =>
      [...screen(app).matchAll(/^[▸* ]([a-z]+[./]?[0-9]*) +(?:OPEN|LISTEN|ACCEPT) /gm)].map(
        (found) => found[1] ?? '',
      );
    const before = names();
    press(app, 'o');
    expect(names()).toEqual([...names()].sort());
    expect(screen(app)).toContain('by name');
    press(app, ...Array<string>(sortKeys.length - 1).fill('o'));
    expect(names()).toEqual(before);
    press(app, 'O');
    expect(names()).not.toEqual(before);
  });

  test('what a command said is gone with the next command or step', () => {
    for (const next of [['.'], [','], ['space'], [':', ...'step', 'enter']]) {
      const { app } = makeApp();
      press(app, ':', ...'sessions', 'enter');
      expect(screen(app)).toContain('Esc closes');
      press(app, ...next);
      expect(screen(app), next.join('')).not.toContain('Esc closes');
    }
  });

  test('goto a time at which commands were given says which, and how to get before them', () => {
    const { app, source } = makeApp({ count: 2 });
    source.events = [
      event(1, 5, 'node_up', { node: 'a' }),
      event(2, 500_000, 'command', { text: 'hang server' }),
      event(3, 500_000, 'process_hang', { app: 'server' }, 2),
    ];
    source.count = 3;
    press(app, ':', ...'goto 500ms', 'enter');
    expect(screen(app)).toContain(':goto 500ms   after `hang server`; @1 is before it');
    source.count = 1;
    press(app, ':', ...'goto 5us', 'enter');
    expect(screen(app)).not.toContain('is before');
  });

  test('a failed drill stays in the headline, whatever happens after it', () => {
    const { app, source } = makeApp({ count: 5 });
    source.failure = 'line 8: expected learned --app old: 0 of 1 came';
    press(app, '.', '.');
    expect(screen(app)).toContain('▸ FAILED: line 8: expected learned --app old: 0 of 1 came');
    expect(screen(app)).toContain('✗ FAILED');
    source.failure = '';
    expect(screen(app)).not.toContain('FAILED: ');
  });

  test('scrolling the log up stops following, the end follows again', () => {
    const { app } = makeApp();
    press(app, '5', ...Array<string>(7).fill('up'));
    expect(screen(app)).toMatch(/paused, \d+ new/);
    press(app, 'G');
    expect(screen(app)).not.toContain('new (G)');
  });

  test('an event that is marked in the log marks its session and node too; Enter goes there, w asks why', () => {
    const { app, source } = makeApp({ height: 30 });
    press(app, '5', 'up');
    const marked = app.state.selectedEvent ?? 0;
    expect(marked).toBeGreaterThan(0);
    const session = String(source.event(marked).fields.get('session') ?? '');
    if (session !== '') expect(app.state.selectedSession).toBe(session);
    press(app, 'w');
    expect(source.commands.at(-1)).toBe(`why @${marked}`);
    press(app, 'escape', 'enter');
    expect(source.commands.at(-1)).toBe(`goto @${marked}`);
    press(app, '3', 'down', 'w');
    expect(source.commands.at(-1)).toBe(`why ${app.state.selectedSession}`);
    const of = source.view().sessions.find(({ name }) => name === app.state.selectedSession);
    expect(source.view().nodes[app.state.selectedNode]?.name).toBe(of?.node);
    press(app, '1', 'w');
    expect(source.commands.at(-1)).toBe(`why ${of?.node}`);
  });

  test('u: . and , go to the next and the last callback, and the screen shows the command that it is', () => {
    const { app, source } = makeApp({ count: 1 });
    press(app, 'u', 'u');
    expect(screen(app)).toContain('by callback');
    press(app, '.');
    const first = source.eventCount();
    expect(['new_session', 'abort_session', 'open_done']).toContain(source.event(first).event);
    expect(screen(app)).toMatch(/:step \d+/);
    press(app, '.');
    expect(source.eventCount()).toBeGreaterThan(first);
    press(app, ',');
    expect(source.commands.at(-1)).toBe(`goto @${first}`);
  });

  test('a click on the line of time goes there', () => {
    const { app, source } = makeApp();
    app.input({ kind: 'mouse', action: 'press', x: 2, y: 2 });
    expect(source.commands.at(-1)).toBe('goto 0us');
    app.input({ kind: 'mouse', action: 'press', x: 40, y: 2 });
    expect(source.commands.at(-1)).toMatch(/^goto \d+us$/);
  });

  test('Tab and numbers choose a pane, z shows it alone', () => {
    const { app } = makeApp();
    press(app, '4', 'z');
    expect(screen(app)).toContain('WHO HAS LEARNED');
    expect(screen(app)).not.toContain('SESSION ');
    press(app, 'z', 'tab');
    expect(screen(app)).toContain('▸LOG');
  });

  test('going back takes the caption back', () => {
    const { app } = makeApp({ count: 7 });
    expect(screen(app)).toContain('client is told by abort_session');
    press(app, ',');
    expect(screen(app)).toContain("eee0 lost its power and told nobody; RMC's blocks went with it.");
    press(app, ',', ',', ',', ',', ',', ',');
    expect(screen(app)).toContain('client works with server');
  });

  test('a click focuses a pane, the wheel scrolls, a click on a hint is its key', () => {
    const { app, source } = makeApp();
    app.input({ kind: 'mouse', action: 'press', x: 5, y: 17 });
    expect(app.state.focus).toBe('ledger');
    app.input({ kind: 'mouse', action: 'wheel-up', x: 5, y: 20 });
    expect(app.state.focus).toBe('log');
    const at = screen(app).split('\n')[23]?.indexOf('step') ?? 0;
    app.input({ kind: 'mouse', action: 'press', x: at, y: 23 });
    expect(source.commands).toEqual(['step']);
  });

  test('stray output goes to the log', () => {
    const { app } = makeApp({ height: 30 });
    app.note('a library said\nsomething');
    expect(screen(app)).toContain('a library said');
  });
});

describe('pace', () => {
  test('carries fractions of a microsecond, and does not jump after a suspension', () => {
    const pace = new Pace();
    pace.change(-1);
    let now = 0;
    for (let tick = 0; tick < 30; tick++) now = pace.target(now, 1);
    expect(now).toBe(1_000);
    expect(new Pace().target(0, 60_000)).toBe(25_000);
  });

  test('a run that falls behind says so, and what it keeps; it is never caught up in one jump', () => {
    const pace = new Pace();
    while (pace.speed.name !== '10') pace.change(1);
    expect(pace.target(1_000, 50)).toBe(501_000);
    pace.ran(500_000, 50);
    expect(pace.text).toBe('10');
    // The host was too slow: only 50 ms of virtual time in 50 ms. The next tick begins from there.
    for (let tick = 0; tick < 20; tick += 1) pace.ran(50_000, 50);
    expect(pace.text).toBe('10 (behind: 1.0)');
    expect(pace.target(1_051_000, 50)).toBe(1_551_000);
    for (let tick = 0; tick < 60; tick += 1) pace.ran(1_000, 50);
    expect(pace.text).toBe('10 (behind: 1/50)');
    // After a suspension of a minute a tick is a tick.
    expect(pace.target(0, 60_000)).toBe(2_500_000);
    pace.stopped();
    expect(pace.text).toBe('10');
    pace.change(1);
    pace.ran(1_550_000, 50);
    expect(pace.text).toBe('max (31)');
  });

  test('goes from slow to as fast as possible', () => {
    const pace = new Pace();
    for (let press = 0; press < 20; press++) pace.change(1);
    expect(pace.speed.name).toBe('max');
    expect(pace.target(5, 1)).toBe(Number.POSITIVE_INFINITY);
    for (let press = 0; press < 20; press++) pace.change(-1);
    expect(pace.speed).toBe(speeds[0]);
  });
});
