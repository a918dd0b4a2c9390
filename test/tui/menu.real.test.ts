import { afterEach, test } from 'vitest';
import { killScreens, startScreen } from './support/terminal.js';

afterEach(killScreens);

const ESCAPE = '\x1b';
const CTRL_P = '\x10';

test('f: the faults of a node, narrowed and given; an EEE has an RMC process to kill, an SSC has not', async () => {
  const screen = startScreen([]);
  await screen.shows(/RUN[\s\S]*Space run/);
  screen.send('1f');
  await screen.shows(/what can fail on ssc0, SSC[\s\S]*cut ssc0 eee0 --one-way/);
  screen.send('.rmc');
  await screen.shows('nothing matches');
  screen.send(ESCAPE);
  await screen.until(() => !screen.text().includes('what can fail'), 'closed');
  screen.send('lf');
  await screen.shows('what can fail on eee0, EEE');
  screen.send('kill rmc');
  await screen.shows(/▸ kill RMC alone/);
  screen.send('\r');
  await screen.shows(':kill eee0.rmc');
  await screen.shows('EXITED');
}, 30_000);

test('f: a click chooses, Tab puts the command into the prompt to be changed', async () => {
  const screen = startScreen([], { columns: 120, rows: 40 });
  await screen.shows(/RUN[\s\S]*Space run/);
  screen.send('1f');
  await screen.shows('isolate ssc0');
  const row = screen.lines().findIndex((text) => text.includes('isolate ssc0'));
  screen.send(`\x1b[<0;60;${row + 1}M\x1b[<0;60;${row + 1}m`);
  await screen.shows(':isolate ssc0');
  screen.send('fdelay\t');
  await screen.shows(':inject delay --from ssc0 --delay 20ms --count 3');
  screen.send('\x7f5\r');
  await screen.shows(/:inject delay --from ssc0 --delay 20ms --count 5/);
});

test('Ctrl-P: everything by a part of its name: a key, and a command with its form', async () => {
  const screen = startScreen([]);
  await screen.shows(/RUN[\s\S]*Space run/);
  screen.send(` ${CTRL_P}`);
  await screen.shows('every key and every command');
  screen.send('plots\r');
  await screen.shows('▸PLOTS');
  screen.send(`${CTRL_P}inject a`);
  await screen.shows('▸ inject alloc-failure');
  screen.send('\r');
  await screen.shows(':inject alloc-failure');
  await screen.shows('inject alloc-failure --in <app|node.rmc>');
});
