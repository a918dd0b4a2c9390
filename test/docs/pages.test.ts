import { describe, expect, it } from 'vitest';
import { eventsPage } from '../../cli/documents/eventsPage.js';
import { ownershipPage } from '../../cli/documents/ownershipPage.js';
import { diagram, statesPage } from '../../cli/documents/statesPage.js';
import { statusesPage } from '../../cli/documents/statusesPage.js';
import { commonFields } from '../../emulator/index.js';
import { language } from '../../index.js';
import { holdings, ownership, rules } from '../../nodes/index.js';
import { stateTables, statuses } from '../../rmc-core/index.js';

describe('the page on statuses', () => {
  it('has each status, with its number, meaning and whether it is definite', () => {
    const page = statusesPage();
    for (const { name, code, definite, meaning } of statuses) {
      expect(page).toContain(`| \`${name}\` | ${code} | ${definite ? 'yes' : 'no'} | ${meaning} |`);
    }
  });
});

describe('the page on events', () => {
  const events = [...language().events.values()];

  it('has each event, its fields, its rules and who logs it', () => {
    const page = eventsPage();
    for (const { name, by, fields } of events) {
      expect(page).toContain(`\n### ${name}\n`);
      expect(page).toContain(`Logged by ${by}.`);
      for (const field of fields)
        expect(page).toContain(`| \`${field.name}\` | ${field.type} | ${field.help}`);
    }
  });

  it('is made from declarations that all say who logs them', () => {
    expect(events.filter(({ by }) => by === undefined).map(({ name }) => name)).toEqual([]);
    expect(events.flatMap(({ common }) => common).every((field) => commonFields.includes(field))).toBe(true);
  });
});

describe('the page on states', () => {
  it('has every entry of every table', () => {
    const page = statesPage();
    for (const { type, table } of stateTables) {
      expect(page).toContain(`\n## ${type}\n`);
      for (const [state, cells] of Object.entries(table)) {
        for (const [event, cell] of Object.entries(cells)) {
          expect(page).toContain(`| \`${state}\` | \`${event}\` |`);
          if (cell.actions.length > 0) expect(page).toContain(cell.actions.join(', '));
        }
      }
    }
  });

  it('draws an arrow a pair of states, with all its events', () => {
    const table = {
      OPENING: { rmc_close: { next: 'CLOSED', actions: [] }, corrupted: { next: 'CLOSED', actions: [] } },
      CLOSED: {},
    } as const;
    expect(diagram(table, 'rmc_open')).toEqual([
      'stateDiagram-v2',
      '  [*] --> OPENING : rmc_open',
      '  OPENING --> CLOSED : rmc_close, corrupted',
      '  CLOSED --> [*]',
    ]);
  });
});

describe('the page on owners', () => {
  const rows = ownership.flatMap((part) => part.rows);

  it('has every row of the table, and every way of owning', () => {
    const lines = ownershipPage().split('\n');
    const cells = lines.filter((line) => line.startsWith('| ') && line.includes('](rules.md#'));
    expect(cells).toHaveLength(rows.length);
    for (const { text } of Object.values(holdings)) expect(lines.join('\n')).toContain(`| ${text} |`);
  });

  it('speaks of every call and callback that has to do with blocks', () => {
    const steps = new Set(rows.map(({ step }) => step.split(' ')[0]));
    for (const name of ['rmc_open', 'rmc_listen', 'rmc_send', 'rmc_close', 'rmc_shutdown', 'process_exit']) {
      expect([...steps]).toContain(name);
    }
    for (const name of ['open_done', 'close_done', 'io_done']) expect([...steps]).toContain(name);
    for (const name of ['new_session', 'close_session', 'abort_session']) expect([...steps]).toContain(name);
  });

  it('rests each row on rules that there are', () => {
    const known = rules.map(({ number }) => number);
    expect(rows.flatMap((row) => row.rules).filter((rule) => !known.includes(rule))).toEqual([]);
    expect(rows.filter((row) => row.rules.length === 0)).toEqual([]);
  });
});
