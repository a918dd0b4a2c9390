import { expect, it } from 'vitest';
import { lab } from '../nodes/lab.js';
import { told } from '../support/openers.js';

it('D11 what nobody listens for goes to the living RMC instance of lowest place, and to no other', () => {
  const emulator = lab(`
    node far ssc
    node near ssc
    app first --on far
    app second --on far
    app third --on far
    app client --on near
    rmc_open client far:9 --as c
    run 1ms
    kill first
    rmc_open client far:9 --as d
    run 1ms
  `);
  const requests = emulator
    .events('frame_delivered')
    .filter(({ fields }) => fields.get('frame') === 'OPEN_REQ')
    .map(({ fields }) => fields.get('app'));
  expect(requests).toEqual(['first', 'second']);
  expect(told(emulator, 'open_done', 'session', 'status')).toEqual([
    'c RMC_ECONNREFUSED',
    'd RMC_ECONNREFUSED',
  ]);
});
