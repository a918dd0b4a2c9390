import { describe, expect, test } from 'vitest';
import { UiApp } from '../../tui/app.js';
import { actionOf } from '../../tui/control/keys.js';
import { tourRect } from '../../tui/tour/box.js';
import { paneStops, scenarioStops } from '../../tui/tour/stops.js';
import { FakeSource } from './support/fakeSource.js';
import { appOn, click, press, rowsOf } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

function scenario(width = 80, height = 24) {
  const source = sourceOf('failover.drill');
  const app = new UiApp(source, { width, height, guided: true, intro: ['begin'], history: [] });
  return { app, source, text: () => rowsOf(app).join('\n') };
}

describe.each([
  [80, 24],
  [100, 30],
  [200, 50],
])('the tour of the scenario at %ix%i', (width, height) => {
  test('each stop comes to its moment, with its pane in sight beside the box; the failed check stays away', () => {
    const { app, source, text } = scenario(width, height);
    press(app, 't');
    expect(app.state.running).toBe(false);
    for (const [at, stop] of scenarioStops.entries()) {
      expect(text()).toContain(`${at + 1}/${scenarioStops.length}  ${stop.title}`);
      const { tour } = app.state;
      const { layout } = app.frame();
      if (tour === undefined) throw new Error('no tour');
      const box = tourRect(tour, layout);
      const pane = layout.panes.get(stop.pane);
      expect(pane, stop.title).toBeDefined();
      if (pane !== undefined && stop.isAlone !== true && stop.ask === undefined) {
        expect(box.y + box.height <= pane.y || pane.y + pane.height <= box.y, stop.title).toBe(true);
      }
      if (stop.session !== undefined) expect(app.state.selectedSession).toBe(stop.session);
      if (stop.moment !== undefined) {
        const nowUs = source.status().nowUs;
        const found = Array.from({ length: source.eventCount() }, (_, index) => source.event(index + 1));
        expect(found.some(({ event, timeUs }) => event === stop.moment?.event && timeUs === nowUs)).toBe(
          true,
        );
      }
      expect(source.status().failure).toBe('');
      // All of the text is there: none is cut.
      const words = stop.text.split(' ').at(-1) ?? '';
      expect(text().replace(/[│\s]+/g, ' ')).toContain(words);
      press(app, at % 2 === 0 ? 'space' : 'enter');
    }
    expect(app.state.tour).toBeUndefined();
    expect(text()).toContain('the tour has ended');
  });
});

describe('the tour of a run that went another way', () => {
  /** What each stop says, and when the run stood there, in ms. */
  function stopsAfter(...commands: string[]) {
    const { app, source, text } = scenario();
    for (const command of commands) expect(source.command(command).problem).toBeUndefined();
    press(app, 't');
    const missing: number[] = [];
    const times: number[] = [];
    for (const [at, { title, text: told }] of scenarioStops.entries()) {
      const said = text().replace(/[│\s]+/g, ' ');
      const isMissing = said.includes(`${at + 1}/10 Not in this run`);
      if (isMissing) missing.push(at + 1);
      // It says which stop that is, tells nothing of it, and says how to get a run that has it.
      expect(said).toContain(title);
      expect(said.includes(told.slice(0, 30)), title).toBe(!isMissing);
      expect(said.includes('start rmc-emu again, and t'), title).toBe(isMissing);
      times.push(Math.round(source.status().nowUs / 1_000));
      press(app, 'space');
    }
    expect(app.state.tour).toBeUndefined();
    return { missing, times, horizonUs: source.horizon().timeUs };
  }

  test('as it is, it has them all', () => {
    expect(stopsAfter('run 100ms').missing).toEqual([]);
  });

  test('a stop that it does not come to says so, and the run stays where it was', () => {
    const { missing, times, horizonUs } = stopsAfter('run 100ms', 'kill client', 'kill old');
    expect(missing).toEqual([3, 4, 6, 8]);
    expect(new Set(times)).toEqual(new Set([0]));
    expect(horizonUs).toBe(2_500_000);
  });

  test('between two events it stays to the microsecond', () => {
    const { app, source, text } = scenario();
    source.command('run 1ms');
    press(app, 't', 'space');
    for (const command of ['kill client', 'run 33123us']) source.command(command);
    const { nowUs } = source.status();
    expect(source.event(source.eventCount()).timeUs).toBeLessThan(nowUs);
    press(app, 'space');
    expect(text()).toContain('3/10  Not in this run');
    expect(source.status().nowUs).toBe(nowUs);
  });

  test('it is not looked for where it cannot be any more', () => {
    const { app, source, text } = scenario();
    for (const command of ['run 100ms', 'kill client', 'run 5s']) source.command(command);
    const { nowUs } = source.status();
    press(app, 't', 'space');
    source.command(`goto ${nowUs}us`);
    press(app, 'space');
    expect(text()).toContain('3/10  Not in this run');
    expect(source.status().nowUs).toBe(nowUs);
    expect(source.horizon().timeUs).toBe(nowUs);
  });

  test('what came, but otherwise than the stop tells it, is not it', () => {
    // old is gone, and cannot be one that nobody can tell.
    expect(stopsAfter('run 1s', 'kill old').missing).toEqual([4]);
    // The standby is told of a client that was killed; its node has not died.
    expect(stopsAfter('run 1300ms', 'kill client').missing).toEqual([8]);
  });
});

describe('the tour', () => {
  test('t begins it; , goes back, not before the first; Esc ends it; the run stays where it is', () => {
    const { app, source, text } = scenario();
    expect(actionOf('t')).toBe('tour');
    press(app, 't', 'space', 'space');
    const { nowUs } = source.status();
    expect(nowUs).toBeGreaterThan(900_000);
    press(app, ',', ',', ',', ',');
    expect(text()).toContain('1/10');
    expect(source.status().nowUs).toBeLessThan(1_000);
    press(app, 'backspace', 'space', 'space', 'escape');
    expect(app.state.tour).toBeUndefined();
    expect(source.status().nowUs).toBe(nowUs);
    expect(text()).not.toContain('Esc ends');
  });

  test('other keys do what they do, and it goes on; a click in its box is Space', () => {
    const { app, text } = scenario(100, 40);
    press(app, 't', 'down', 'w');
    expect(app.state.overlay?.title).toContain('why');
    press(app, 'space');
    expect(app.state.overlay).toBeUndefined();
    expect(text()).toContain('2/10');
    const y = rowsOf(app).findIndex((row) => row.includes('2/10'));
    click(app, 50, y);
    expect(text()).toContain('3/10');
  });

  test('of a drill that is not the built-in one it explains the panes, and touches nothing', () => {
    const source = new FakeSource();
    const app = appOn(source);
    press(app, 't');
    for (const stop of paneStops) {
      expect(rowsOf(app).join('\n')).toContain(stop.title);
      expect(app.state.focus).toBe(stop.pane);
      press(app, 'space');
    }
    expect(source.commands).toEqual([]);
    expect(app.state.tour).toBeUndefined();
  });

  test('is offered in the caption, and closes what is in its way', () => {
    const { app, text } = scenario();
    app.tick(50, () => 0);
    expect(text()).toContain('t: a tour of one minute');
    press(app, 'P', 't');
    expect(app.state.projector).toBe(false);
    expect(text()).toContain('1/10');
  });
});
