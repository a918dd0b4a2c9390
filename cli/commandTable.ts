import type { CommandEntry, LaterCommand, OptionEntry } from './commandEntry.js';

/** Options that every command takes. */
export const commonOptions: readonly OptionEntry[] = [
  {
    name: 'color',
    kind: 'flag',
    help: 'colours even without a terminal; --no-color: none even on a terminal',
  },
  { name: 'help', kind: 'flag', help: 'this text' },
  { name: 'version', kind: 'flag', help: 'the version of rmc-emu' },
];

const seed: OptionEntry = { name: 'seed', kind: 'value', value: '<n>', help: 'seed of all randomness (1)' };
const define: OptionEntry = {
  name: 'define',
  kind: 'repeat',
  value: '<name>=<value>',
  help: 'the value of a drill’s variable; wins over its `default`',
};

const ui: CommandEntry = {
  name: 'ui',
  usage: ['rmc-emu [ui] [<drill>] [options]'],
  summary: 'watch a drill in the terminal, step by step',
  about: [
    'Shows a drill, or the built-in failover scenario: the nodes and their processes, the sessions with who ' +
      'placed and who frees each block, the bus, the log, and who has learned what. Space runs, `.` steps, `,` ' +
      'goes back, `?` shows all keys, `q` quits.',
    'Without a terminal it prints the run as a timeline, then who has learned what and whose memory is whose, ' +
      'and ends with the exit status of the drill.',
  ],
  operands: { least: 0, most: 1, what: 'drill' },
  options: [
    seed,
    define,
    { name: 'mouse', kind: 'flag', on: true, help: 'leave the mouse to the terminal' },
    { name: 'at', kind: 'value', value: '<time>|@<event>', help: 'begin at that moment of the run' },
  ],
  examples: [
    ['rmc-emu', 'a client loses its server and fails over'],
    ['rmc-emu my.drill', 'your own drill'],
    ['rmc-emu my.drill --at 1.5s', 'what was at that moment'],
    ['rmc-emu | less', 'the same story as text'],
  ],
};

const monitor: CommandEntry = {
  name: 'monitor',
  usage: ['rmc-emu monitor [<drill>] [options]'],
  summary: 'the monitor by lines, for pipes and plain terminals',
  about: [
    'Reads monitor commands from standard input, a line each, and prints what they show. With a drill it stands ' +
      'before the drill’s first line: `continue` runs it to its end, `step` and `run` a part of it. `help` lists ' +
      'the commands; `quit`, `exit` or the end of the input ends it.',
    'On a terminal there is a prompt with completion, and the exit status is 0. From a pipe there is no prompt ' +
      'and no echo: an error is a line `error: …` on standard output, the next line is read all the same, and ' +
      'the exit status is that of the worst line: 1 a check failed or the world refused, 2 the line was wrong.',
  ],
  operands: { least: 0, most: 1, what: 'drill' },
  options: [seed, define],
  examples: [
    ['rmc-emu monitor', 'an empty world, and a prompt'],
    ['rmc-emu monitor my.drill', 'stand at the beginning of a drill'],
    ["printf 'node s ssc\\nnodes\\n' | rmc-emu monitor", 'from a pipe'],
  ],
};

const drill: CommandEntry = {
  name: 'drill',
  usage: ['rmc-emu drill <file|folder>… [options]'],
  summary: 'run drills and check what they expect',
  about: [
    'Runs files, and of folders all *.drill files below them (names that begin with a dot are left out), in the ' +
      'order of their paths. All texts are read first: if one is wrong, every problem is shown and nothing runs. ' +
      'A --define holds for those drills that have a `default` of that name; one of them at least has to.',
  ],
  operands: { least: 1, most: Number.POSITIVE_INFINITY, what: 'file or folder' },
  options: [
    seed,
    { name: 'seeds', kind: 'value', value: '<n>', help: 'run each drill with n seeds, from --seed on' },
    define,
    {
      name: 'reporter',
      kind: 'repeat',
      value: '<name>[=<file>]',
      help: 'pretty (default) or json; to the file, else to standard output',
    },
    { name: 'check-determinism', kind: 'flag', help: 'run all twice; name the first event that differs' },
    { name: 'check', kind: 'flag', help: 'read the texts and say what is wrong in them; run nothing' },
    {
      name: 'log',
      kind: 'value',
      value: 'off|counted|kept',
      help: 'what is kept of the events (kept); off and counted for long runs',
    },
    {
      name: 'out',
      kind: 'value',
      value: '<dir>',
      help: 'write results.json there, and the events of each run (with --log off or counted: of those that failed)',
    },
    { name: 'bail', kind: 'flag', help: 'stop after the first run that fails' },
    { name: 'filter', kind: 'value', value: '<text>', help: 'only drills whose path holds the text' },
    { name: 'list', kind: 'flag', help: 'print the drills that would run; run nothing' },
    { name: 'quiet', kind: 'flag', help: 'print only what failed' },
    { name: 'shard', kind: 'value', value: '<i>/<n>', help: 'the i-th of n parts', later: true },
    { name: 'isolate', kind: 'value', value: 'process', help: 'each drill in a process', later: true },
    { name: 'against', kind: 'value', value: '<evidence>', help: 'compare with an earlier run', later: true },
  ],
  examples: [
    ['rmc-emu drill drills', 'all drills of a folder'],
    ['rmc-emu drill my.drill --seeds 100 --bail', 'a hundred seeds, up to the first that fails'],
    ['rmc-emu drill drills --reporter pretty --reporter json=out.json', 'for people and for a machine'],
    ['rmc-emu drill my.drill --define node=eee --check-determinism', 'a variable; run twice and compare'],
  ],
};

export const commands: readonly CommandEntry[] = [ui, monitor, drill];

/** Names that are taken for what a later version brings. */
export const laterCommands: readonly LaterCommand[] = [
  { name: 'compare', summary: 'one drill on two kinds or releases, side by side' },
  { name: 'export', summary: 'a run as pcapng, a diagram or JSON lines' },
  { name: 'lesson', summary: 'lessons on RMC' },
  { name: 'campaign', summary: 'many drills with many faults' },
  { name: 'merge', summary: 'several reports in one' },
  { name: 'wireshark', summary: 'a dissector for the frames' },
  { name: 'cc', summary: 'programs in C' },
  { name: 'doctor', summary: 'what is wrong with this installation' },
];

export const reporterNames = ['pretty', 'json'] as const;
export type ReporterName = (typeof reporterNames)[number];
export const laterReporters: readonly string[] = ['tap', 'junit', 'github', 'html'];
