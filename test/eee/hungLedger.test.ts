import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../index.js';

/** An idle R1.0.x client of a server on an EEE: nothing tells it, so the ledger has to say why. */
function waiting(...happens: readonly string[]): Emulator {
  const emulator = createEmulator();
  emulator.command(`
    node far eee
    node near ssc --release R1.0.x
    app server --on far
    app client --on near
    rmc_listen server 9 --as s
    rmc_open client far:9 --as c
    expect session c OPEN --within 10ms
    run 100ms
  `);
  for (const one of happens) emulator.command(`${one}\nrun 1ms`);
  return emulator;
}

/** What the ledger says of the client: about whom, by which rule. */
const said = (emulator: Emulator) =>
  emulator
    .learned()
    .flatMap(({ about, rows }) =>
      rows.filter(({ app }) => app === 'client').map(({ rule }) => `${about} ${rule}`),
    );

describe('D21 D30 why a client of an EEE is not told of a hang', () => {
  it('of the application: RMC answers for it', () => {
    expect(said(waiting('hang server'))).toEqual(['server on far D21']);
  });

  it('of RMC: the client waits for its node, and is idle', () => {
    expect(said(waiting('hang far.rmc'))).toEqual(['far S17']);
  });

  it('of the application behind a hung RMC: it waits already', () => {
    expect(said(waiting('hang far.rmc', 'hang server'))).toEqual(['far S17']);
    expect(said(waiting('hang far'))).toEqual(['far S17']);
  });

  it('of the application, whose RMC hangs or dies after it: nobody answers any more', () => {
    expect(said(waiting('hang server', 'hang far.rmc'))).toEqual(['server on far S17', 'far S17']);
    expect(said(waiting('hang server', 'kill far.rmc'))).toEqual(['server on far S17', 'far S17']);
  });
});
