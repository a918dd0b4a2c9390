import { describe, expect, it } from 'vitest';
import { worldView } from '../../nodes/index.js';
import { kinds, lab } from './lab.js';

describe.each(kinds)('the incarnation that is shown of the RMC of an %s', (kind) => {
  it('D12 grows with each start and survives power loss', () => {
    const emulator = lab(`node n ${kind}\napp a --on n\nrun 1ms`);
    const shown = () => worldView(emulator.world).nodes[0]!.boxes.map(({ incarnation }) => incarnation);
    const [, ...none] = kind === 'eee' ? [0, 0] : [0];
    const wanted = (incarnation: number) => [...none.map(() => 0), incarnation];
    expect(shown()).toEqual(wanted(1));
    emulator.command('power off n\nrun 1ms\npower on n\nrun 1s\nlaunch a\nrun 1ms');
    expect(shown()).toEqual(wanted(2));
    emulator.command(`kill ${kind === 'eee' ? 'n.rmc' : 'a'}\nrun 1s`);
    if (kind !== 'eee') emulator.command('launch a');
    expect(shown()).toEqual(wanted(3));
  });
});
