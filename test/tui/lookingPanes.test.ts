import { describe, expect, test, vi } from 'vitest';
import { UiApp } from '../../tui/app.js';
import { FORGET_PART } from '../../tui/reading/logIndex.js';
import { FakeSource } from './support/fakeSource.js';
import { event, failoverView } from './support/fixtures.js';
import { screenOf, sourceOf } from './support/scenario.js';

/** The failover scenario at a moment, in the UI of 100 by 40 cells. */
function appAt(time: string) {
  const source = sourceOf('failover.drill');
  const app = new UiApp(source, { width: 100, height: 40, guided: false, intro: '', history: [] });
  const press = (...keys: string[]): string => {
    for (const name of keys) app.input({ kind: 'key', name, text: name.length === 1 ? name : '' });
    return screenOf(app);
  };
  const give = (text: string): string => {
    press(':');
    for (const letter of text) press(letter);
    return press('enter');
  };
  give(`run ${time}`);
  return { app, source, press, give };
}

describe('panes that share a place', () => {
  test('6: every memory with its blocks; what is marked there is marked in the sessions, and the other way round', () => {
    const { app, source, press } = appAt('500ms');
    press('3');
    while (app.state.selectedSession !== 'server/1') press('down');
    expect(press('6', 'z')).toMatch(/▸ 0x\w+ +128 +R eee0\.rmc +server\/1/);
    press('down');
    const { selectedBlock, selectedSession } = app.state;
    expect(selectedBlock?.space).toBe('eee0');
    const block = source.block('eee0', selectedBlock?.address ?? 0);
    expect(block?.sessions).toContain(selectedSession);
    expect(source.view().nodes[app.state.selectedNode]?.name).toBe('eee0');
  });

  test('Enter shows a block with its fields; those that changed since it was last looked at have a star', () => {
    const { press, give } = appAt('400ms');
    press('3', 'g', '6');
    expect(press('enter')).toMatch(/\+48 +send_accepted/);
    expect(press('enter')).not.toMatch(/\* *\+48/);
    press('escape');
    give('run 300ms');
    press('6');
    expect(press('enter')).toMatch(/\* ?\+48 +send_accepted/);
  });

  test('7 and 8: the frames as a table and as a diagram; a frame that is marked is marked in the log too', () => {
    const { app, source, press } = appAt('1100ms');
    expect(press('a', '7')).toContain('TRAFFIC');
    expect(press('z')).toMatch(/HEARTBEAT ssc0→eee0 +✗ dropped \(off\)/);
    press('up', 'up');
    const marked = app.state.selectedEvent ?? 0;
    expect(source.event(marked).event).toBe('frame_sent');
    expect(press('8')).toContain('SEQUENCE');
    expect(app.state.selectedEvent).toBe(marked);
    press('5');
    expect(app.state.logEnd).toBeGreaterThan(0);
    expect(press('7', 'G')).toContain('TRAFFIC');
  });

  test('9: plots of what was counted, and going back takes it back', () => {
    const { press, give } = appAt('2s');
    expect(press('9', 'z')).toMatch(/messages \d+( in all)?, most \d+\/column/);
    expect(press()).toContain('abort_session 1:');
    give('goto 500ms');
    expect(press('9')).not.toContain('abort_session 1:');
  });

  test('/ cuts the traffic down, Escape shows all again', () => {
    const { app, press } = appAt('500ms');
    press('7', '/');
    for (const letter of 'OPEN_REQ') press(letter);
    const shown = press('enter', 'z');
    expect(shown).toContain('/OPEN_REQ');
    expect(shown).not.toContain('HEARTBEAT ssc0');
    expect(press('escape')).toContain('HEARTBEAT');
    expect(app.state.zoomed).toBe(true);
  });
});

test('x says why a check failed, and a run goes on after it', () => {
  const source = sourceOf('failover.drill');
  const app = new UiApp(source, { width: 100, height: 30, guided: false, intro: '', history: [] });
  const give = (text: string): string => {
    for (const name of [':', ...text, 'enter'])
      app.input({ kind: 'key', name, text: name.length === 1 ? name : '' });
    return screenOf(app);
  };
  give('run 900ms');
  give('power off ssc0');
  expect(screenOf(app)).not.toContain('FAILED');
  give('run 500ms');
  expect(screenOf(app)).toContain('FAILED: line');
  app.input({ kind: 'key', name: 'x', text: 'x' });
  expect(screenOf(app)).toContain('chain of causes');
  app.input({ kind: 'key', name: 'escape', text: '' });
  app.input({ kind: 'key', name: 'space', text: ' ' });
  const before = source.status().nowUs;
  for (let tick = 0; tick < 5; tick += 1) app.tick(50, () => 0);
  expect(source.status().nowUs).toBeGreaterThan(before + 10_000);
});

describe('a run whose log has let go of its first events', () => {
  /** A source that has no event before `first`. */
  function sourceFrom(first: number): { source: FakeSource; forget: (first: number) => void } {
    const many = Array.from({ length: 3 * FORGET_PART }, (_, at) => event(at + 1, at, 'message', {}, at));
    const source = new FakeSource(failoverView, many);
    let oldest = first;
    vi.spyOn(source, 'firstEvent').mockImplementation(() => oldest);
    return {
      source,
      forget: (next) => {
        oldest = next;
      },
    };
  }

  test('the log’s window stays on the same rows while older ones go', () => {
    const { source, forget } = sourceFrom(1);
    const app = new UiApp(source, { width: 100, height: 40, guided: false, intro: '', history: [] });
    app.input({ kind: 'key', name: '5', text: '5' });
    app.input({ kind: 'key', name: 'up', text: '' });
    const before = screenOf(app);
    forget(2 * FORGET_PART + 1);
    expect(screenOf(app)).toBe(before);
  });

  test('what was selected and is gone is no longer selected, and nothing fails', () => {
    const { source, forget } = sourceFrom(1);
    const app = new UiApp(source, { width: 100, height: 40, guided: false, intro: '', history: [] });
    for (const name of ['5', 'g']) app.input({ kind: 'key', name, text: name });
    expect(app.state.selectedEvent).toBe(1);
    forget(FORGET_PART * 2 + 1);
    for (const name of ['7', '8', '9', '5', 'w', 'i', 'y', 'enter', 'escape', 'N']) {
      app.input({ kind: 'key', name, text: name.length === 1 ? name : '' });
      app.frame();
    }
    expect(app.state.selectedEvent ?? Number.POSITIVE_INFINITY).toBeGreaterThan(FORGET_PART * 2);
  });

  test('side by side says why there is none', () => {
    const { source } = sourceFrom(10);
    const app = new UiApp(source, { width: 100, height: 40, guided: false, intro: '', history: [] });
    app.input({ kind: 'key', name: 'e', text: 'e' });
    expect(screenOf(app)).toContain('this run is too long to be made again');
  });
});
