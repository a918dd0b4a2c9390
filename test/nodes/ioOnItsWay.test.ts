import { expect, it } from 'vitest';
import { Timeline, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { rmcExtensions, worldView } from '../../nodes/index.js';

/** The first row of the ledger, after these lines. */
function rowAfter(...lines: string[]) {
  const makeWorld = () => new World({ seed: 1, extensions: rmcExtensions });
  const timeline = new Timeline({ language: language(), makeWorld });
  for (const line of lines) expect(timeline.command(line).problem, line).toBeUndefined();
  return { row: worldView(timeline.world).ledger[0]?.rows[0], nowUs: timeline.world.nowUs };
}

it('S17 D19 D30 an IO that RMC has ended, but for the IPC, is waited for no longer than that takes', () => {
  const sent = [
    ...['node c eee --release R1.0.x', 'node s ssc', 'app cl --on c', 'app sv --on s', 'rmc_listen sv 9'],
    ...['rmc_open cl s:9', 'run 10ms', 'rmc_send cl.1 x', 'run 206us', 'power off s'],
  ];
  const { row, nowUs } = rowAfter(...sent, 'run 1us');
  expect(row).toMatchObject({ app: 'cl', outlook: 'not yet', untilUs: nowUs + 5 });
  expect(rowAfter(...sent, 'run 10us').row).toMatchObject({ app: 'cl', outlook: 'never', rule: 'S17' });
});
