import { describe, expect, test } from 'vitest';
import { actionOf, footerHints } from '../../tui/control/keys.js';
import { hanging } from '../../tui/text/line.js';
import { appOn, click, placeOf, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

function told(width = 100, height = 50) {
  const source = sourceOf('failover.drill');
  source.command('run 1270ms');
  const app = appOn(source, width, height);
  const ask = (): string => {
    press(app, 'i');
    return rowsOf(app).join('\n');
  };
  return { app, source, ask };
}

describe('i says what the selected thing is, and by which rules', () => {
  test('it is in the key map and in the footer', () => {
    expect(actionOf('i')).toBe('info');
    expect(footerHints().map(({ action }) => action)).toContain('info');
  });

  test('S13: a session: whose memory by which rule, and what frees it', () => {
    const { app, ask } = told();
    click(app, 3, placeOf(app, /^.server\/1/).y);
    const said = ask();
    expect(said).toContain('server/1: ACCEPT session of server on eee0, an EEE of R1.1');
    expect(said).toMatch(/its block +R 0x1080 on eee0, gone with its process, placed by RMC/);
    expect(said).toContain('S13  On an EEE RMC is an application of its own');
  });

  test('S20: an event: its fields and their meanings', () => {
    const { app, source, ask } = told();
    press(app, '5', 'up');
    while (source.event(app.state.selectedEvent ?? 0).event !== 'learned') press(app, 'up');
    const said = ask();
    expect(said).toMatch(/how +abort_session +the callback, completion or call that told it/);
    expect(said).toContain('S20  R1.1 with abort_session: the client is told at once');
  });

  test('S17: a row of the ledger: why it is not told', () => {
    const { app, ask } = told();
    press(app, '4', 'down', 'down');
    const said = ask();
    expect(said).toContain('old.1: OPEN session of old on ssc2, an SSC of R1.0.x');
    expect(said).toMatch(/it was not told \(never\): idle[\s\S]*S17 {2}In R1\.0\.x/);
  });

  test('D19: a node, and a block by its place', () => {
    const { app, ask } = told();
    press(app, '1', 'right');
    expect(ask()).toContain('D19  On an SSC RMC is a library');
    press(app, 'escape', '6', 'j', 'j');
    expect(ask()).toMatch(/help client 0x1080[\s\S]*owner +A client/);
  });

  test('with nothing to select it says so', () => {
    const app = appOn(sourceOf());
    press(app, 'i');
    expect(rowsOf(app).join('\n')).toContain('help: select an event, a session or a node');
  });
});

describe('help on a narrow screen', () => {
  test('is wrapped below its column, and nothing of it is cut', () => {
    const { app } = told(50, 40);
    press(app, ':');
    type(app, 'help S20');
    press(app, 'enter');
    const said = rowsOf(app).join('\n');
    expect(said).not.toContain('…│');
    expect(said).toContain('pending');
  });

  test('hanging keeps short rows, the columns before the last, and words whole', () => {
    expect(hanging('  state  OPEN', 20)).toEqual(['  state  OPEN']);
    expect(hanging('S7  one two three four five', 12)).toEqual([
      'S7  one two',
      '    three',
      '    four',
      '    five',
    ]);
    expect(hanging('no columns in this text', 10)).toEqual(['no columns', 'in this', 'text']);
    expect(hanging('a very long first column  and more', 20)[1]?.startsWith('    ')).toBe(true);
  });
});
