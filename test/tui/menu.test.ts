import { describe, expect, test } from 'vitest';
import { actionOf, keyMap } from '../../tui/control/keys.js';
import { faultMenu } from '../../tui/menu/faultMenu.js';
import { type Menu, type MenuItem, menuKey, narrowed, newMenu, shownItems } from '../../tui/menu/menu.js';
import { menuLines, placeMenu } from '../../tui/panes/menuBox.js';
import type { TimelineSource } from '../../tui/run/timelineSource.js';
import { textOf, widthOf } from '../../tui/text/line.js';
import { FakeSource } from './support/fakeSource.js';
import { eee, failoverView, ssc } from './support/fixtures.js';
import { appOn, click, placeOf, press, rowsOf, type } from './support/pressing.js';
import { sourceOf } from './support/scenario.js';

const item = (text: string, note = ''): MenuItem => ({ text, note, does: { kind: 'give', command: text } });
const texts = (menu: Menu): string[] => shownItems(menu).map(({ text }) => text);
const rows = 10;

describe('a menu', () => {
  const menu = newMenu(
    'things',
    ['power off', 'poke', 'no power', 'empower', 'kill'].map((text) => item(text)),
  );

  test('typing narrows: what begins with it, then words that do, then what holds it; each word has to fit', () => {
    expect(texts(narrowed(menu, 'po'))).toEqual(['power off', 'poke', 'no power', 'empower']);
    expect(texts(narrowed(menu, 'OFF pow'))).toEqual(['power off']);
    expect(texts(narrowed(menu, 'zz'))).toEqual([]);
    expect(texts(narrowed(newMenu('t', [item('kill a; b stays'), item('kill b')]), 'kill b'))[0]).toBe(
      'kill b',
    );
    expect(texts(narrowed(newMenu('t', [item('b', 'kill'), item('kill')]), 'kill'))).toEqual(['kill', 'b']);
  });

  test('arrows and jk move, and stay at the ends; j and k are typed once something is, and k on the first row', () => {
    const afterKeys = (...keys: string[]): Menu | undefined =>
      keys.reduce<Menu | undefined>(
        (now, key) => (now === undefined ? now : menuKey(now, key, key.length === 1 ? key : '', rows).menu),
        menu,
      );
    expect(afterKeys('j', 'down', 'k')?.marked).toBe(1);
    expect(afterKeys('k', 'i')?.filter).toBe('ki');
    expect(afterKeys('up')?.marked).toBe(0);
    expect(afterKeys('end', 'down')?.marked).toBe(4);
    expect(afterKeys('page-down', 'home')?.marked).toBe(0);
    expect(afterKeys('o', 'k')?.filter).toBe('ok');
    expect(afterKeys('down', 'p')?.marked).toBe(0);
    expect(afterKeys('p', 'x', 'backspace')?.filter).toBe('p');
    expect(afterKeys('p', 'x', 'ctrl-u')?.filter).toBe('');
    expect(afterKeys('left')).toEqual(menu);
    for (const key of ['escape', 'ctrl-c', 'ctrl-g']) expect(afterKeys(key)).toBeUndefined();
  });

  test('Enter chooses the marked row, Tab to change it first; with nothing to choose it stays open', () => {
    const typed = narrowed(menu, 'kill');
    expect(menuKey(typed, 'enter', '', rows).chosen?.text).toBe('kill');
    expect(menuKey(typed, 'enter', '', rows).edit).toBe(false);
    expect(menuKey(typed, 'tab', '', rows).edit).toBe(true);
    const none = narrowed(menu, 'zz');
    expect(menuKey(none, 'enter', '', rows)).toEqual({ menu: none });
  });

  test('its box keeps within the body, and its size does not change with what is typed', () => {
    const many = newMenu(
      'a long list',
      Array.from({ length: 60 }, (_, at) =>
        item(`row ${at} of the list`, `command number ${at} ${'x'.repeat(30)}`),
      ),
    );
    for (const [width, height] of [
      [32, 4],
      [40, 8],
      [80, 19],
      [200, 45],
    ] as const) {
      const body = { x: 0, y: 3, width, height };
      const { rect } = placeMenu(many, body);
      expect(rect.y + rect.height).toBeLessThanOrEqual(3 + height);
      expect(placeMenu(narrowed(many, 'row 5'), body).rect).toEqual(rect);
      for (const one of [many, narrowed(many, 'zz'), { ...many, marked: 59 }]) {
        const lines = menuLines(one, placeMenu(one, body));
        expect(lines).toHaveLength(rect.height);
        for (const row of lines) expect(widthOf(row)).toBe(rect.width);
      }
    }
    const end = { ...many, marked: 59 };
    const text = menuLines(end, placeMenu(end, { x: 0, y: 3, width: 80, height: 19 }))
      .map(textOf)
      .join('\n');
    expect(text).toContain('▸ row 59');
    expect(text).toContain('more above');
  });
});

describe('the palette', () => {
  test('has every action with its key, and every command with its form', () => {
    const source = new FakeSource();
    const app = appOn(source, 200, 70);
    expect(actionOf('ctrl-p')).toBe('palette');
    press(app, 'ctrl-p');
    const shown = app.state.menu?.items ?? [];
    for (const { action, help, shown: key } of keyMap) {
      if (key === '' || ['up', 'pane', 'palette'].includes(action)) continue;
      expect(shown.map(({ text, note }) => `${text} ${note}`).join('\n')).toContain(`${help} ${key}`);
    }
    expect(rowsOf(app).join('\n')).toContain('kill <app|node.rmc>');
    expect(shown.filter(({ does }) => does.kind === 'begin')).toHaveLength(source.commandForms().length);
  });

  test('choosing an action does it, choosing a command opens the prompt with its name and form', () => {
    const source = new FakeSource();
    const app = appOn(source);
    press(app, 'ctrl-p');
    type(app, 'one step back');
    press(app, 'enter');
    expect(source.commands).toEqual(['back']);
    expect(app.state.menu).toBeUndefined();
    press(app, 'ctrl-p');
    type(app, 'switches a node');
    press(app, 'enter');
    expect(app.state.prompt?.line).toEqual({ text: 'power off ', cursor: 10 });
    expect(rowsOf(app).join('\n')).toContain('power off|on <node>');
    press(app, 'escape', 'ctrl-p');
    type(app, 'traffic:');
    press(app, 'enter');
    expect(app.state.focus).toBe('traffic');
  });

  test('the words of a first argument are rows of their own where they are typed, those of options find the command', () => {
    const source = sourceOf('failover.drill');
    const app = appOn(source, 120, 40);
    press(app, 'ctrl-p');
    const whole = shownItems(app.state.menu ?? newMenu('', [])).map(({ text }) => text);
    expect(whole).not.toContain('inject loss');
    expect(whole.filter((text) => text.startsWith('inject <'))).toHaveLength(1);
    for (const kind of ['loss', 'delay', 'corrupt', 'duplicate', 'reorder']) {
      press(app, 'ctrl-u');
      type(app, kind);
      expect(rowsOf(app).join('\n')).toMatch(new RegExp(`[▸ ] inject ${kind} `));
    }
    const found = (words: string): string[] => texts(narrowed(app.state.menu ?? newMenu('', []), words));
    expect(found('loss').slice(0, 2)).toEqual(['link loss', 'inject loss']);
    expect(found('hardware')).toEqual([expect.stringMatching(/^node </)]);
    press(app, 'ctrl-u');
    type(app, 'inject loss');
    press(app, 'enter');
    expect(app.state.prompt?.line).toEqual({ text: 'inject loss ', cursor: 12 });
  });

  test('what can fail on the selected node is found by what is typed, and given at once', () => {
    const source = new FakeSource();
    const app = appOn(source, 120, 40);
    press(app, '1', 'right', 'right', 'ctrl-p');
    expect(rowsOf(app).join('\n')).not.toContain('ssc1: ');
    type(app, 'kill standby');
    expect(rowsOf(app).join('\n')).toMatch(/▸ ssc1: kill standby and the RMC in it +kill standby/);
    expect(rowsOf(app).join('\n')).toContain('Enter gives it  Tab changes it first');
    press(app, 'enter');
    expect(source.commands).toEqual(['kill standby']);
    press(app, 'escape', 'ctrl-p');
    type(app, 'loss');
    expect(rowsOf(app).join('\n')).toContain('inject loss --from ssc1 --count 3');
    press(app, 'tab');
    expect(app.state.prompt?.line.text).toMatch(/--(from|to) ssc1/);
  });

  test('of the real language it has each command, and what it begins with is no mistake', () => {
    const source = sourceOf('failover.drill');
    const forms = source.commandForms();
    expect(forms.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['inject', 'run until', 'why', 'branch']),
    );
    for (const { name, usage } of forms) {
      expect(usage.startsWith(name), usage).toBe(true);
      expect(source.complete(`${name} `, name.length + 1).usage, name).toBe(usage);
    }
  });
});

describe('the fault menu', () => {
  const commandsOf = (menu: Menu): string[] => menu.items.map(({ note }) => note);

  test('S13 D19: an EEE has an RMC process to kill and to hang, an SSC has not', () => {
    const view = { ...failoverView, nodes: [ssc('s', 'a'), eee('e', 'b')] };
    const [s, e] = view.nodes.map((node) => commandsOf(faultMenu(view, node)));
    expect(e).toEqual(
      expect.arrayContaining(['kill e.rmc', 'hang e.rmc', 'inject alloc-failure --in e.rmc --count 1']),
    );
    expect(s?.join()).not.toContain('.rmc');
    const words = faultMenu(view, view.nodes[0] ?? ssc('s', 'a')).items.map(({ text }) => text);
    expect(words).toContain('kill a and the RMC in it');
  });

  test('each row is the command that it shows; cuts are there for each other node, one way and both', () => {
    const view = { ...failoverView, nodes: [ssc('s', 'a'), eee('e', 'b'), ssc('t', 'c')] };
    const menu = faultMenu(view, view.nodes[0] ?? ssc('s', 'a'));
    for (const { note, does } of menu.items) expect(does).toEqual({ kind: 'give', command: note });
    for (const other of ['e', 't']) {
      expect(commandsOf(menu)).toEqual(
        expect.arrayContaining([`cut s ${other}`, `cut s ${other} --one-way`, `cut ${other} s --one-way`]),
      );
    }
    const cutAt = (from: string, to: string, oneWay: boolean): string[] =>
      commandsOf(
        faultMenu(
          { ...view, bus: { ...view.bus, cuts: [{ from, to, oneWay }] } },
          view.nodes[0] ?? ssc('s', 'a'),
        ),
      ).filter((command) => /^(cut|heal).* e|^heal$/.test(command));
    expect(cutAt('s', 'e', false)).toEqual(['heal', 'heal s e']);
    expect(cutAt('s', 'e', true)).toEqual(['heal', 'cut s e', 'cut e s --one-way', 'heal s e']);
    expect(cutAt('e', 's', true)).toEqual(['heal', 'cut s e', 'cut s e --one-way', 'heal s e']);
  });

  test('Enter gives the command and remembers it, Tab puts it into the prompt, Esc does nothing', () => {
    const source = new FakeSource();
    const app = appOn(source);
    press(app, '1', 'right', 'right', 'f');
    expect(rowsOf(app).join('\n')).toContain('what can fail on ssc1, SSC of R1.1');
    type(app, 'kill');
    press(app, 'enter');
    expect(source.commands).toEqual(['kill standby']);
    expect(app.state.history.lines).toEqual(['kill standby']);
    press(app, 'escape', 'f');
    type(app, 'delay');
    press(app, 'tab');
    expect(app.state.prompt?.line.text).toBe('inject delay --from ssc1 --delay 20ms --count 3');
    press(app, 'escape', 'f', 'escape');
    expect(source.commands).toHaveLength(1);
  });

  test('a world without nodes has none', () => {
    const app = appOn(new FakeSource({ ...failoverView, nodes: [], sessions: [], ledger: [] }, []));
    press(app, 'f');
    expect(app.state.menu).toBeUndefined();
    expect(rowsOf(app).join('\n')).toContain('there is no node yet');
  });

  const usual = ['node n eee', 'app a --on n', 'node m ssc', 'app b --on m', 'run 100ms'];
  test.each([
    [[]],
    [['power off n', 'power off m']],
    [['power off n', 'power off m', 'power on n', 'power on m']],
    [['kill a', 'kill b']],
    [['kill n.rmc']],
    [['kill n.rmc', 'kill a']],
    [['hang a', 'hang n.rmc', 'hang b']],
    [['hang n', 'hang m']],
    [['stop a', 'run 10ms']],
    [['isolate n', 'isolate m']],
    [['cut n m --one-way']],
    [['inject loss --from n', 'inject delay --delay 1ms --as slow']],
  ])('offers only what the world takes, after %j', (given) => {
    const prepared = (): TimelineSource => {
      const source = sourceOf();
      for (const text of [...usual, ...given]) expect(source.command(text).problem, text).toBeUndefined();
      return source;
    };
    const view = prepared().view();
    for (const node of view.nodes) {
      for (const { note } of faultMenu(view, node).items) {
        expect(prepared().command(note).problem, note).toBeUndefined();
      }
    }
  });
});

describe('the mouse in a menu', () => {
  test('a click chooses, the wheel moves, a click beside it closes it, a paste narrows', () => {
    const source = new FakeSource();
    const app = appOn(source, 120, 40);
    press(app, 'f');
    click(app, 60, 10, 'wheel-down');
    expect(app.state.menu?.marked).toBe(1);
    click(app, 60, 10, 'wheel-up');
    expect(app.state.menu?.marked).toBe(0);
    app.input({ kind: 'paste', text: 'isolate\n' });
    expect(app.state.menu?.filter).toBe('isolate ');
    const { x, y } = placeOf(app, 'isolate ssc0');
    click(app, x, y - 2);
    expect(app.state.menu).toBeDefined();
    click(app, x, y);
    expect(source.commands).toEqual(['isolate ssc0']);
    press(app, 'f');
    click(app, 1, 38);
    expect(app.state.menu).toBeUndefined();
    expect(source.commands).toHaveLength(1);
  });
});
