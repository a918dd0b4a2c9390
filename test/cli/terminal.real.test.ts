import { afterEach, describe, expect, it } from 'vitest';
import { killScreens, startScreen } from '../tui/support/terminal.js';
import { newPlace, passing } from './command.js';

const { folder, write } = newPlace();

afterEach(killScreens);

describe('monitor on a terminal', () => {
  it('has a prompt with the virtual time, completes with Tab, and ends with 0 whatever went wrong', async () => {
    const screen = startScreen(['monitor'], { columns: 120 });
    await screen.shows('0.000 000 >');
    screen.send('nodee x\r');
    await screen.shows(/error: column 1: .*did you mean "node"/);
    screen.send('node ssc0 ss');
    await screen.shows('node ssc0 ss');
    screen.send('\t');
    await screen.shows('node ssc0 ssc');
    screen.send('\r');
    screen.send('run 1500us\r');
    await screen.shows('0.001 500 >');
    screen.send('repeat 2\r');
    await screen.shows('…');
    screen.send('nodes\rend\r');
    await screen.shows(/ssc0 +SSC/);
    screen.send('\u0004');
    expect(await screen.exited()).toBe(0);
  });

  it('drops an open repeat with Ctrl-C, and says of one that is open at the end that it was not run', async () => {
    const screen = startScreen(['monitor']);
    await screen.shows('0.000 000 >');
    screen.send('repeat 2\rnode ssc1 ssc\r\u0003');
    await screen.shows('the repeat is dropped: nothing of it was run');
    screen.send('run 1500us\r');
    await screen.shows('0.001 500 >');
    screen.send('repeat 2\rnodes\r\u0004');
    await screen.shows('error: this repeat has no end: it was not run');
    expect(await screen.exited()).toBe(0);
  });

  it('keeps on after Ctrl-C at the prompt; Ctrl-C ends it while a command runs', async () => {
    write('a.drill', passing);
    const screen = startScreen(['monitor', `${folder()}/a.drill`]);
    await screen.shows('0.000 000 >');
    screen.send('\u0003');
    await screen.shows('Ctrl-D ends');
    screen.send('continue\r');
    await screen.shows('the drill has passed: 3 of 3 checks');
    screen.send('rmc_open client eee0:7 --as again\r');
    screen.send('repeat 1000000\rrun 50m\rend\r');
    await screen.shows('end');
    await new Promise((resolve) => setTimeout(resolve, 300));
    screen.send('\u0003');
    expect(await screen.exited()).toBeGreaterThan(0);
  });
});
