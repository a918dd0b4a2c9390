import { type Play, play, shot, shotWithLooks } from '../support/keptScreens.js';

// All kept screens. A line here is a screen: `npm run screens` writes its files, and each run of the tests compares
// them. The screens of a play come one after the other in one process, so a new one goes to the end of its play, or
// into a play of its own. Keys are written as test/tui/support/keyText.ts says. Nothing may run at a pace: begin with
// --at or with a drill that is not the built-in one, go on with `.`, `,`, `:run 300ms` or `:goto`.

const TOLD = 'ui --at 1.27s';

/** Terminals that must agree with xterm-256color. */
const TERMS = ['tmux-256color', 'linux', 'xterm'];

const panes = play(
  TOLD,
  [
    shotWithLooks('begin', '', 'eee0 is dead: client was told and works with the standby, old was not told.'),
    shot('nodes', '1', 'The nodes have the focus.'),
    shot('nodes-alone', 'z', 'The nodes alone.'),
    shot('bus', 'z2', 'The bus has the focus.'),
    shot('bus-alone', 'z', 'The bus alone, with the last frames.'),
    shot('sessions', 'z3', 'The sessions have the focus.'),
    shot('sessions-alone', 'z', 'The sessions alone: who placed each block, and who frees it.'),
    shot('ledger', 'z4', 'The ledger has the focus.'),
    shot('ledger-alone', 'z', 'The ledger alone: who has learned that eee0 died, how, by which rule.'),
    shot('log', 'z5', 'The log has the focus.'),
    shot('log-alone', 'z', 'The log alone.'),
    shot('memory', 'z6', 'The memory in the place that it shares with the log.'),
    shotWithLooks('memory-alone', 'z', 'The memory alone: a map of each address space, owners by letter.'),
    shot('traffic', 'z7', 'The table of frames in the place of the log.'),
    shot('traffic-alone', 'z', 'The table of frames alone.'),
    shot('sequence', 'z8', 'The sequence diagram in the place of the log.'),
    shot('sequence-alone', 'z', 'The sequence diagram alone.'),
    shot('plots', 'z9', 'The plots in the place of the log.'),
    shot('plots-alone', 'z', 'The plots alone.'),
  ],
  { terms: TERMS },
);

const ascii = play(
  TOLD,
  [
    shotWithLooks('ascii-begin', '', 'In a locale without Unicode all is ASCII.'),
    shot('ascii-nodes', '1z', 'The nodes alone.'),
    shot('ascii-bus', '2', 'The bus alone.'),
    shot('ascii-sessions', '3', 'The sessions alone.'),
    shot('ascii-ledger', '4', 'The ledger alone.'),
    shot('ascii-log', '5', 'The log alone.'),
    shot('ascii-memory', '6', 'The memory alone.'),
    shot('ascii-traffic', '7', 'The table of frames alone.'),
    shot('ascii-sequence', '8', 'The sequence diagram alone.'),
    shot('ascii-plots', '9', 'The plots alone.'),
    shot('ascii-rewound', 'z3,,', 'Two steps back: REWOUND.'),
    shot('ascii-help', '?', 'All keys.'),
    shot('ascii-prompt', '<Esc>:power of<Tab>', 'The prompt.'),
  ],
  { environment: { LC_ALL: 'C' }, terms: TERMS },
);

const linked = play(TOLD, [
  shotWithLooks(
    'event-selected',
    '5<Up><Up><Up>',
    'An event is selected in the log, which no longer follows.',
  ),
  shot('event-in-traffic', '7', 'The same event in the table of frames.'),
  shotWithLooks('frame-selected', '<Up><Up>', 'A frame is selected in the table of frames.'),
  shot('frame-in-sequence', '8', 'The same frame in the sequence diagram.'),
  shot('frame-in-bus', '2', 'The same frame on the bus.'),
  shot('frame-in-log', '5', 'The same frame in the log.'),
  shotWithLooks(
    'session-selected',
    '3g<Down><Down><Down><Down>',
    'A session is selected: its frames are marked on the bus.',
  ),
  shot('session-in-memory', '6', 'The block of the selected session in the memory.'),
  shot('block', '<Enter>', 'The fields and bytes of the selected block.'),
  shot('session-history', '<Esc>3<Enter>', 'The history of the selected session.'),
  shot('session-history-event', '<Up><Up>', 'An event of the history is marked; Enter goes there.'),
  shot('why-session', '<Esc>w', 'Why the selected session is as it is.'),
  shot('why-node', '<Esc>1<Right>w', 'Why the selected node is as it is.'),
  shot('why-event', '<Esc>5<Up>w', 'Why the selected event came.'),
  shot('info-event', '<Esc>i', 'What the selected event is: its fields, and its rules.'),
  shot('info-session', '<Esc>3i', 'What the selected session is: its block, who frees it, by which rules.'),
  shot('info-node', '<Esc>1i', 'What the selected node is.'),
  shot('info-ledger', '<Esc>4<Down><Down>i', 'Of a row of the ledger: why it was not told.'),
  shot('info-block', '<Esc>6<Down>i', 'Whose the selected block is.'),
  shot('goto-event', '<Esc>5<Up><Up><Up><Enter>', 'Enter on an event: the run stands there, REWOUND.'),
]);

const ledger = play('ui --at 1.1s', [
  shot('ledger-waiting', '4', 'One is told by a time that is known, one never will be.'),
  shot('ledger-in-time', 'z', 'Each row in time: heartbeats that were missed, the bound, now.'),
  shotWithLooks(
    'ledger-row',
    'z<Down>',
    'A row is selected: its session and the failure in the other panes.',
  ),
  shot('ledger-row-why', 'w', 'Why it was not told.'),
  shot(
    'ledger-row-told',
    '<Esc>:goto 1.27s<Enter><Up>',
    'The row of one that was told: the event in the log.',
  ),
  shot('ledger-row-enter', '<Enter>', 'Enter on it: the run stands where it was told.'),
]);

const time = play(TOLD, [
  shot('step', '.', 'One step on.'),
  shotWithLooks('rewound', ',,,', 'Three steps back: REWOUND; what was ahead is kept on the line of time.'),
  shot('unit-frame', 'u', '. and , go by frames now.'),
  shot('step-frame', '.', 'On to the next frame.'),
  shot('unit-callback', 'u', '. and , go by callbacks and completions now.'),
  shot('back-callback', ',', 'Back to the callback before.'),
  shot('goto-time', ':goto 949ms<Enter>', 'Gone to a time before the failure.'),
  shot('scrubber-click', '<Click 40,2>', 'A click on the line of time goes there.'),
  shot('branch', ':isolate ssc1<Enter>:run 200ms<Enter>', 'A command after going back: a branch of its own.'),
  shot('branches', ':branches<Enter>', 'The branches that there are.'),
  shot('branch-left', ':branch main<Enter>', 'Back on the branch that was left.'),
  shot('goto-last', ':goto last learned<Enter>', 'Gone to the last event of a kind.'),
  shot('run-refused', ':run until process_hang --within 100ms<Enter>', 'What was waited for did not come.'),
]);

const prompts = play(TOLD, [
  shot('prompt', ':', 'The prompt is open, with nothing in it.'),
  shot('prompt-candidates', 'in<Tab>', 'Tab: what may stand there.'),
  shot('prompt-completed', '<Tab><Tab>', 'Tab goes through the candidates.'),
  shot('prompt-usage', '<Esc>:power off<Tab>', 'The usage of the command is shown beside what may follow.'),
  shotWithLooks(
    'prompt-error',
    '<Esc>:power of eee0<Enter>',
    'A wrong word is marked, with the nearest right one.',
  ),
  shot('prompt-anew', ':nodes', 'A : after an error begins anew.'),
  shot('answer', '<Enter>', 'A command that answers in several lines.'),
  shot('answer-replaced', ':digest<Enter>', 'The next answer takes the place of the one before.'),
  shot('refused', ':power off eee0<Enter>', 'The world refuses a command, and says why.'),
  shot('history', '<Esc>:<Up><Up>', 'Up: lines that were given before.'),
  shot('history-search', '<Esc>:<Ctrl-R>no', 'Ctrl-R looks for a line that was given.'),
  shot('paste', '<Esc><Esc>:<Paste nodes\\nq>', 'A paste is put in whole: its newline does not submit.'),
  shot('repeat-open', '<Esc>:repeat 2<Enter>', 'A repeat is open, and waits for its lines.'),
  shot('repeat-done', 'run 10ms<Enter>end<Enter>', 'The repeat has run.'),
  shot('command-help', ':help inject<Enter>', 'Help of one command.'),
  shot('command-help-end', 'G', 'The end of a long answer.'),
]);

const faults = play(TOLD, [
  shot('fault', 'f', 'What can fail on the selected node.'),
  shot('fault-narrowed', 'delay', 'Typing narrows the menu.'),
  shot('fault-in-prompt', '<Tab>', 'Tab puts the command into the prompt, to be changed.'),
  shot('fault-of-dead-node', '<Esc>1<Right>f', 'What can be done with a node that has no power.'),
  shot('power-on', '<Enter>:run 5ms<Enter>', 'eee0 comes up again, and knows nothing of before.'),
  shot('hang', ':hang standby<Enter>:run 5ms<Enter>', 'A process hangs.'),
  shot('kill', ':kill client<Enter>:run 5ms<Enter>', 'A process was killed; its node is still on.'),
  shotWithLooks('cut', ':cut ssc2 eee0<Enter>:run 100ms<Enter>', 'A link is cut.'),
  shot('ledger-many', '4z', 'The ledger after several failures.'),
  shot('help', 'z?', 'All keys.'),
  shot('help-end', 'G', 'The end of the keys.'),
]);

const menus = play(TOLD, [
  shot('fault-of-eee', ':goto 900ms<Enter>1<Right>f', 'An EEE: its RMC can die or hang alone.'),
  shot('fault-nothing', 'zz', 'Nothing matches what was typed.'),
  shotWithLooks('palette', '<Esc><Ctrl-P>', 'The palette: every key and every command.'),
  shot('palette-end', '<PgDn><PgDn>', 'Further down: the commands of the monitor with their forms.'),
  shot('palette-narrowed', 'inject', 'Typing narrows the palette.'),
  shot('palette-chosen', '<Enter>', 'A command that was chosen is begun in the prompt.'),
]);

// Where to click depends on the size.
const mouse = play(
  TOLD,
  [
    shotWithLooks('click-session', '<Click 5,14>', 'A click on a session selects it, and its node.'),
    shot('click-again', '<Click 5,14>', 'A second click on it opens it, as Enter does.'),
    shotWithLooks(
      'click-ledger',
      '<Esc><Click 5,19>',
      'A click on a row of the ledger: its session and node.',
    ),
    shot('click-node', '<RightClick 60,5>', 'The right button on a node: what can fail there.'),
    shot('click-fault', '<Click 20,7>', 'A click on a row of the menu gives its command.'),
  ],
  { sizes: ['80x24'] },
);

const beside = play(TOLD, [
  shotWithLooks('other-kind', 'e', 'The same run with the other kind of node beside it, in lockstep.'),
  shot('other-kind-differences', 'd', 'All that differs, in full.'),
  shot('other-kind-log', '<Esc>5', 'The logs of both worlds.'),
  shot('other-kind-alone', '3z', 'A pane alone, of both worlds.'),
  shot('other-kind-sequence', '8', 'The sequence diagrams of both worlds.'),
  shot('other-kind-back', 'z3:goto 900ms<Enter>', 'Going back takes both worlds back.'),
  shot(
    'other-kind-command',
    ':kill eee0.rmc<Enter>:run 100ms<Enter>',
    'A command that the other kind has not.',
  ),
  shot('other-release', 'E', 'The same run with R1.0.x beside it.'),
  shot('other-release-told', ':branch main<Enter>', 'R1.1 tells the client, R1.0.x does not.'),
  shot('one-world', '<Esc>', 'Escape: one world again.'),
]);

const filters = play(TOLD, [
  shot('filter-prompt', '3/', 'The prompt of a filter says what it filters.'),
  shot('filter-sessions', 'standby<Enter>', 'Only sessions with the text.'),
  shot('filter-ledger', '<Esc>4/old<Enter>', 'Only rows of the ledger with the text.'),
  shot('filter-log', '<Esc>5/session<Enter>', 'Only events with the text.'),
  shot('filter-log-match', 'NN', 'N goes to the match before.'),
  shot('unit-match', 'uuu', '. and , go by matches of the filter now.'),
  shot('back-match', ',,', 'Back by two matches.'),
  shot('filter-traffic', '<Esc>7/DATA<Enter>', 'Only frames with the text.'),
  shot('filter-sequence', '8', 'The diagram has the same filter.'),
  shot('filter-nothing', '<Esc>3/nothing-has-this<Enter>', 'No session has the text.'),
  shot('filter-dropped', '<Esc>', 'Escape drops the filter.'),
]);

const follow = play(TOLD, [
  shotWithLooks('followed', '3g<Down>F', 'A session is followed: first in the table, alone in the log.'),
  shot('followed-on', ':run 800ms<Enter>', 'It stays there as the run goes on.'),
  shot('followed-traffic', '7z', 'Its frames alone.'),
  shot('followed-memory', '6', 'Its block.'),
  shot('followed-no-more', '<Esc>', 'Escape: it is no longer followed.'),
]);

const allFilters = play(TOLD, [
  shot('filter-none-yet', '3n', 'n without a filter says how to set one.'),
  shot('filter-nodes', '1/ssc<Enter>', 'Only nodes with the text, and their frames on the bus.'),
  shot('filter-nodes-next', 'n', 'n goes to the next node of them.'),
  shot('filter-bus', '<Esc>2/ssc2<Enter>z', 'The bus has the same filter.'),
  shot('filter-memory', '<Esc>6/standby/<Enter>', 'Only blocks with the text.'),
  shot('filter-plots', '<Esc>9/live<Enter>', 'Only plots with the text.'),
  shot('plots-moment', '<Esc><Down>', 'A moment at which somebody was told, marked; Enter goes there.'),
]);

const switches = play(TOLD, [
  shot('log-with-details', '5az', 'The log with frames, memory and state changes.'),
  shot('log-scrolled', '<PgUp><PgUp>', 'Scrolled up: how many newer there are is said.'),
  shot('log-top', 'g', 'The first event.'),
  shot('sorted-by-name', 'Gazo', 'Sessions sorted by name.'),
  shot('sorted-by-type', 'o', 'Sessions sorted by type.'),
  shot('sorted-by-state', 'o', 'Sessions sorted by state.'),
  shot('sorted-by-node', 'o', 'Sessions sorted by node.'),
  shot('sorted-by-node-back', 'O', 'The other way round.'),
  shot('sorted-by-who-frees', 'oooo', 'Sessions sorted by who frees them.'),
  shot('stops', 's', 'Stops by itself.'),
  shotWithLooks('theme-light', 'T', 'The light theme.'),
  shotWithLooks('theme-contrast', 'T', 'High contrast.'),
  shotWithLooks('theme-none', 'T', 'No colours: bold, underlined and reverse alone.'),
]);

const projector = play(TOLD, [
  shotWithLooks('projector', 'P', 'For a projector: nodes, ledger and the caption in full, bold.'),
  shot('projector-failed', ':kill standby<Enter>', 'Another failure: the newest comes first.'),
  shot('projector-pane', '5', 'A pane by its number, alone.'),
  shot('projector-back', '<Esc>P', 'All panes again.'),
]);

// The tour takes the run to its moments itself: from the third stop on it does not matter when it was begun.
const tour = play('ui', [
  shot('tour-dead', 't<Space><Space>', 'The tour: eee0 loses its power.'),
  shot('tour-told', '<Space>', 'One is told, one never will be.'),
  shot('tour-ask', '<Space>', 'i of what never was told.'),
  shot('tour-placed', '<Enter>', 'A block of the application’s own.'),
  shot('tour-frames', '<Space>', 'Every frame.'),
  shot('tour-freed', '<Space>', 'The block goes back.'),
  shot('tour-break', '<Space>', 'Back in time.'),
  shot('tour-last', '<Space>', 'The last stop.'),
  shot('tour-first', ',,,,,,,,,', 'And back to the first one: the run is at its beginning again.'),
  shot('tour-whose', '<Space>', 'Whose memory it is.'),
  shot('tour-ended', '<Esc>', 'Esc ends the tour.'),
]);

const paneTour = play('ui drills/failures/eee-rmc-dies.drill', [
  shot('tour-of-panes', 't', 'On another drill the tour explains the panes.'),
  shot('tour-of-sessions', '<Space><Space>', 'The sessions.'),
  shot('tour-of-panes-end', '<Space><Space><Space><Space><Space>', 'Its last stop.'),
]);

const failing = play('ui test/tui/screens/failing.drill --at 2s', [
  shotWithLooks('failed', '', 'A drill is opened where its check fails, with what is wrong.'),
  shot('failed-end', 'G', 'The rest of the explanation.'),
  shot('failed-closed', '<Esc>', 'Escape closes it; the failure stays in sight.'),
  shot('failed-again', 'x', 'x shows it again.'),
]);

const drillBegin = play('ui drills/failures/eee-rmc-dies.drill', [
  shot('drill-begin', '', 'A drill stands at its beginning.'),
  shot('drill-steps', '....', 'Four steps.'),
  shot('drill-nothing-failed', 'x', 'Nothing has failed.'),
  shot('drill-run', ':run 30s<Enter>', 'Run to the end.'),
]);

const bus = play('ui drills/bus/bad-bus.drill --at 60ms', [
  shotWithLooks('bad-bus', '', 'Frames are lost, doubled, late and corrupted.'),
  shot('bad-bus-alone', '2z', 'The bus alone.'),
  shotWithLooks('bad-bus-traffic', '7', 'The table of frames: what became of each.'),
  shot('bad-bus-sequence', '8', 'The sequence diagram: crossing, lost and corrupted frames.'),
]);

const memory = play('ui drills/memory/double-free.drill --at 10s', [
  shot('memory-error', '', 'A block was freed twice.'),
  shot('memory-error-why', '5Gw', 'Why: the history of the block and the rule.'),
  shot('memory-error-map', '<Esc>6z<Down>', 'The map of the memory, a block selected.'),
  shot('memory-error-block', '<Enter>', 'The block, its history and its bytes.'),
]);

const small = play(
  TOLD,
  [
    shot('small', '', 'Few rows: the panes collapse.'),
    shot('small-log', '5', 'The log comes alone where it has no place.'),
    shot('small-help', '?', 'All keys, in a small window.'),
    shot('small-prompt', '<Esc><Esc>:power of<Tab>', 'The prompt in a small window.'),
    shot('small-fault', '<Esc>1f', 'The faults of a node in a small window.'),
    shot('small-tour', '<Esc>t<Space><Space>', 'The tour in a small window.'),
    shot('small-projector', '<Esc>P', 'For a projector, in a small window.'),
  ],
  { sizes: ['40x12', '100x30', '20x5'] },
);

export const plays: readonly Play[] = [
  ...[
    panes,
    ascii,
    linked,
    ledger,
    time,
    prompts,
    faults,
    menus,
    mouse,
    beside,
    filters,
    follow,
    allFilters,
    switches,
    projector,
    tour,
    paneTour,
    failing,
    drillBegin,
    bus,
    memory,
    small,
  ],
];
