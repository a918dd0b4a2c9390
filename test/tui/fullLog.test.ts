import { expect, test } from 'vitest';
import { Timeline, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { rmcExtensions } from '../../nodes/index.js';
import { UiApp } from '../../tui/app.js';
import { TimelineSource } from '../../tui/run/timelineSource.js';
import { screenOf } from './support/scenario.js';

/** A run whose log holds few events: a client sends to a server without end. */
function fullLog(keptEvents: number): UiApp {
  const makeWorld = (): World => new World({ seed: 1, extensions: rmcExtensions, limits: { keptEvents } });
  const timeline = new Timeline({ language: language(), makeWorld, isPaced: true });
  const source = new TimelineSource({ timeline }, (text) => timeline.command(text), 'none');
  const lines = ['node a ssc', 'app c --on a', 'rmc_listen c 9 --as s', 'rmc_open c a:9 --as x', 'run 1ms'];
  for (const line of [...lines, 'rmc_send x hello --count 1000000']) source.command(line);
  return new UiApp(source, {
    ...{ width: 120, height: 30, intro: '', guided: false, history: [], speed: 'max' },
  });
}

function press(app: UiApp, keys: string): void {
  for (const key of keys) app.input({ kind: 'key', name: key === ' ' ? 'space' : key, text: key });
}

test('a full log stops the run, says so and what is left to do; it goes back, and on as far as it was', () => {
  const app = fullLog(3_000);
  press(app, ' ');
  let nowMs = 0;
  for (let turn = 0; turn < 1_000 && app.state.running; turn++) app.tick(50, () => (nowMs += 1));
  expect(app.state.running).toBe(false);
  expect(app.isBehind).toBe(false);
  const full = 'limit reached: more than 3000 kept events; from here it goes only back';
  expect(screenOf(app)).toContain(full);
  // No option of another command is offered, and there is nothing that x would explain.
  expect(screenOf(app)).not.toMatch(/--log|explained/);
  press(app, ' ');
  app.tick(50, () => (nowMs += 1));
  expect(app.state.running).toBe(false);
  press(app, ',');
  expect(screenOf(app)).toContain('REWOUND');
  expect(screenOf(app)).not.toContain('limit reached');
});
