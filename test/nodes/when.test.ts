import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../index.js';
import { disagreement, type Seen, type Told, type WhenRow, whenTable } from '../support/whenTable.js';
import { lab, plain } from './lab.js';

/** A world of one server and one client; the failure does not come at an instant of heartbeats. */
function waited(row: WhenRow, near: string, open: string, pending: boolean, far = 'R1.1'): Emulator {
  return lab(`
    node far ${row.kind} --release ${far}
    node near ssc --release ${near}
    app server --on far
    app client --on near
    rmc_listen server 9 --close_session notify --as s
    rmc_open client far:9 ${open} --as c
    expect session c OPEN --within 10ms
    run 1337ms
    ${pending ? 'rmc_send c pending' : ''}
    ${row.happens}
    run 1m
  `);
}

const seen = (emulator: Emulator): readonly Seen[] =>
  emulator
    .events('learned')
    .map(plain)
    .filter(({ app }) => app === 'client')
    .map(({ how, rule, after_us }) => ({
      how: String(how),
      rule: String(rule),
      afterUs: Number(after_us),
    }));

function holds(expected: readonly Told[], emulator: Emulator): void {
  expect(disagreement(expected, seen(emulator))).toEqual([]);
}

/** The idle client sends something now; what told it of that, counted from the call. */
function holdsLate(expected: readonly Told[], emulator: Emulator): void {
  const before = seen(emulator).length;
  const failedUs = emulator.learned()[0]!.sinceUs;
  const waitedUs = emulator.nowUs - failedUs;
  emulator.command('rmc_send c late\nrun 10s');
  const later = seen(emulator).slice(before);
  expect(
    disagreement(
      expected,
      later.map((one) => ({ ...one, afterUs: one.afterUs - waitedUs })),
    ),
  ).toEqual([]);
}

const rows = whenTable.map((row) => [`${row.happens} on an ${row.kind}`, row] as const);

describe('S17 D16 D17 D18 D20 D21 when a client of R1.0.x knows', () => {
  it.each(rows)('idle: %s', (_title, row) => holds(row.old.idle, waited(row, 'R1.0.x', '', false)));
  it.each(rows)('with an IO pending: %s', (_title, row) =>
    holds(row.old.busy, waited(row, 'R1.0.x', '', true)),
  );
  it.each(rows)('idle, and sends a minute later: %s', (_title, row) =>
    holdsLate(row.late.old, waited(row, 'R1.0.x', '', false)),
  );
  it.each(rows)('of a server of R1.0.x, idle or not: %s', (_title, row) => {
    holds(row.old.idle, waited(row, 'R1.0.x', '', false, 'R1.0.x'));
    holds(row.old.busy, waited(row, 'R1.0.x', '', true, 'R1.0.x'));
  });
});

describe('S21 D15 D17 D20 D21 when a client of R1.1 without abort_session knows', () => {
  it.each(rows)('idle: %s', (_title, row) => holds(row.deaf.idle, waited(row, 'R1.1', '', false)));
  it.each(rows)('with an IO pending: %s', (_title, row) =>
    holds(row.deaf.busy, waited(row, 'R1.1', '', true)),
  );
  it.each(rows)('idle, and sends a minute later: %s', (_title, row) =>
    holdsLate(row.late.deaf, waited(row, 'R1.1', '', false)),
  );
});

describe('S20 D15 D17 D20 D21 when a client of R1.1 with abort_session knows', () => {
  const open = '--abort_session notify';
  it.each(rows)('idle: %s', (_title, row) => holds(row.told.idle, waited(row, 'R1.1', open, false)));
  it.each(rows)('with an IO pending: %s', (_title, row) =>
    holds(row.told.busy, waited(row, 'R1.1', open, true)),
  );
});

describe('the ledger of who knows', () => {
  it.each(rows)('D30 has one failure of the node that the clients talk to: %s', (_title, row) => {
    const emulator = waited(row, 'R1.1', '--abort_session notify', false);
    const entries = emulator.learned().filter(({ rows: all }) => all.some(({ app }) => app === 'client'));
    expect(entries).toHaveLength(1);
    const client = entries[0]!.rows.find(({ app }) => app === 'client')!;
    expect(client.told).toBe(row.told.idle.length > 0);
    expect(client.rule).toBe(client.told ? 'D15 S20' : 'D21');
  });

  it.each(rows)('D30 says why an idle client of R1.0.x was not told: %s', (_title, row) => {
    const emulator = waited(row, 'R1.0.x', '', false);
    const client = emulator.learned().flatMap(({ rows: all }) => all.filter(({ app }) => app === 'client'));
    expect(client.map(({ told, rule }) => [told, rule])).toEqual([
      [false, row.happens === 'hang server' && row.kind === 'eee' ? 'D21' : 'S17'],
    ]);
  });
});
