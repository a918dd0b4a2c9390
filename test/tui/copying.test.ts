import { expect, test } from 'vitest';
import type { UiApp } from '../../tui/app.js';
import { appOn, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

function told(): UiApp {
  const app = appOn(sourceOf('failover.drill'), 120, 40);
  press(app, ':');
  type(app, 'run 1270ms');
  press(app, 'enter');
  return app;
}

test('y copies what is selected in the pane that has the focus, once, and says what', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['1', ['g'], /^ssc0 SSC R1\.1 on since 0\.000 000: process client running$/],
    ['2', ['G'], /^ssc2 SSC R1\.0\.x on /],
    [
      '3',
      ['g'],
      /^old\.1 OPEN OPEN of old on ssc2 peer eee0:9, block 0x1000 live, placed by app old, freed by /,
    ],
    ['4', ['g'], /^client on ssc0 R1\.1 client\.1 of eee0 node_down told abort_session 3 heartbeats missed/],
    ['4', ['G'], /^old on ssc2 .* not told never idle: no IO that could fail S17$/],
    ['5', ['up'], /^1\.250 400 185 open_done client client\.2 RMC_OK$/],
    ['6', ['g', 'G'], /^0x\w+ 128 bytes A old old\.1: live, freed by /],
    ['7', ['up'], /^1\.250 400 183 frame_sent ssc0 HEARTBEAT/],
    ['9', ['g'], /^1\.250 200 168 learned client client\.1 eee0/],
  ];
  for (const [pane, keys, wanted] of cases) {
    const app = told();
    press(app, pane);
    // A pane reads when it is drawn.
    rowsOf(app);
    press(app, ...keys);
    expect(app.takeCopy()).toBeUndefined();
    press(app, 'y');
    expect(rowsOf(app).join('\n')).toContain("copied to the terminal's clipboard: ");
    expect(app.takeCopy(), pane).toMatch(wanted);
    expect(app.takeCopy()).toBeUndefined();
  }
});

test('y copies all of the text that is open', () => {
  const app = told();
  press(app, '3', 'g', 'w', 'y');
  const lines = (app.takeCopy() ?? '').split('\n');
  expect(lines[0]).toContain('old.1: OPEN session of old, OPEN');
  expect(app.state.message.text).toBe(`copied to the terminal's clipboard: ${lines.length} lines`);
  expect(app.state.overlay).toBeDefined();
});

test('y says so where there is nothing', () => {
  const app = appOn(sourceOf(), 80, 24);
  for (const pane of ['1', '3', '4', '5', '6']) {
    press(app, pane, 'y');
    expect(app.takeCopy(), pane).toBeUndefined();
    expect(app.state.message.text).toBe('nothing to copy here');
  }
});
