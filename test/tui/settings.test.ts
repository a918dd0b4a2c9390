import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSettings, readSettings, settingsPath } from '../../tui/settings.js';

const read = (text: string) => readSettings(text, 'settings.json');

describe('settings', () => {
  test('stand where XDG says, else under ~/.config', () => {
    expect(settingsPath({ XDG_CONFIG_HOME: '/cfg' })).toBe('/cfg/rmc-emu/settings.json');
    expect(settingsPath({ XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/rmc-emu\/settings\.json$/);
  });

  test('no file is no settings; a file that cannot be read says so', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rmc-emu-settings-'));
    expect(loadSettings(join(folder, 'none.json'))).toEqual({ settings: {} });
    expect(loadSettings(folder)).toHaveProperty('problem', expect.stringContaining('cannot be read'));
    const file = join(folder, 'settings.json');
    writeFileSync(
      file,
      '{ "theme": "light", "ascii": true, "speed": "1/3", "stops": false, "mouse": false }',
    );
    expect(loadSettings(file)).toEqual({
      settings: { theme: 'light', ascii: true, speed: '1/3', stops: false, mouse: false },
    });
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['[]', 'settings.json: it has to be an object, as {"theme": "light"}'],
    [
      '{\n  "them": "light"\n}',
      'settings.json:2:3: there is no setting "them" (there are theme, ascii, mouse, speed, stops, projector); did you mean "theme"?',
    ],
    [
      '{ "theme": "pink" }',
      'settings.json:1:3: "theme" is one of "dark", "light", "contrast", "none", not "pink"',
    ],
    ['{ "theme": "contrst" }', 'not "contrst"; did you mean "contrast"?'],
    ['{ "projector": "on" }', 'settings.json:1:3: "projector" is one of true, false, not "on"'],
    ['{ "projecter": true }', 'did you mean "projector"?'],
    ['{ "ascii": "yes" }', 'settings.json:1:3: "ascii" is one of true, false, not "yes"'],
    ['{ "speed": 3 }', 'settings.json:1:3: "speed" is one of "1/1000",'],
  ])('%j is refused with its place and what is right', (text, problem) => {
    expect(read(text)).toHaveProperty('problem', expect.stringContaining(problem));
  });

  test('a broken file says which and what', () => {
    const problems = [
      ['{ "theme": ', 'settings.json:1:12: expected a value, not the end of the line'],
      ['{\n  "theme": "dark",\n}', 'settings.json:3:1: expected a name in quotes, not `}`'],
      ['{\n  "theme": light\n}', 'settings.json:2:12: expected "light" in quotes, not `light`'],
      ['{ "ascii": yes }', 'settings.json:1:12: expected true, not `yes }`'],
      ['{ "theme": "light", "ascii": 1 }', 'settings.json:1:21: "ascii" is one of true, false, not 1'],
    ] as const;
    for (const [text, problem] of problems) expect(read(text)).toEqual({ problem });
  });
});
