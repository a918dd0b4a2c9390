import { describe, expect, it } from 'vitest';
import { type CoreTimers, defaultCoreTimers } from '../../rmc-core/index.js';
import { makePair } from './support/pair.js';

const names = Object.keys(defaultCoreTimers) as (keyof CoreTimers)[];

describe('new timers', () => {
  it.each(names)('D26 %s alone is enough to be new, for the sessions that come', (name) => {
    const { client, server } = makePair();
    const { core } = client;
    const changed = { ...defaultCoreTimers, [name]: defaultCoreTimers[name] + 1 };
    const setOf = (session: number) => core.state.timerSets[core.state.sessions.get(session)!.timerSet];
    const before = client.open(server, 5);
    core.setTimers(changed);
    const after = client.open(server, 5);
    expect([setOf(before), setOf(after)]).toEqual([defaultCoreTimers, changed]);
  });

  it('D26 that say the same take no memory', () => {
    const { core } = makePair().client;
    for (let count = 0; count < 3; count++) core.setTimers({ ...defaultCoreTimers });
    expect(core.state.timerSets.length).toBe(1);
  });
});
