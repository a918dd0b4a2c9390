import { describe, expect, test } from 'vitest';
import { UiApp } from '../../tui/app.js';
import { screenOf, sourceOf } from './support/scenario.js';

/** The built-in scenario, guided. */
function scenario(width: number, height: number): { app: UiApp; toNextStop: () => string } {
  const intro = 'client works with server';
  const app = new UiApp(sourceOf('failover.drill'), { width, height, guided: true, intro, history: [] });
  const toNextStop = (): string => {
    if (!app.state.running) app.input({ kind: 'key', name: 'space', text: ' ' });
    for (let tick = 0; tick < 1_000 && app.state.running; tick++) app.tick(250, () => 0);
    return screenOf(app);
  };
  return { app, toNextStop };
}

describe.each([
  [80, 24],
  [100, 30],
  [200, 50],
])('the scenario at %ix%i', (width, height) => {
  test('S13 S20 S7 D16 stops where the story turns, with what it is about in sight', () => {
    const { toNextStop } = scenario(width, height);
    const died = toNextStop();
    expect(died).toMatch(
      /▸ eee0 lost its power and told nobody; .*RMC.*went with it\. Who (will )?learns?\?/,
    );
    for (const name of ['server/1', 'server/2']) {
      expect(died).toMatch(new RegExp(`^.${name} +ACCEPT ✗ lost[* ]+R .*RMC`, 'm'));
    }
    expect(died).toMatch(/^.client\.1 +OPEN +✓ OPEN/m);

    const told = toNextStop();
    expect(told).toContain('client is told by abort_session, 300 ms after eee0 died (S20). Not told: old.');
    expect(told).toMatch(/^.client\.2 +OPEN +… OPENING/m);

    const placed = toNextStop();
    expect(placed).toMatch(/▸ new_session: .*standby must free it \(S7\)\./);
    expect(placed).toMatch(/^.standby\/1 +ACCEPT ✓ ESTABLISHED[* ].*N .*new/m);

    expect(toNextStop()).toContain('▸ ssc0 lost its power and told nobody.');

    const freed = toNextStop();
    expect(freed).toMatch(/▸ standby (is )?told by close_session.*TRUE: it frees its block/);
    expect(freed).toMatch(/^.standby\/1 +ACCEPT · CLOSED[* ].*freed ✓/m);
  });

  test('the order of the sessions changes only where something fails or is over', () => {
    const { app, toNextStop } = scenario(width, height);
    app.input({ kind: 'key', name: 's', text: 's' });
    toNextStop();
    const orders = new Set<string>();
    for (let step = 0; step < 60; step++) {
      app.input({ kind: 'key', name: ',', text: ',' });
      const names = [...screenOf(app).matchAll(/^[▸* ](\S+) +(?:OPEN|LISTEN|ACCEPT) /gm)];
      orders.add(names.map((found) => found[1]).join(' '));
    }
    expect(orders.size).toBeLessThanOrEqual(6);
  });
});

test('goto a time at which something was typed says so, and the event named is before it', () => {
  const source = sourceOf('failover.drill');
  const app = new UiApp(source, { width: 100, height: 30, guided: false, intro: '', history: [] });
  const give = (text: string): string => {
    app.input({ kind: 'key', name: ':', text: ':' });
    for (const letter of text) app.input({ kind: 'key', name: letter, text: letter });
    app.input({ kind: 'key', name: 'enter', text: '' });
    return screenOf(app);
  };
  give('run 500ms');
  give('hang server');
  give('run 10ms');
  const hint = /:goto 500ms {3}after `hang server`; @(\d+) is before it/.exec(give('goto 500ms'));
  expect(source.view().nodes[1]?.boxes[0]?.state).toBe('hung');
  expect(hint).not.toBeNull();
  give(`goto @${hint?.[1]}`);
  expect(source.view().nodes[1]?.boxes[0]?.state).toBe('running');
});

describe('the caption', () => {
  function appWith(...commands: string[]): UiApp {
    const options = { width: 100, height: 30, guided: false, intro: '', history: [] };
    const app = new UiApp(sourceOf('failover.drill'), options);
    for (const text of commands) {
      app.input({ kind: 'key', name: ':', text: ':' });
      app.input({ kind: 'paste', text });
      app.input({ kind: 'key', name: 'enter', text: '' });
    }
    return app;
  }

  test('on another branch it tells what happened there', () => {
    const app = appWith('run 950ms', 'goto 300ms', 'kill eee0.rmc', 'branch main', 'goto 600ms');
    expect(screenOf(app)).toContain('Nothing has failed so far.');
  });

  test('D30 it says the way of the first telling, as the ledger does, and of what failed', () => {
    const app = appWith('run 300ms', 'kill eee0.rmc', 'run until learned --app client');
    const text = screenOf(app);
    expect(text).toMatch(/client is told by io, 200 ms after eee0\.rmc ended/);
    expect(text).toMatch(/✓ client .* io /);
  });
});
