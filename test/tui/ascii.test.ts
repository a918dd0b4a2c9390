import { expect, test } from 'vitest';
import { language } from '../../index.js';
import { rules } from '../../nodes/index.js';
import { statuses } from '../../rmc-core/index.js';
import { keyMap } from '../../tui/control/keys.js';
import { helpLines } from '../../tui/panes/help.js';
import { toAscii } from '../../tui/text/glyphs.js';
import { textOf } from '../../tui/text/line.js';
import { paneStops, scenarioStops } from '../../tui/tour/stops.js';
import { appOn, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

// In a locale without Unicode a glyph that nothing stands for would be a question mark.
test('everything that the screen says can be said in ASCII', () => {
  const { commands, events } = language();
  const said = [
    ...rules.map(({ text }) => text),
    ...statuses.map(({ meaning }) => meaning),
    ...commands.flatMap(({ help, words, options }) => [
      help,
      ...[...words, ...options].map((one) => one.help),
    ]),
    ...[...events.values()].flatMap(({ help, fields }) => [help, ...fields.map((field) => field.help)]),
    ...keyMap.flatMap(({ shown, help, hint }) => [shown, help, hint]),
    ...[...scenarioStops, ...paneStops].flatMap(({ title, text }) => [title, text]),
  ];
  expect(said.length).toBeGreaterThan(200);
  const marks = (text: string): number => text.split('?').length;
  for (const text of said) expect(marks(toAscii(text)), text).toBe(marks(text));
});

// `!` would also be told, failed and corrupt.
test('side by side the sign of what differs has a character that nothing else there has, and the keys explain it', () => {
  const app = appOn(sourceOf('failover.drill'), 120, 40);
  press(app, ':');
  type(app, 'run 1.5s');
  press(app, 'enter', 'e');
  const marks = (text: string, mark: string): number => text.split(mark).length - 1;
  for (const [keys, isSeen] of [
    ['', true],
    ['3z', true],
    ['4', false],
    ['zd', true],
  ] as const) {
    press(app, ...keys);
    const text = rowsOf(app).join('\n');
    const differing = marks(text, '≠');
    expect(differing > 0, `${keys}: ${text}`).toBe(isSeen);
    expect(marks(toAscii(text), toAscii('≠')), keys).toBe(differing);
  }
  const keys = helpLines().map((row) => toAscii(textOf(row)));
  expect(keys.filter((row) => row.startsWith(` ${toAscii('≠')} `))).toHaveLength(1);
});
