import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientCases, drillOf, happenings, WHEN_FOLDER } from '../../cli/documents/whenCases.js';
import { whenPage } from '../../cli/documents/whenPage.js';
import { runOf } from '../../cli/documents/whenRuns.js';
import { nodeKinds } from '../../nodes/index.js';
import { repository } from '../support/drillBook.js';
import { disagreement, type WhenRow, whenTable } from '../support/whenTable.js';

const drills = join(repository, 'drills');

/** The command of each happening, as the table of what the rules say names it. */
const commands: Readonly<Record<string, string>> = {
  'The application dies': 'kill server',
  'The application hangs': 'hang server',
  'The RMC process dies': 'kill far.rmc',
  'The RMC process hangs': 'hang far.rmc',
  'The node dies': 'power off far',
  'The node hangs': 'hang far',
};

const cases = happenings.flatMap((happening) => nodeKinds.map((kind) => ({ happening, kind })));
const rowOf = (title: string, kind: string): WhenRow | undefined =>
  whenTable.find((row) => row.happens === commands[title] && row.kind === kind);

describe('the page on when the client knew', () => {
  it('has a drill for each case of the table, and for no other', () => {
    for (const { happening, kind } of cases) {
      const isThere = rowOf(happening.title, kind.name) !== undefined;
      expect(drillOf(happening, kind) !== undefined, `${happening.title}, ${kind.name}`).toBe(isThere);
    }
  });

  const there = cases.filter(({ happening, kind }) => drillOf(happening, kind) !== undefined);
  it.each(there.map((one) => [`${one.happening.title}, ${one.kind.title}`, one] as const))(
    'is made of runs that say what the rules say: %s',
    (_title, { happening, kind }) => {
      const row = rowOf(happening.title, kind.name)!;
      const run = runOf(drills, happening, kind)!;
      for (const { app } of clientCases) {
        const expected = row[app as 'old' | 'deaf' | 'told'];
        const idle = run(`${app}-idle`);
        expect(disagreement(expected.idle, idle.tellings), `${app}, idle`).toEqual([]);
        expect(disagreement(expected.busy, run(`${app}-busy`).tellings), `${app}, busy`).toEqual([]);
        const late = idle.late === undefined ? [] : [idle.late];
        expect(disagreement(row.late[app as 'old' | 'deaf' | 'told'], late), `${app}, late`).toEqual([]);
      }
    },
  );

  it('has a row a case and a cell a client, and says why some are not there', () => {
    const rows = whenPage(drills)
      .split('\n')
      .filter((line) => /^\| \[?The /.test(line))
      .map((line) => line.split(' | '));
    expect(rows.map((cells) => cells.length)).toEqual([...cases.map(() => 9), ...cases.map(() => 5)]);
    const absent = rows.filter((cells) => cells.some((cell) => cell.startsWith('–')));
    expect(absent.map((cells) => cells.slice(1, 3).join(' '))).toEqual(
      Array.from({ length: 4 }, () => 'SSC an SSC has no RMC process of its own [D19](rules.md#d19)'),
    );
  });

  it('gives the time, the way and the rules in a cell', () => {
    const row = whenPage(drills)
      .split('\n')
      .find((line) => line.startsWith('| [The application dies](') && line.includes('| EEE |'))!;
    const s17 = '[S17](rules.md#s17)';
    expect(row.split(' | ').slice(2)).toEqual([
      'the far RMC said so (ABORT) [D15](rules.md#d15)',
      `**not told** ${s17}`,
      `**2 s**: the IO fails ${s17}`,
      '**not told** [S21](rules.md#s21)',
      `**100 us**: the IO fails ${s17}`,
      '**100 us**: `abort_session` [S20](rules.md#s20)',
      `**100 us**: the IO fails ${s17}, then \`abort_session\` [S20](rules.md#s20) |`,
    ]);
  });
});

describe('a drill of the page that fails', () => {
  let copy = '';
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'rmc-emu-when-'));
    cpSync(join(drills, WHEN_FOLDER), join(copy, WHEN_FOLDER), { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  const spoil = (change: (text: string) => string): void => {
    const file = join(copy, WHEN_FOLDER, 'node-dies.drill');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };

  it('is no page: its file, its line and the check are named', () => {
    spoil((text) => text.replace('power off far', 'run 1ms'));
    expect(() => whenPage(copy)).toThrow(/node-dies\.drill:\d+: expected learned --app told-idle/);
  });

  it('is no page either when its text is wrong', () => {
    spoil((text) => `${text}\npwoer off far\n`);
    expect(() => whenPage(copy)).toThrow(/node-dies\.drill: .*pwoer/);
  });
});
