import { expect, test } from 'vitest';
import { language } from '../../index.js';
import { rules } from '../../nodes/index.js';
import { statuses } from '../../rmc-core/index.js';
import { keyMap } from '../../tui/control/keys.js';
import { toAscii } from '../../tui/text/glyphs.js';
import { paneStops, scenarioStops } from '../../tui/tour/stops.js';

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
