import { describe, expect, it } from 'vitest';
import { Extents } from '../../emulator/extents.js';

describe('free stretches', () => {
  it('are taken next-fit: going up, then round', () => {
    const extents = new Extents(0, 100);
    expect([extents.take(40), extents.take(30), extents.take(40)]).toEqual([0, 40, -1]);
    extents.giveBack(0, 40);
    expect([extents.take(20), extents.take(20), extents.take(10)]).toEqual([70, 0, 20]);
  });

  it('a stretch may end exactly where a taken one begins', () => {
    const extents = new Extents(0, 64);
    for (const at of [0, 16, 32, 48]) expect(extents.take(16)).toBe(at);
    extents.giveBack(16, 16);
    extents.giveBack(32, 16);
    expect([extents.take(8), extents.take(24), extents.take(1)]).toEqual([16, 24, -1]);
  });

  it('goes on from where the last one ended, also when what was before it is free again', () => {
    const extents = new Extents(0, 64);
    expect([extents.take(16), extents.take(16)]).toEqual([0, 16]);
    extents.giveBack(0, 16);
    extents.giveBack(16, 16);
    expect(extents.state).toEqual({ starts: [0], ends: [64], next: 32 });
    expect(extents.take(16)).toBe(32);
    expect(extents.state).toEqual({ starts: [0, 48], ends: [32, 64], next: 48 });
    expect(extents.take(16)).toBe(48);
    expect(extents.state).toEqual({ starts: [0], ends: [32], next: 64 });
  });

  it('what is given back joins its neighbours on both sides', () => {
    const extents = new Extents(0, 40);
    for (let n = 0; n < 5; n += 1) extents.take(8);
    extents.giveBack(8, 8);
    extents.giveBack(24, 8);
    expect(extents.state).toMatchObject({ starts: [8, 24], ends: [16, 32] });
    extents.giveBack(16, 8);
    expect(extents.state).toMatchObject({ starts: [8], ends: [32] });
    extents.giveBack(32, 8);
    extents.giveBack(0, 8);
    expect(extents.state).toMatchObject({ starts: [0], ends: [40] });
  });
});
