import { expect, it } from 'vitest';
import { lab } from '../nodes/lab.js';

it('D19 what RMC says later never overtakes what it said before, though a call’s answer is longer on its way', () => {
  const emulator = lab(`
    node far ssc
    node near eee
    app server --on far
    app client --on near
    rmc_listen server 9 --as s
    rmc_open client far:9 --as d
    rmc_open client far:8 --as c
    run 10ms
    rmc_send s/1 hello
    run 98us
    rmc_close c
    run 1ms
  `);
  const heard = emulator
    .events()
    .filter(({ event }) => event === 'close_done' || event === 'message')
    .map(({ event, timeUs }) => [event, timeUs]);
  const atUs = emulator.nowUs - 1_000 + 10;
  expect(heard).toEqual([
    ['close_done', atUs],
    ['message', atUs],
  ]);
});
