import { describe, expect, test } from 'vitest';
import { captionLine, footerLine, overlayLines, statusLine } from '../../tui/panes/bars.js';
import { busPane } from '../../tui/panes/bus.js';
import { becauseOf, detailOf, markOf } from '../../tui/panes/eventText.js';
import { bar, barScaleUs, ledgerPane } from '../../tui/panes/ledger.js';
import { logPane } from '../../tui/panes/log.js';
import { nodesPane } from '../../tui/panes/nodes.js';
import { sessionsPane } from '../../tui/panes/sessions.js';
import { sessionOrder } from '../../tui/reading/sessionTable.js';
import { recentFrames } from '../../tui/reading/traffic.js';
import { type Line, line, textOf, widthOf } from '../../tui/text/line.js';
import { FakeSource } from './support/fakeSource.js';
import { box, eee, event, failoverView, ledgerRow, session, ssc } from './support/fixtures.js';

const frame = (width: number, height: number, focused = false) => ({ width, height, focused });
const rows = (lines: readonly Line[]): string[] => lines.map((row) => textOf(row).trimEnd());

describe('every pane', () => {
  test('gives exactly its height of lines, each exactly as wide as the pane', () => {
    const source = new FakeSource();
    const log = { rows: [], newer: 0, filter: '', withFrames: false };
    const none = { first: 0, selected: '', changed: new Map(), note: '' };
    for (const width of [32, 40, 57, 80, 96, 119, 150, 200]) {
      for (const height of [1, 2, 4, 5, 7, 8, 20]) {
        const size = frame(width, height, true);
        const panes = [
          nodesPane(failoverView, 0, 'ssc0', size),
          busPane(failoverView, 0, recentFrames(source, height), size),
          sessionsPane(failoverView.sessions, none, size),
          ledgerPane(failoverView.ledger, wish(), size),
          logPane(log, size),
        ];
        for (const [index, lines] of panes.entries()) {
          expect(lines, `pane ${index} at ${width}x${height}`).toHaveLength(height);
          for (const row of lines) expect(widthOf(row), `pane ${index} at ${width}x${height}`).toBe(width);
        }
      }
    }
  });
});

describe('nodes', () => {
  test('D19 an SSC is one process with RMC inside, an EEE two with IPC between', () => {
    const view = { ...failoverView, nodes: [ssc('s', 'a'), eee('e', 'b')] };
    const text = rows(nodesPane(view, 0, '', frame(80, 5)));
    expect(text[0]).toMatch(/^● s SSC R1\.1 on +● e EEE R1\.1 on$/);
    expect(text[2]).toMatch(/│app a +│ │app b +│←IPC→│owns all +│/);
    expect(text[3]).toMatch(/│RMC: library inside +│ │may not place +│ 5us │ACCEPT blocks +│/);
  });

  test('hung, ended, booting and absent processes look different without a colour', () => {
    const nodes = [
      ssc('a', 'x', { boxes: [box({ title: 'process x', state: 'hung' })] }),
      ssc('b', 'y', { boxes: [box({ title: 'process y', state: 'exited' })] }),
      ssc('c', 'z', { power: 'booting' }),
      ssc('d', 'none', { boxes: [] }),
    ];
    const text = rows(nodesPane({ ...failoverView, nodes }, 0, '', frame(120, 5))).join('\n');
    expect(text).toContain('HUNG');
    expect(text).toMatch(/┌╌ process y EXITED/);
    expect(text).toContain('… c SSC R1.1 booting');
    expect(text).toContain('no process');
  });

  test('no width hides that a process of a node that is on hangs or has ended, nor which', () => {
    const nodes = [
      ssc('ssc0', 'client', {
        boxes: [box({ title: 'process client', state: 'hung', lines: ['app client'] })],
      }),
      eee('eee0', 'server', {
        boxes: [
          box({ title: 'process server', role: 'app', state: 'hung', lines: ['app server'] }),
          box({ title: 'process RMC', role: 'rmc', state: 'exited', lines: ['owns all'] }),
        ],
      }),
      ssc('ssc1', 'standby'),
      ssc('ssc2', 'old', { boxes: [box({ title: 'process old', state: 'exited', lines: ['app old'] })] }),
    ];
    for (const [width, height] of [
      [80, 5],
      [100, 7],
      [200, 8],
    ] as const) {
      const text = rows(nodesPane({ ...failoverView, nodes }, 0, '', frame(width, height)));
      const titles = text.find((row) => row.includes('┌') && row.includes('HUNG')) ?? '';
      expect(titles.match(/HUNG/g), `${width}`).toHaveLength(2);
      expect(titles, `${width}`).toMatch(/RMC EXITED/);
      expect(titles.match(/EXITED/g), `${width}`).toHaveLength(2);
      expect(text.join('\n')).toMatch(/app server/);
    }
    const summary = rows(nodesPane({ ...failoverView, nodes: nodes.slice(1, 2) }, 0, '', frame(60, 1)))[0];
    expect(summary).toContain('server HUNG, RMC EXITED');
  });

  test('more nodes than fit: the rest follows the selection, and all stand on a zoomed pane', () => {
    const nodes = Array.from({ length: 12 }, (_, index) => ssc(`n${index}`, 'app'));
    const view = { ...failoverView, nodes };
    expect(rows(nodesPane(view, 8, '', frame(80, 5)))[0]).toContain('n8');
    const zoomed = rows(nodesPane(view, 0, '', frame(80, 30))).join('\n');
    for (const node of nodes) expect(zoomed).toContain(node.name);
  });
});

describe('sessions', () => {
  const shown = (width: number, selected = '') =>
    rows(
      sessionsPane(
        sessionOrder(failoverView.sessions),
        { first: 0, selected, changed: new Map([['client.2', new Set(['state'] as const)]]), note: '' },
        frame(width, 9, selected !== ''),
      ),
    );

  test('S13 S7 who placed each block and who frees it, at every width', () => {
    for (const width of [40, 60, 80, 100, 150]) expect(shown(width)[0]).toContain('WHO FREES IT');
    const text = shown(100).join('\n');
    expect(text).toMatch(/standby\/1 +ACCEPT ✓ ESTABLISHED N ssc1 0x2000 +app standby, in new/);
    expect(text).toMatch(
      /server\/1 +ACCEPT ✗ lost +R eee0 0x0480 +RMC \(EEE: always\) +gone with its process/,
    );
  });

  test('sessions that live come first, then the lost, then those that are over', () => {
    const order = sessionOrder([session('a', { over: true }), session('b', { lost: true }), session('c')]);
    expect(order.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  });

  test('the marked row has an arrow, one that changed a star', () => {
    const text = shown(80, 'client.1');
    expect(text.find((row) => row.includes('client.1'))).toMatch(/^▸/);
    expect(text.find((row) => row.includes('client.2'))).toMatch(/^\*/);
  });

  test('a window on many sessions says how many are above and below, at every width', () => {
    const many = Array.from({ length: 30 }, (_, index) => session(`c.${index}`));
    const text = rows(
      sessionsPane(many, { first: 10, selected: '', changed: new Map(), note: '' }, frame(120, 6)),
    );
    expect(text[0]).toContain('10 above, 15 below');
    expect(text[1]).toContain('c.10');
    const header = (first: number, width: number): string =>
      rows(sessionsPane(many, { first, selected: '', changed: new Map(), note: '' }, frame(width, 6)))[0] ??
      '';
    for (let width = 32; width <= 200; width++) {
      expect(header(0, width), `${width}`).toMatch(/25 (more )?below/);
      expect(header(25, width), `${width}`).toMatch(/25 (more )?above/);
    }
  });
});

/** The ledger as it is cut down to `filter`, with a row marked; the time is that of the failover view. */
const wish = (filter = '', selectedSession = '', selectedEvent = 0) => ({
  ...{ filter, selectedSession, selectedEvent, nowUs: failoverView.nowUs, top: 0 },
});

describe('ledger', () => {
  test('D30 says who was told, how, by which rule, after how long, and who was not', () => {
    const text = rows(ledgerPane(failoverView.ledger, wish(), frame(110, 4)));
    expect(text[0]).toContain('WHO HAS LEARNED THAT eee0 DIED');
    expect(text[1]).toMatch(/^ ✓ client +R1\.1 +abort_session +3 heartbeats missed +D15 S20 +330 ms █+$/);
    expect(text[2]).toMatch(/^ ✗ old +R1\.0\.x +never +idle: no IO that could fail +S17 +330 ms ░+$/);
  });

  test('several failures: the newest first, each row with what it is about', () => {
    const second = {
      about: 'ssc0',
      what: 'node_down',
      event: 300,
      sinceUs: 2_000_000,
      rows: [ledgerRow('standby')],
    };
    const text = rows(ledgerPane([...failoverView.ledger, second], wish(), frame(110, 5)));
    expect(text[0]).toContain('WHO HAS LEARNED OF WHAT');
    expect(text[1]).toMatch(/standby +R1\.1 +ssc0/);
    expect(text[2]).toMatch(/client +R1\.1 +eee0/);
  });

  test('an application that failed loses its node before the columns run together', () => {
    const third = {
      about: 'server on eee0',
      what: 'process_hang',
      event: 301,
      sinceUs: 0,
      rows: [ledgerRow('a')],
    };
    const text = (width: number) =>
      rows(ledgerPane([...failoverView.ledger, third], wish(), frame(width, 5)))[1];
    expect(text(80)).toMatch(/^ ✓ a +R1\.1 +server +abort_session/);
    expect(text(110)).toMatch(/^ ✓ a +R1\.1 +server on eee0 +abort_session/);
  });

  test('D30 who waits says until when, who never will be told says so, at every width', () => {
    const waiting = ledgerRow('new', {
      ...{
        told: false,
        outlook: 'not yet',
        untilUs: 1_350_000,
        how: '',
        rule: 'D15',
        why: 'heartbeats missed',
      },
    });
    const rest = failoverView.ledger[0]?.rows ?? [];
    const ledger = [{ ...failoverView.ledger[0], rows: [waiting, ...rest] }] as never;
    const text = (width: number) => rows(ledgerPane(ledger, wish(), frame(width, 5)));
    expect(text(110)[1]).toMatch(/^ \? new +R1\.1 +not yet +by 350 ms: heartbeats missed +D15 +330 ms ░+$/);
    expect(text(80)[1]).toMatch(/^ \? new +R1\.1 +not yet by 350 ms: heart/);
    expect(text(40)[1]).toMatch(/^ \? new +not yet by /);
    expect(text(40)[3]).toMatch(/^ ✗ old +never idle: n/);
  });

  test('D30 a row is marked by its event and session, in the pane with the focus and in others', () => {
    const marked = (focused: boolean, ...of: [string?, string?, number?]) =>
      rows(ledgerPane(failoverView.ledger, wish(...of), { ...frame(80, 4), focused })).findIndex(
        (row) => row.startsWith('▸') && !row.includes('WHO'),
      );
    expect(marked(false)).toBe(-1);
    expect(marked(true)).toBe(1);
    expect(marked(false, '', 'old.1')).toBe(2);
    expect(marked(true, '', 'old.1')).toBe(2);
    expect(marked(false, '', '', failoverView.ledger[0]?.event)).toBe(1);
  });

  test('D30 with room each row stands in time: failure, missed heartbeats, telling, bound, now', () => {
    const sinceUs = 1_000_000;
    const missedUs = [100_000, 200_000, 300_000].map((us) => sinceUs + us);
    const told = ledgerRow('told', { missedUs, afterUs: 350_000 });
    const untold = { told: false, how: '', afterUs: 250_000 } as const;
    const waits = ledgerRow('waits', {
      ...untold,
      ...{ outlook: 'not yet', untilUs: sinceUs + 350_000, missedUs: missedUs.slice(0, 2) },
    });
    const never = ledgerRow('idle', { ...untold, outlook: 'never' });
    const ledger = [{ about: 'eee0', what: 'node_down', event: 187, sinceUs, rows: [told, waits, never] }];
    const now = { ...wish(), nowUs: sinceUs + 250_000 };
    const all = rows(ledgerPane(ledger, now, frame(57, 14)));
    const times = all.filter((row) => row.startsWith('      ✗'));
    expect(all[1]).toBe(' ■ eee0 DIED at 1.000 000 s, event 187');
    expect(times[0]).toMatch(/^ {6}✗─+○─+○─+○─+✓ +350 ms$/);
    expect(times[1]).toMatch(/^ {6}✗░+○░+○░+│ +\? +400 ms$/);
    expect(times[2]).toMatch(/^ {6}✗░+│ +400 ms$/);
    const late = rows(ledgerPane(ledger, { ...now, nowUs: sinceUs + 9_000_000 }, frame(57, 14)));
    expect(late.filter((row) => row.startsWith('      ✗')).at(-1)).toMatch(/^ {6}✗░+… 400 ms$/);
    expect(late.join(' ')).toContain('○ heartbeat missed');
  });

  test('before anything failed it says what it is for', () => {
    expect(rows(ledgerPane([], wish(), frame(100, 4))).join(' ')).toContain(
      'Nothing has died, hung or been cut off yet',
    );
  });

  test('rows out of sight are counted, a filter cuts down to what matches', () => {
    const many = [
      { ...failoverView.ledger[0], rows: ['a', 'b', 'c', 'd'].map((app) => ledgerRow(app)) },
    ] as never;
    expect(rows(ledgerPane(many, wish(), frame(110, 3)))[0]).toContain('2 more below');
    expect(rows(ledgerPane(many, wish('', 'd.1'), frame(110, 3)))[0]).toContain('2 more above');
    const filtered = rows(ledgerPane(failoverView.ledger, wish('NOT told'), frame(110, 4)));
    expect(filtered[0]).toContain('/NOT told');
    expect(filtered[1]).toContain('old');
    expect(filtered[2]).toBe('');
    expect(rows(ledgerPane(failoverView.ledger, wish('zzz'), frame(110, 4)))[1]).toContain('no row matches');
  });

  test('the bar grows with the time, and its scale with the longest', () => {
    expect(barScaleUs(10)).toBe(400_000);
    expect(barScaleUs(700_000)).toBe(1_000_000);
    expect(barScaleUs(1_500_000)).toBe(2_000_000);
    expect(barScaleUs(3_000_000)).toBe(5_000_000);
    expect(bar(200_000, 400_000, 10, true)).toBe('█████     ');
    expect(bar(400_000, 400_000, 4, false)).toBe('░░░…');
  });
});

describe('bus', () => {
  const traces = (fate: 'in flight' | 'delivered' | 'dropped', from = 'ssc0', to = 'ssc1') => [
    {
      number: 1,
      timeUs: 100,
      frame: 'DATA',
      from,
      to,
      session: 'client.2',
      fate,
      reason: fate === 'dropped' ? 'loss' : '',
    },
  ];
  const lane = (given: Parameters<typeof traces>): string =>
    rows(busPane(failoverView, 0, traces(...given), frame(100, 2)))[1] ?? '';

  test('a frame is an arrow from its node to the other; dropped and in flight look different', () => {
    expect(lane(['delivered'])).toMatch(/^ +├─+ DATA ─+→ 0\.000 100 client\.2$/);
    expect(lane(['delivered', 'ssc1', 'ssc0'])).toMatch(/^ +←─+ DATA ─+┤/);
    expect(lane(['dropped'])).toMatch(/├─+ DATA ─+✗ .*\(loss\)$/);
    expect(lane(['in flight'])).toMatch(/├╌+ DATA ╌+→/);
  });

  test('says what is cut off, silent or injected', () => {
    const bus = {
      ...failoverView.bus,
      cuts: [{ from: 'ssc0', to: 'ssc1', oneWay: true }],
      injections: [{ name: 'i1', kind: 'loss', taken: 2 }],
    };
    const [strip = ''] = rows(busPane({ ...failoverView, bus }, 0, [], frame(120, 2)));
    expect(strip).toContain('no frames from eee0; cut ssc0→ssc1; loss i1 (2 taken)');
  });
});

describe('events', () => {
  test('have a mark, a text and a cause', () => {
    const down = event(2, 5, 'node_down', { node: 'eee0' }, 1);
    const failed = event(3, 5, 'rmc_open', { app: 'a', peer: 'n:1', status: 'RMC_ENOMEM' });
    expect([markOf(down), markOf(failed)]).toEqual(['✗', '!']);
    expect(detailOf(failed)).toBe('n:1 RMC_ENOMEM');
    expect(detailOf(event(4, 5, 'frame_sent', { frame: 'ACK', from: 'a', to: 'b' }))).toBe('ACK a→b');
    expect(
      detailOf(event(5, 5, 'learned', { about: 'eee0', how: 'io', rule: 'S17', after_us: 330_000 })),
    ).toBe('eee0 io S17 330 ms');
    expect(becauseOf(event(1, 0, 'command', { text: 'power off eee0' }))).toBe('1 power off eee0');
    expect(becauseOf(undefined)).toBe('');
  });

  test('the log shows the cause where there is room', () => {
    const cause = event(1, 0, 'command', { text: 'power off eee0' });
    const log = {
      rows: [{ event: event(2, 5, 'node_down', { node: 'eee0' }, 1), cause }],
      newer: 3,
      filter: '',
      withFrames: false,
    };
    const text = rows(logPane(log, frame(110, 6)));
    expect(text[0]).toContain('paused, 3 new');
    expect(text[1]).toMatch(/0\.000 005 +2 ✗ node_down +eee0 .*because 1 power off/);
  });
});

describe('bars', () => {
  const status = new FakeSource().status();
  const extras = { speed: '1/10', event: 11, running: false };

  test('the status keeps mode and time longest', () => {
    expect(textOf(statusLine(status, extras, 110))).toMatch(
      /failover\.drill .*PAUSED .*t 1\.330 100 s .*seed 1 .*checks 2\/2 ok/,
    );
    const narrow = textOf(statusLine(status, extras, 34));
    expect(narrow).toContain('PAUSED');
    expect(narrow).toContain('1.330 100');
    expect(textOf(statusLine({ ...status, failure: 'x' }, extras, 80))).toContain('✗ FAILED');
  });

  test('the footer keeps whole hints, with their places', () => {
    const hints = [
      { key: 'q', text: 'quit', action: 'quit' },
      { key: '?', text: 'help', action: 'help' },
    ];
    expect(footerLine(hints, 10).places).toEqual([{ action: 'quit', x: 1, width: 6 }]);
    expect(textOf(footerLine(hints, 20).line)).toBe(' q quit  ? help     ');
  });

  test('an overlay scrolls, and says how much is below', () => {
    const lines = Array.from({ length: 9 }, (_, index) => line(`row ${index}`));
    const text = overlayLines('digest', lines, 2, 40, 6).map(textOf);
    expect(text[0]).toMatch(/^┌─ digest ─+┐$/);
    expect(text[1]).toContain('row 2');
    expect(text[5]).toContain('3 more below');
    for (const row of text) expect(row).toHaveLength(40);
  });

  test('of the forms of a caption the first that fits is shown', () => {
    const forms = ['a long caption with all there is to say', 'a short caption'];
    expect(textOf(captionLine(forms, true, 60))).toContain('a long caption');
    expect(textOf(captionLine(forms, true, 20)).trim()).toBe('▸ a short caption');
  });

  test('a caption is cut, never wrapped', () => {
    expect(textOf(captionLine(['x'.repeat(200)], true, 50))).toHaveLength(50);
  });
});
