import { afterEach, test } from 'vitest';
import { killScreens, startScreen } from './support/terminal.js';

afterEach(killScreens);

test('i: what a session, an event and a node are, and by which rules', async () => {
  const screen = startScreen(['ui', '--at', '1.27s'], { columns: 100, rows: 40 });
  await screen.shows(/✗ old [\s\S]*i info/);
  screen.send('3i');
  await screen.shows(/─ help old\.1[\s\S]*who frees it +app old: after rmc_close[\s\S]*S17 {2}In R1\.0\.x/);
  screen.send('\x1b5\x1b[A\x1b[Ai');
  await screen.shows(/─ help @\d+ [\s\S]*where it happened/);
  screen.send('\x1b1i');
  await screen.shows(/─ help \w+ ─[\s\S]*D19 {2}On an SSC/);
});
