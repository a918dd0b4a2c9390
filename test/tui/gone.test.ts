import { describe, expect, test } from 'vitest';
import type { UiApp } from '../../tui/app.js';
import { appOn, press, rowsOf, type } from './support/pressing.js';
import { screenOf, sourceOf } from './support/scenario.js';

function give(app: UiApp, ...lines: string[]): void {
  for (const line of lines) {
    press(app, ':');
    type(app, line);
    press(app, 'enter');
  }
}

function at(...lines: string[]): UiApp {
  const app = appOn(sourceOf('failover.drill'), 120, 40);
  give(app, ...lines);
  return app;
}

function empty(...lines: string[]): UiApp {
  const app = appOn(sourceOf(), 120, 40);
  give(app, ...lines);
  return app;
}

/** The number of the last event, as the headline says it. */
const eventOn = (app: UiApp): number => Number(/ event (\d+) /.exec(screenOf(app))?.[1]);

describe('what was selected and is not there after going back', () => {
  test('a session: w and i ask of the row that is marked in its place, as Enter opens it', () => {
    const app = at('run 1.5s');
    press(app, '3', 'g');
    for (let row = 0; row < 9 && app.state.selectedSession !== 'client.2'; row++) press(app, 'down');
    expect(app.state.selectedSession).toBe('client.2');
    give(app, 'goto 300ms');
    const marked = rowsOf(app).find((row) => /^▸\S+ +(OPEN|LISTEN|ACCEPT) /.test(row)) ?? '';
    const name = marked.slice(1).split(' ')[0] ?? '';
    expect(name).toMatch(/^\w+[./]\d$/);
    for (const [key, asked] of [
      ['w', `why ${name}`],
      ['i', `help ${name}`],
    ] as const) {
      press(app, key);
      expect(app.state.message).toEqual({ text: asked, bad: false });
    }
  });

  test('an event that has not come again: y copies the last one that has, and w asks of it', () => {
    const app = at('run 1.5s');
    press(app, '5', 'k', 'k');
    const future = app.state.selectedEvent ?? 0;
    give(app, 'goto 300ms');
    const last = Number(/ event (\d+) /.exec(screenOf(app))?.[1]);
    expect(future).toBeGreaterThan(last);
    press(app, 'y');
    expect(app.takeCopy()).toContain(` ${last} `);
    press(app, 'w');
    expect(app.state.message.text).toBe(`why @${last}`);
  });

  test('an event of the branch that was left is not selected on the new one, where its number is another event', () => {
    const app = at('run 1.5s');
    press(app, '5', 'k', 'k');
    give(app, 'goto 300ms', 'power off ssc1', 'run 3s');
    expect(app.state.selectedEvent).toBeUndefined();
    press(app, '5', 'k', 'k');
    const kept = app.state.selectedEvent;
    give(app, 'run 10ms');
    expect(app.state.selectedEvent).toBe(kept);
  });

  test('a node: another one is selected, and f shows its faults', () => {
    const app = empty('node a ssc', 'run 1ms', 'node b eee');
    press(app, '1', 'right');
    give(app, 'goto @1');
    press(app, 'f');
    expect(app.state.menu?.title).toContain('what can fail on a,');
  });
});

describe('an open repeat', () => {
  test('a key whose command has become a line of it says so, and opens the prompt for the rest', () => {
    for (const [key, line] of [
      ['.', 'step'],
      ['space', 'continue'],
    ] as const) {
      const source = sourceOf('failover.drill');
      const app = appOn(source, 120, 40);
      give(app, 'run 500ms');
      source.command('repeat 3');
      const before = eventOn(app);
      press(app, key);
      expect(app.state.message).toEqual({ text: `${line}   is a line of the repeat`, bad: false });
      expect(screenOf(app)).toContain('repeat is open');
      expect(eventOn(app)).toBe(before);
      expect(app.state.running).toBe(false);
    }
  });

  test.each(['escape', 'ctrl-c', 'ctrl-g'])(
    '%s drops it, and says so: the next command is none of its lines',
    (key) => {
      const app = at('run 500ms', 'repeat 3');
      expect(screenOf(app)).toContain('Esc drops it');
      type(app, 'kill client');
      press(app, 'enter');
      type(app, 'kill o');
      press(app, key);
      expect(app.state.prompt).toBeUndefined();
      expect(app.state.message).toEqual({ text: 'the repeat is dropped: nothing of it was run', bad: false });
      const before = eventOn(app);
      press(app, '.');
      expect(eventOn(app)).toBe(before + 1);
      give(app, 'end');
      expect(app.state.prompt?.problem?.message).toContain('end');
      expect(screenOf(app)).not.toContain('was killed');
    },
  );

  test('Backspace and Enter on an empty line leave it open', () => {
    const app = at('run 500ms', 'repeat 2');
    press(app, 'backspace', 'enter', 'backspace');
    expect(screenOf(app)).toContain('repeat is open');
    const before = eventOn(app);
    for (const line of ['step', 'end']) {
      type(app, line);
      press(app, 'enter');
    }
    expect(app.state.prompt).toBeUndefined();
    expect(eventOn(app)).toBe(before + 2);
  });

  test('Escape on any other prompt says nothing of a repeat', () => {
    const app = at('run 500ms', 'repeat 1', 'step', 'end');
    const { message } = app.state;
    press(app, ':', 'escape');
    expect([app.state.prompt, app.state.message]).toEqual([undefined, message]);
    press(app, ':', 'enter', ':', 'backspace');
    expect([app.state.prompt, app.state.message]).toEqual([undefined, message]);
  });
});

describe('side by side', () => {
  test('e where there is no node shows no second world', () => {
    const app = empty();
    press(app, 'e');
    expect(app.state.message.text).toContain('no node yet');
    expect(screenOf(app)).not.toContain('BESIDE');
    give(app, 'node a ssc');
    press(app, 'e');
    expect(screenOf(app)).toContain('BESIDE IT: a as EEE');
  });

  test('a pane of the other world goes on reading a long log while the run stands', () => {
    const app = empty('node a ssc', 'node b eee', 'app client --on a', 'app server --on b');
    give(app, 'rmc_listen server 9 --as s', 'rmc_open client b:9 --as c', 'run 10ms');
    give(app, 'rmc_send c hello --count 1500', 'run 1s');
    press(app, 'e', '7');
    expect(screenOf(app)).toContain('reading: ');
    for (let turn = 0; turn < 20 && app.tick(50, () => 0); turn++) app.frame();
    expect(app.isBehind).toBe(false);
    expect(screenOf(app)).not.toContain('reading: ');
  });
});
