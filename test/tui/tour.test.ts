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
