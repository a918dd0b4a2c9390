import { keyMap, legend, paneIds, paneWords, settingKeys } from '../../tui/index.js';
import { code, markdownTable, page } from './markdown.js';

/** docs/screen.md */
export function screenPage(): string {
  return page(
    '# The terminal UI',
    '',
    '`rmc-emu`, or `rmc-emu ui <drill>`, shows a run: the built-in scenario, or a drill of yours. `--at 1.5s` or `--at @212`',
    'begins there. Above are the state of the run and virtual time, what has just happened in words, and the line of time',
    'with a mark for what happened when; below are the prompt and the keys. The panes between them show one moment, and what',
    'is selected in one is selected in all. Everything that changes the run is a monitor command, and shows which.',
    '',
    '## Panes',
    '',
    ...markdownTable(
      ['key', 'pane', 'what it shows'],
      paneIds.map((pane, at) => [code(String(at + 1)), pane, paneWords[pane]]),
    ),
    '',
    'Log, memory, traffic, sequence and plots share one place: the last one that had the focus has it.',
    '',
    '## Keys',
    '',
    ...markdownTable(
      ['key', 'what it does', 'monitor command'],
      keyMap
        .filter(({ shown }) => shown !== '')
        .map(({ shown, help, command }) => [code(shown), help, command === '' ? '' : code(command)]),
    ),
    '',
    'The mouse does the same: a click selects what it hits, a second one opens it as Enter does, the right button asks what',
    'can fail there, the wheel moves. Hints in the last row, rows of menus and the line of time can be clicked.',
    '',
    '## Letters and signs',
    '',
    ...markdownTable(
      ['sign', 'what it means'],
      legend.map(([sign, text]) => [code(sign), text]),
    ),
    '',
    '## Settings',
    '',
    'In `$XDG_CONFIG_HOME/rmc-emu/settings.json`, or `~/.config/rmc-emu/settings.json`, as `{"theme": "light"}`. What an',
    'option or the environment (`NO_COLOR`) says wins. A file that cannot be read stops the UI with the place and the right',
    'word.',
    '',
    ...markdownTable(
      ['setting', 'values', 'what it is for'],
      settingKeys.map(({ name, values, help }) => [
        code(name),
        values.map((value) => code(JSON.stringify(value))).join(' '),
        help,
      ]),
    ),
    '',
    '## Terminals',
    '',
    'Made for 40x12 and larger; the smaller it is, the fewer panes there are. Where the locale has no Unicode (`LC_ALL=C`) all is drawn in ASCII. No',
    'colour carries a meaning that a sign does not carry too. Nothing waits for an answer of the terminal, and only what has',
    'changed is sent, so it is usable over ssh. On Windows run it in WSL; `rmc-emu monitor` needs no terminal features at',
    'all. Without a terminal `rmc-emu ui` prints the run as a timeline and ends.',
  );
}
