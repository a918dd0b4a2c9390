import { describe, expect, it } from 'vitest';
import { ledgerLines } from '../../cli/story/ledgerText.js';
import { memoryLines } from '../../cli/story/memoryText.js';
import { storyLines } from '../../cli/story/story.js';
import type { LoggedEvent } from '../../emulator/index.js';
import type { LedgerRow, SessionView } from '../../nodes/index.js';

type Fields = Readonly<Record<string, string | number>>;

/** A log of these events, each caused by the one whose number is given. */
function log(...events: readonly (readonly [event: string, cause: number, fields: Fields])[]) {
  const logged = events.map(
    ([event, cause, fields], index): LoggedEvent => ({
      number: index + 1,
      timeUs: index * 100,
      cause,
      event,
      fields: new Map(Object.entries(fields)),
    }),
  );
  return storyLines((number) => logged[number - 1]!, logged.length);
}

describe('a story', () => {
  it('tells time, number, who, what, and because of what', () => {
    expect(
      log(
        ['command', 0, { text: 'power off eee0' }],
        ['node_down', 1, { node: 'eee0' }],
        ['frame_sent', 2, { node: 'ssc0', frame: 'HEARTBEAT', from: 'ssc0', to: 'eee0' }],
        [
          'learned',
          3,
          { app: 'client', about: 'eee0', how: 'abort_session', rule: 'S20', after_us: 330_000 },
        ],
      ),
    ).toEqual([
      '0.000 000  1          > power off eee0',
      '0.000 100  2  eee0    POWER OFF  because 1',
      '0.000 300  4  client  LEARNS of eee0 by abort_session (S20), 330 ms after it  because 2',
    ]);
  });

  it('leaves out what only makes noise', () => {
    expect(
      log(
        ['frame_sent', 0, { frame: 'HEARTBEAT' }],
        ['frame_delivered', 1, { frame: 'ACK' }],
        ['frame_dropped', 0, { frame: 'HEARTBEAT', reason: 'off' }],
        ['alloc', 0, { address: 4096 }],
        ['rmc_send', 0, { app: 'client', session: 'c.1', status: 'RMC_INPROGRESS' }],
        ['io_done', 0, { app: 'client', session: 'c.1', status: 'RMC_OK' }],
      ),
    ).toEqual([]);
  });

  it('joins a crowd of events that are alike into its first', () => {
    const message = ['message', 0, { app: 'server', session: 'server/1', text: 'hello' }] as const;
    const lost = ['frame_dropped', 0, { frame: 'DATA', from: 'a', to: 'b', reason: 'cut' }] as const;
    expect(log(message, lost, message, message, lost).map((line) => line.slice(20).trim())).toEqual([
      'gets "hello" on server/1  (and 2 more like this)',
      'DATA a -> b is lost: cut  (and 1 more like this)',
    ]);
  });

  it('shows control characters of a message, and cuts a long one', () => {
    const [line] = log(['message', 0, { app: 'a', session: 's', text: `\u001b[2J${'x'.repeat(100)}` }]);
    expect(line).toContain('"\\x1b[2Jx');
    expect(line).toContain('x…"');
  });
});

const row: LedgerRow = {
  ...{ app: 'client', node: 'ssc0', release: 'R1.1', session: 'client.1', told: true },
  ...{ how: 'abort_session', rule: 'S20', afterUs: 330_000, why: '3 heartbeats missed' },
  ...{ outlook: 'told', untilUs: -1, event: 209, missedUs: [] },
};

describe('the ledger', () => {
  it('says who was told, how, by which rule and after how long, and who was not, and why', () => {
    const untold: LedgerRow = {
      ...row,
      ...{ app: 'old', node: 'ssc2', release: 'R1.0.x', told: false, how: '', rule: 'S17', why: 'idle' },
      ...{ outlook: 'never', event: 0 },
    };
    const waiting: LedgerRow = {
      ...untold,
      app: 'new',
      why: 'silent',
      outlook: 'not yet',
      untilUs: 1_350_000,
    };
    const entry = { about: 'eee0', what: 'node_down', event: 187, sinceUs: 1_000_000 };
    expect(ledgerLines([{ ...entry, rows: [row, untold, waiting] }])).toEqual([
      '',
      'Who has learned that eee0 lost its power, at 1.000 000 (event 187)',
      '  told      client  ssc0  R1.1    by abort_session  S20  after 330 ms    3 heartbeats missed',
      '  NEVER     old     ssc2  R1.0.x  nobody tells it   S17  for 330 ms now  idle',
      '  NOT YET   new     ssc2  R1.0.x  nobody tells it   S17  for 330 ms now  silent: not yet, by 1.350 000 s at the latest',
    ]);
  });

  it('says so when nothing failed', () => {
    expect(ledgerLines([])).toEqual(['', 'Nothing failed, so there was nothing to learn.']);
  });
});

describe('the table of sessions', () => {
  it('says where each block lies, who placed it, who frees it, and what became of it', () => {
    const session: SessionView = {
      ...{ name: 'server/1', type: 'ACCEPT', state: 'ESTABLISHED', over: false, lost: true, node: 'eee0' },
      ...{ app: 'server', peer: 'ssc0', address: 0x480, owner: 'R', placedBy: 'RMC (EEE: always)' },
      ...{
        whoFrees: 'RMC; the app never',
        block: 'gone with its process',
        queued: 0,
        inFlight: 0,
        delivered: 1,
        delivery: 'reliable',
        givenUp: 0,
        late: 0,
      },
    };
    const [, , header, line, legend] = memoryLines([session]);
    expect(header).toMatch(/SESSION .*PLACED BY .*WHO FREES IT, AND WHEN/);
    expect(line).toBe(
      '  server/1  ACCEPT  ESTABLISHED, lost  R eee0 0x0480  RMC (EEE: always)  RMC; the app never      gone with its process',
    );
    expect(legend).toMatch(/R: RMC’s block; the application never frees it/);
  });
});
