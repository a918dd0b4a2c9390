import { describe, expect, test } from 'vitest';
import { UiApp } from '../../tui/app.js';
import { markedKey } from '../../tui/control/ledgerLook.js';
import { KeyDecoder } from '../../tui/terminal/keyDecoder.js';
import { FakeSource } from './support/fakeSource.js';
import { appOn, click, placeOf, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

/** The built-in scenario after the first failure was told. */
function told(width = 100, height = 40): { app: UiApp; source: ReturnType<typeof sourceOf> } {
  const source = sourceOf('failover.drill');
  source.command('run 1270ms');
  return { app: appOn(source, width, height), source };
}

const clickOnText = (app: UiApp, text: string | RegExp, action?: 'right-press'): void => {
  const { x, y } = placeOf(app, text);
  click(app, x, y, action);
};

const selectedNode = (app: UiApp, source: ReturnType<typeof sourceOf>): string =>
  source.view().nodes[app.state.selectedNode]?.name ?? '';

describe('a click selects', () => {
  test('a session with its node; the second one opens its history', () => {
    const { app, source } = told();
    clickOnText(app, /^.standby\/1/m);
    expect(app.state.focus).toBe('sessions');
    expect(app.state.selectedSession).toBe('standby/1');
    expect(selectedNode(app, source)).toBe('ssc1');
    expect(app.state.overlay).toBeUndefined();
    clickOnText(app, '▸standby/1');
    expect(app.state.overlay?.title).toBe('events --session standby/1');
  });

  test('a row that is selected but was not clicked on is opened only once its pane has the focus', () => {
    const { app } = told();
    press(app, '3', 'j', '4');
    const { selectedSession } = app.state;
    expect(selectedSession).not.toBe('');
    const row = rowsOf(app).findIndex((text) => text.slice(1).startsWith(`${selectedSession} `));
    click(app, 2, row);
    expect(app.state.overlay).toBeUndefined();
    click(app, 2, row);
    expect(app.state.overlay).toBeDefined();
  });

  test('a node’s tile; the second one opens its faults, and the right button does at once', () => {
    const { app, source } = told();
    clickOnText(app, 'eee0 EEE');
    expect([app.state.focus, selectedNode(app, source)]).toEqual(['nodes', 'eee0']);
    expect(app.state.menu).toBeUndefined();
    clickOnText(app, 'eee0 EEE');
    expect(app.state.menu?.title).toContain('eee0');
    press(app, 'escape');
    clickOnText(app, 'ssc2 SSC', 'right-press');
    expect(app.state.menu?.title).toContain('ssc2');
  });

  test('a lane of the bus: its frame, and so its session; the strip: the node above it', () => {
    const { app, source } = told();
    clickOnText(app, /├─+ \S+ ─+/);
    expect(app.state.focus).toBe('bus');
    const frame = source.event(app.state.selectedEvent ?? 0);
    expect(frame.event).toBe('frame_sent');
    expect(selectedNode(app, source)).toBe(String(frame.fields.get('node')));
    clickOnText(app, /├─+ \S+ ─+/);
    expect(app.state.menu).toBeDefined();
    press(app, 'escape');
    const { y } = placeOf(app, 'bus 100 us');
    click(app, 99, y);
    expect(selectedNode(app, source)).toBe('ssc2');
    click(app, 99, y, 'right-press');
    expect(app.state.menu?.title).toContain('ssc2');
  });

  test('a row of the ledger: who it is about; w asks about that one', () => {
    const { app, source } = told();
    clickOnText(app, /✗ old /);
    expect(app.state.focus).toBe('ledger');
    expect(app.state.selectedSession).toBe('old.1');
    expect(selectedNode(app, source)).toBe('ssc2');
    press(app, 'w');
    expect(rowsOf(app).join('\n')).toContain('why old.1');
    press(app, 'escape');
    clickOnText(app, /✓ client /);
    press(app, 'w');
    expect(rowsOf(app).join('\n')).toMatch(/:why @\d+/);
  });

  test('an event of the log, which then stands still; the second one goes there', () => {
    const { app } = told();
    clickOnText(app, 'learned        client');
    const { selectedEvent = 0 } = app.state;
    expect(app.state.selectedSession).toBe('client.1');
    expect(app.state.logEnd).toBeDefined();
    clickOnText(app, 'learned        client');
    expect(rowsOf(app).join('\n')).toContain(`goto @${selectedEvent}`);
  });

  test('a frame of the table, which stays where it was; the second one goes there', () => {
    const { app, source } = told();
    press(app, '7');
    const y = rowsOf(app).findIndex((text) => text.includes('▸TRAFFIC')) + 3;
    const shown = rowsOf(app)[y];
    click(app, 20, y);
    expect(rowsOf(app)[y]?.slice(1)).toBe(shown?.slice(1));
    expect(rowsOf(app)[y]).toContain(String(app.state.selectedEvent));
    click(app, 20, y);
    expect(source.status().mode).toBe('REWOUND');
    press(app, '8');
    const mark = placeOf(app, '✗ process_exit');
    click(app, mark.x, mark.y);
    expect(source.event(app.state.selectedEvent ?? 0).event).toBe('process_exit');
    const sent = placeOf(app, /├─ HEARTBEAT ─┐ /);
    click(app, sent.x + 3, sent.y);
    expect(source.event(app.state.selectedEvent ?? 0).event).toBe('frame_sent');
  });

  test('a block by its row or on the map; the second one opens it', () => {
    const { app } = told();
    press(app, '6', 'z');
    const row = placeOf(app, /0x1080 .* client\.2/);
    click(app, 10, row.y);
    expect(app.state.selectedBlock).toEqual({ space: 'client', address: 0x1080 });
    expect(app.state.selectedSession).toBe('client.2');
    const map = placeOf(app, 'N═');
    click(app, map.x + 1, map.y);
    expect(app.state.selectedBlock?.space).toBe('standby');
    click(app, map.x + 1, map.y);
    expect(app.state.overlay?.title).toBe('block of standby');
  });

  test('nothing where there is nothing: a title, a note, the row of the last command', () => {
    const { app } = told();
    app.note('from a library');
    const before = app.state.selectedEvent;
    clickOnText(app, 'WHO HAS LEARNED');
    expect(app.state.selectedSession).toBe('');
    clickOnText(app, 'from a library');
    expect(app.state.selectedEvent).toBe(before);
    click(app, 1, 38);
    click(app, 99, 39);
    expect(app.state.overlay).toBeUndefined();
  });
});

test('with text over the panes a click in it does nothing, beside it or on its lower edge closes it', () => {
  const app = appOn(new FakeSource(), 100, 40);
  press(app, '3', 'enter');
  const edge = placeOf(app, 'Esc closes');
  click(app, 20, edge.y - 1);
  expect(app.state.overlay).toBeDefined();
  click(app, edge.x, edge.y);
  expect(app.state.overlay).toBeUndefined();
  press(app, 'enter');
  click(app, 5, 4);
  expect(app.state.overlay).toBeUndefined();
  expect(app.state.focus).toBe('sessions');
});

describe('while the prompt is open', () => {
  /** Everything that a click could have changed, but for the prompt. */
  const seen = (app: UiApp) => {
    const { focus, selectedEvent, selectedSession, selectedNode, message, overlay, menu, tour } = app.state;
    return { focus, selectedEvent, selectedSession, selectedNode, message, overlay, menu, at: tour?.at };
  };

  test.each(['press', 'right-press'] as const)('a %s gives no command, and the line stays', (action) => {
    const { app, source } = told(80, 24);
    press(app, ':');
    type(app, 'power off');
    const before = seen(app);
    const now = source.status();
    for (let y = 0; y < 24; y++) {
      for (let x = 1; x < 80; x += 13) {
        click(app, x, y, action);
        click(app, x, y, action);
      }
    }
    expect(seen(app)).toEqual(before);
    expect(source.status()).toEqual(now);
    expect(app.state.prompt?.line.text).toBe('power off');
  });

  test('a click in the box of the tour does not go on', () => {
    const source = sourceOf('failover.drill');
    const app = new UiApp(source, { width: 100, height: 40, guided: true, intro: 'begin', history: [] });
    press(app, 't', ':');
    type(app, 'nodes');
    const { x, y } = placeOf(app, 'Four nodes on a bus');
    click(app, x, y);
    expect(app.state.tour?.at).toBe(0);
    expect(app.state.prompt?.line.text).toBe('nodes');
  });

  test('the wheel scrolls beside a command; a filter stays with the pane that it was begun in', () => {
    const { app } = told(80, 24);
    const sessions = placeOf(app, /^.SESSION/).y;
    press(app, '5', ':');
    click(app, 3, sessions + 1, 'wheel-down');
    expect(app.state.focus).toBe('sessions');
    press(app, 'escape', '5', '/');
    click(app, 3, sessions + 1, 'wheel-down');
    expect(app.state.focus).toBe('log');
  });
});

test('a long list of sessions stands still while another row of it is clicked on', () => {
  const { app } = told(80, 24);
  press(app, '3', 'G');
  const names = (): string[] =>
    rowsOf(app).flatMap((row) => /^.(\S+) +(?:OPEN|LISTEN|ACCEPT) /.exec(row)?.[1] ?? []);
  const before = names();
  const y = rowsOf(app).findIndex((row) => row.slice(1).startsWith(`${before[1]} `));
  click(app, 3, y);
  expect(names()).toEqual(before);
  expect(app.state.selectedSession).toBe(before[1]);
});

test('the ledger is gone through by arrows, and its marked row stays in sight', () => {
  const { app, source } = told(80, 24);
  for (const command of ['power off ssc2', 'hang standby', 'kill client', 'run 1s']) source.command(command);
  const rows = source.view().ledger.flatMap((entry) => entry.rows).length;
  expect(rows).toBeGreaterThan(3);
  press(app, '4', 'g');
  const key = (): string => markedKey(app.state, source.view());
  const first = key();
  const seen = new Set<string>();
  for (let row = 0; row < rows; row++) {
    seen.add(key());
    const [, , session = ''] = key().split(' ');
    expect(app.state.selectedSession).toBe(session);
    press(app, 'down');
    const marked = rowsOf(app).filter((_, y) => app.frame().thingAt(3, y)?.kind === 'witness');
    expect(marked.length).toBeGreaterThan(0);
  }
  expect(seen.size).toBe(rows);
  press(app, 'g');
  expect(key()).toBe(first);
});

test('the right button is told from the left one', () => {
  const decoder = new KeyDecoder();
  expect(decoder.push('\x1b[<2;3;5M\x1b[<2;3;5m')).toEqual([
    { kind: 'mouse', action: 'right-press', x: 2, y: 4 },
  ]);
  expect(decoder.push('\x1b[<1;3;5M')).toEqual([]);
});
