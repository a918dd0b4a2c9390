import { expect, it } from 'vitest';
import { fabricOf } from '../../nodes/index.js';
import { lab } from '../nodes/lab.js';

it('D19 an SSC has no RMC process to end, and no stub: its RMC is a library', () => {
  const emulator = lab('node s ssc\napp a --on s\nrmc_listen a 9 --as l');
  const fabric = fabricOf(emulator.world);
  const node = fabric.nodeNamed('s');
  expect([node.rmcProcess(), node.lastRmcProcess()]).toEqual([0, 0]);
  expect(() => node.endRmc('kill')).toThrow('RMC on an SSC is a library (D19)');
  expect(() => node.stubClosed(fabric.sessionNamed('l')!)).toThrow('an SSC application has no stub');
});
