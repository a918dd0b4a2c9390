import type { LoggedEvent } from '../../emulator/index.js';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../index.js';
import { type LedgerRow, nodeKinds } from '../../nodes/index.js';

/** The names of all kinds of node. */
export const kinds: readonly string[] = nodeKinds.map((kind) => kind.name);

/** An emulator that has run these lines of the monitor language. */
export function lab(lines: string, options: EmulatorOptions = {}): Emulator {
  const emulator = createEmulator(options);
  emulator.command(lines);
  return emulator;
}

/** A server on `far`, of a kind and release, and its client on `near`, an SSC; the session `c` is open. */
export function pair(kind: string, options: { far?: string; near?: string; open?: string } = {}): Emulator {
  return lab(`
    node far ${kind} --release ${options.far ?? 'R1.1'}
    node near ssc --release ${options.near ?? 'R1.1'}
    app server --on far
    app client --on near
    rmc_listen server 9 --close_session notify --as s
    rmc_open client far:9 ${options.open ?? ''} --as c
    expect session c OPEN --within 10ms
    run 100ms
  `);
}

/** An event's fields as a plain object. */
export function plain(event: LoggedEvent): Readonly<Record<string, string | number>> {
  return Object.fromEntries(event.fields);
}

/** Everything that was learned so far, in a line each: `client about far: io S17 after 2000000`. */
export function learned(emulator: Emulator): readonly string[] {
  return emulator.events('learned').map((event) => {
    const { app, about, how, rule, after_us } = plain(event);
    return `${app} about ${about}: ${how} ${rule} after ${after_us ?? '?'}`;
  });
}

/** The ledger's row of an application about the last thing that failed. */
export function lastRow(emulator: Emulator, app: string): LedgerRow | undefined {
  const entries = emulator.learned();
  return entries[entries.length - 1]?.rows.find((row) => row.app === app);
}
