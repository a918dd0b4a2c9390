import { describe, expect, test } from 'vitest';
import { sequencePane } from '../../tui/panes/sequence.js';
import { type SequenceMark, sequenceMarks } from '../../tui/panes/sequenceMarks.js';
import { QUIET_ROWS, sequenceRows } from '../../tui/panes/sequenceRows.js';
import { trafficTable } from '../../tui/panes/trafficTable.js';
import { type TrafficFrame, TrafficIndex } from '../../tui/reading/trafficIndex.js';
import { toAscii } from '../../tui/text/glyphs.js';
import { type Line, textOf, widthOf } from '../../tui/text/line.js';
import { event } from './support/fixtures.js';
import { manyFrames, ran } from './support/trafficSource.js';

const rows = (lines: readonly Line[]): string[] => lines.map((row) => textOf(row).trimEnd());
const size = (width: number, height: number, focused = false) => ({ width, height, focused });

/** A frame that took 100 us; what is not given is usual. */
function sent(number: number, timeUs: number, given: Partial<TrafficFrame> = {}): TrafficFrame {
  return {
    ...{ number, timeUs, frame: 'DATA', from: 'a', to: 'b', session: 'x', fate: 'delivered', reason: '' },
    ...{ endEvent: number + 1, endUs: timeUs + 100, ends: 1, answers: '', againOf: 0 },
    ...given,
  };
}

const lost = (reason: string, endUs: number): Partial<TrafficFrame> => ({ fate: 'dropped', reason, endUs });
const flying: Partial<TrafficFrame> = { fate: 'in flight', endEvent: 0, endUs: -1, ends: 0 };
const nodes = ['a', 'b', 'c', 'd'].map((name) => ({ name }));

/** Everything that there is to draw: all fates, all directions, answers, copies, repetitions. */
const mixed: readonly TrafficFrame[] = [
  sent(1, 0, { frame: 'OPEN_REQ' }),
  sent(3, 100, { frame: 'OPEN_ACK', from: 'b', to: 'a', session: 'y', answers: 'x' }),
  sent(5, 300_000, lost('inject', 300_000)),
  sent(7, 300_000, { from: 'd', to: 'a', ...lost('mailbox', 300_100) }),
  sent(9, 350_000, { againOf: 5, ends: 2 }),
  sent(11, 350_000, { from: 'a', to: 'd', ...flying }),
  sent(13, 350_010, { from: 'c', to: 'c' }),
];
const marks: readonly SequenceMark[] = sequenceMarks([
  event(15, 350_000, 'node_down', { node: 'c' }),
  event(17, 350_050, 'learned', { node: 'a', app: 'client', about: 'c', how: 'io' }),
]);
const all = { fromUs: 0, toUs: 400_000, selectedEvent: 0, selectedSession: '', marks };
const marked = { selectedEvent: 9, selectedSession: 'x' };

/** A lossy run in which every fate comes up. */
const scenario = `
  node a ssc
  node b eee
  app c --on a
  app s --on b
  link jitter 200us
  link loss 10%
  link corrupt 5%
  link duplicate 5%
  rmc_listen s 7 --on_message echo
  rmc_open c b:7 --as x
  run 500ms
  rmc_send x hello --count 10
  run 300ms
  power off b
  run 1s
`;

describe('traffic panes', () => {
  test('give exactly their height of lines, each exactly as wide as the pane, in ASCII too', () => {
    const { source } = ran(scenario);
    const index = new TrafficIndex();
    index.sync(source);
    for (const frames of [mixed, index.frames, []]) {
      for (const width of [32, 40, 57, 80, 100, 119, 200]) {
        for (const height of [1, 2, 3, 8, 20, 60]) expectExact(frames, size(width, height, height > 3));
      }
    }
  });
});

function expectExact(frames: readonly TrafficFrame[], frame: ReturnType<typeof size>): void {
  const panes = [
    trafficTable(frames, marked, frame),
    sequencePane(frames, nodes, { ...all, ...marked }, frame),
  ];
  for (const [pane, lines] of panes.entries()) {
    const where = `pane ${pane} at ${frame.width}x${frame.height}`;
    expect(lines, where).toHaveLength(frame.height);
    for (const row of lines) {
      expect(widthOf(row), where).toBe(frame.width);
      expect(toAscii(textOf(row)), where).toMatch(/^[\x20-\x7e]*$/);
      expect(toAscii(textOf(row)), 'every glyph has its ASCII form').not.toContain('?');
    }
  }
}

describe('the table of frames', () => {
  const table = (width: number, given: Partial<Parameters<typeof trafficTable>[1]> = {}): string[] =>
    rows(trafficTable(mixed, { selectedEvent: 0, selectedSession: '', ...given }, size(width, 8)));

  test('a frame is a row: number, time, type, way, session, fate with a symbol', () => {
    const text = table(100);
    expect(text[0]).toMatch(/^─TRAFFIC +TIME +TYPE +FROM→TO +SESSION +FATE ─+$/);
    expect(text[1]).toMatch(/^ +1 0\.000 000 OPEN_REQ +a→b +x +✓ arrived after 100 us$/);
    expect(text[3]).toMatch(/^ +5 0\.300 000 DATA +a→b +x +✗ dropped \(inject\)$/);
    expect(text[4]).toMatch(/^ +7 .* d→a +x +✗ dropped \(mailbox\) after 100 us$/);
    expect(text[5]).toMatch(/✓ arrived after 100 us, 2 copies, again of 5$/);
    expect(text[6]).toMatch(/a→d +x +╌ in flight$/);
  });

  test('narrow tables keep time, type, way and fate, and the reason where a frame was dropped', () => {
    const text = table(40);
    expect(text[1]).toBe(' 0.000 000 OPEN_REQ  a→b        ✓ 100 us');
    expect(text[3]).toBe(' 0.300 000 DATA      a→b        ✗ inject');
    expect(text[6]).toBe(' 0.350 000 DATA      a→d        ╌');
    expect(table(80)[5]).toMatch(/✓ arrived after 100 us x2 again$/);
  });

  test('the marked row has an arrow and is reversed with the focus; those of the session have a dot', () => {
    const text = table(100, marked);
    expect(text.map((row) => row[0]).slice(1)).toEqual(['●', '●', '●', '●', '▸', '●', '●']);
    expect(
      table(100, { selectedSession: 'y' })
        .map((row) => row[0])
        .slice(1, 4),
    ).toEqual([' ', '●', ' ']);
    const roles = trafficTable(mixed, { ...marked, selectedSession: '' }, size(100, 8, true));
    expect(roles.map((row) => row.every(({ role }) => role === 'select'))).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  test('the newest is at the bottom, a window says what is above and below, a filter what it is', () => {
    const index = new TrafficIndex();
    index.sync(manyFrames(30));
    const text = (given: object): string[] =>
      rows(trafficTable(index.frames, { selectedEvent: 0, selectedSession: '', ...given }, size(100, 6)));
    expect(text({})[0]).toContain('25 more above');
    expect(text({})[5]).toContain(' s29 ');
    expect(text({ first: 0 })[0]).toContain('25 more below');
    expect(text({ first: 10 })[0]).toContain('10 above, 15 below');
    expect(text({ first: 99 })[5]).toContain(' s29 ');
    expect(text({ end: 20 })[5]).toContain(' s19 ');
    expect(text({ selectedEvent: 5 })[1]).toMatch(/^▸ +5 /);
    expect(text({ note: '/data' })[0]).toContain('/data 25 more above');
    expect(rows(trafficTable([], { selectedEvent: 0, selectedSession: '' }, size(60, 3)))[1]).toContain(
      'no frame yet',
    );
    const none = trafficTable([], { selectedEvent: 0, selectedSession: '', note: '/zzz' }, size(60, 3));
    expect(rows(none)[1]).toContain('no frame matches');
  });
});

describe('rows of the sequence diagram', () => {
  const item = (timeUs: number, left: number, right: number, order = timeUs) => ({
    timeUs,
    left,
    right,
    order,
  });
  const laid = (items: ReturnType<typeof item>[], toUs: number) =>
    sequenceRows(items, 0, toUs, 10).map(({ items: found, quietUs }) =>
      quietUs > 0 ? `quiet ${quietUs}` : found.map(({ timeUs }) => timeUs).join(' '),
    );

  test('are to scale', () => {
    expect(laid([item(0, 0, 5), item(20, 0, 5), item(30, 0, 5)], 30)).toEqual(['0', '', '20', '30']);
    expect(laid([item(0, 0, 5), item(9, 6, 9), item(10, 0, 5)], 10)).toEqual(['0 9', '10']);
  });

  test('shorten what is quiet, at the start and at the end too, but not four rows', () => {
    expect(QUIET_ROWS).toBe(4);
    expect(laid([item(1_000, 0, 5)], 3_000)).toEqual(['quiet 1000', '1000', 'quiet 2000']);
    expect(laid([item(50, 0, 5)], 50)).toEqual(['quiet 50', '50']);
    expect(laid([item(40, 0, 5), item(90, 0, 5)], 90)).toEqual(['', '', '', '', '40', '', '', '', '', '90']);
    expect(laid([], 30)).toEqual(['', '', '']);
    expect(laid([item(0, 0, 5)], Number.POSITIVE_INFINITY)).toEqual(['0']);
  });

  test('what would cover something else takes a row of its own, in the order of the log', () => {
    expect(laid([item(0, 0, 5, 2), item(0, 3, 9, 1), item(0, 6, 9, 3)], 0)).toEqual(['0', '0 0']);
    expect(laid([item(0, 0, 5, 1), item(0, 0, 5, 2), item(10, 0, 5, 3)], 10)).toEqual(['0', '0', '10']);
  });
});

describe('the sequence diagram', () => {
  const drawn = (frames: readonly TrafficFrame[], given: object = {}, width = 60, height = 24): string[] =>
    rows(sequencePane(frames, nodes.slice(0, 2), { ...all, marks: [], ...given }, size(width, height)));

  test('an arrow goes from sender to receiver, across in the row where it was sent, in where it arrived', () => {
    const text = drawn(
      [sent(1, 0, { frame: 'OPEN_REQ' }), sent(3, 100, { from: 'b', to: 'a', frame: 'OPEN_ACK' })],
      {
        toUs: 200,
      },
    );
    expect(text[0]).toMatch(/SEQUENCE 20 us a row/);
    expect(text[1]).toMatch(/^ +a +b$/);
    expect(text[2]).toMatch(/^ 0\.000 000 +├─+ OPEN_REQ ─+┐ │$/);
    for (const row of text.slice(3, 7)) expect(row).toMatch(/^ +│ +│ │$/);
    expect(text[7]).toMatch(/^ 0\.000 100 +│ +└→│$/);
    expect(text[8]).toMatch(/^ 0\.000 100 +│ ┌─+ OPEN_ACK ─+┤$/);
    expect(text[13]).toMatch(/^ 0\.000 200 +│←┘ +│$/);
  });

  test('a small screen takes a coarser scale, at which an arrow is one row', () => {
    const frames = Array.from({ length: 8 }, (_, index) => sent(2 * index + 1, index * 100));
    expect(drawn(frames, { toUs: 800 }, 60, 60)[0]).toContain('20 us a row');
    const text = drawn(frames, { toUs: 800 }, 60, 12);
    expect(text[0]).toContain('200 us a row');
    expect(text[2]).toMatch(/├─+ DATA ─+→│$/);
  });

  test('quiet stretches are shortened and say so', () => {
    const text = drawn([sent(1, 0), sent(3, 300_000)], { toUs: 300_100 });
    expect(text.filter((row) => row.includes('┆'))).toEqual([expect.stringMatching(/^ +┆ 300 ms +┆ +┆$/)]);
  });

  test('dropped ones end with a cross and the reason: on the way, or where they arrived', () => {
    const right = drawn([sent(1, 0, lost('inject', 0))], { toUs: 0 });
    expect(right[2]).toMatch(/├─+ DATA ─+✗ inject +│$/);
    const left = drawn([sent(1, 0, { from: 'b', to: 'a', ...lost('loss', 0) })], { toUs: 0 });
    expect(left[2]).toMatch(/│ +loss ✗─+ DATA ─+┤$/);
    const there = drawn([sent(1, 0, lost('corrupt', 100))], { toUs: 0 });
    expect(there[2]).toMatch(/├─+ DATA ─+┐ +│$/);
    expect(there[7]).toMatch(/│ +└ corrupt ✗│$/);
    const back = drawn([sent(1, 0, { from: 'b', to: 'a', ...lost('off', 100) })], { toUs: 0 });
    expect(back[7]).toMatch(/│✗ off ┘ +│$/);
    const narrow = drawn([sent(1, 0, lost('mailbox', 0))], { toUs: 0 }, 28);
    expect(narrow[2]).toContain('✗mailbox│');
  });

  test('what is in flight is dashed; a repetition says so; a frame to its own node is a mark', () => {
    expect(drawn([sent(1, 0, flying)], { toUs: 0 })[2]).toMatch(/├╌+ DATA ╌+→│$/);
    expect(drawn([sent(1, 0, { againOf: 7, ends: 2 })], { toUs: 0 })[2]).toMatch(/ DATA x2 again /);
    expect(drawn([sent(1, 0, { to: 'a' })], { toUs: 0 })[2]).toMatch(/✓ DATA to itself/);
    expect(drawn([sent(1, 0, { to: 'a', ...lost('off', 0) })], { toUs: 0 })[2]).toMatch(
      /✗ DATA to itself off/,
    );
  });

  test('frames behind each other keep apart, and one that overtakes crosses', () => {
    const text = drawn([sent(1, 0), sent(2, 0, { endEvent: 4 })], { toUs: 0 });
    expect(text[2]).toMatch(/─┐ │$/);
    expect(text[3]).toMatch(/─┐ │ │$/);
    expect(text.filter((row) => /└─+→│$/.test(row))).toHaveLength(1);
    const overtaking = drawn([sent(1, 0, { endUs: 300 }), sent(3, 20)], { toUs: 20 });
    expect(overtaking.some((row) => /└─┼→│$/.test(row))).toBe(true);
  });

  test('an arrow that passes another node crosses its lifeline', () => {
    const text = rows(
      sequencePane(
        [sent(1, 0, { to: 'c' })],
        nodes.slice(0, 3),
        { ...all, toUs: 0, marks: [] },
        size(100, 9),
      ),
    );
    expect(text[2]).toMatch(/├─+ DATA ─+┼─+┐ │$|├─+┼─+ DATA ─+┐ │$|├─+ DATA ─+┐ │$/);
    expect(text[3]).toMatch(/│ +│ +│ │$/);
  });

  test('marks stand on the lifelines, and a node that is off has none', () => {
    const events = [
      event(1, 0, 'new_session', { node: 'b', session: 'y' }),
      event(2, 100, 'node_down', { node: 'b' }),
      event(3, 300, 'node_up', { node: 'b' }),
      event(4, 400, 'learned', { node: 'a', app: 'c', about: 'b', how: 'io' }),
      event(5, 400, 'message', { node: 'a' }),
      event(6, 410, 'process_hang', { node: 'b', app: 's' }),
    ];
    const given = { marks: sequenceMarks(events), toUs: 410 };
    const text = drawn([], given, 80, 40).slice(2);
    const at = (row: number): string => (text[row] ?? '').replace(/^[ \d.]{12}/, '').trim();
    expect(at(0)).toMatch(/^│ +● new_session y$/);
    expect(at(5)).toMatch(/^│ +✗ node_down$/);
    const quiet = text.findIndex((row) => row.includes('┆'));
    expect(text[quiet]?.trim()).toMatch(/^┆ 200 us +┆$/);
    expect(at(quiet + 1)).toMatch(/^│ +✓ node_up$/);
    expect(text.join('\n')).toMatch(/! learned b \(c\)/);
    expect(text.join('\n')).toMatch(/! process_hang s/);
    expect(text.join('\n')).not.toContain('message');
    const later = drawn([sent(9, 200)], { ...given, fromUs: 200, toUs: 250 })[2];
    expect(later).toMatch(/├─+ DATA ─+┐$/);
  });

  test('the marked frame and those of its session have a sign, and the marked one is in sight', () => {
    const frames = Array.from({ length: 60 }, (_, index) =>
      sent(2 * index + 1, index * 100, { session: `s${index}` }),
    );
    const text = drawn(frames, { selectedEvent: 21, selectedSession: 's12' });
    expect(text.find((row) => row.startsWith('▸'))).toContain('0.001 000');
    expect(text.find((row) => row.startsWith('●'))).toContain('0.001 200');
    expect(text[0]).toMatch(/\d+ above, \d+ below/);
    expect(drawn(frames)[0]).toMatch(/\d+ more above/);
    const select = sequencePane(frames, nodes, { ...all, selectedEvent: 21 }, size(60, 24)).flat();
    expect(select.filter(({ role }) => role === 'select').map(({ text: label }) => label)).toEqual([
      ' DATA ',
    ]);
  });

  test('of very many frames the newest are drawn, or those around the marked one', () => {
    const frames = Array.from({ length: 1_000 }, (_, index) => sent(2 * index + 1, index * 10));
    expect(drawn(frames, {}, 100)[0]).toContain('700 frames left out');
    expect(drawn(frames).join('\n')).toContain(' 0.009 990');
    expect(drawn(frames, { selectedEvent: 1 }).join('\n')).toMatch(/▸0\.000 000/);
  });

  test('marks of a time whose frames are left out are left out too; a marked event that is not drawn is near', () => {
    const frames = Array.from({ length: 1_000 }, (_, index) => sent(10 * index + 1, index * 1_000));
    const events = [event(5, 100, 'process_hang', { node: 'a', app: 'old' })];
    const given = { marks: sequenceMarks(events), toUs: 1_000_000 };
    expect(drawn(frames, given, 60, 2_000).join('\n')).not.toContain('process_hang');
    expect(drawn(frames, { ...given, selectedEvent: 3 }).join('\n')).toContain('process_hang');
    const near = drawn(frames, { ...given, selectedEvent: 5_005 });
    expect(near.join('\n')).toContain(' 0.501 000');
    expect(near[0]).toContain('700 frames left out');
  });

  test('more nodes than fit: those with the most to show, and those of the marked frame', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ name: `n${index}` }));
    const frames = [
      sent(1, 0, { from: 'n8', to: 'n9' }),
      sent(3, 0, { from: 'n3', to: 'n4' }),
      sent(5, 10, { from: 'n3', to: 'n4' }),
    ];
    const names = (selectedEvent: number): string[] => {
      const pane = sequencePane(frames, many, { ...all, marks: [], toUs: 0, selectedEvent }, size(40, 8));
      return (rows(pane)[1] ?? '').trim().split(/ +/);
    };
    expect(names(0)).toEqual(['n3', 'n4', 'n8']);
    expect(names(1)).toEqual(['n3', 'n8', 'n9']);
    const [title] = rows(sequencePane(frames, many, { ...all, marks: [] }, size(60, 8)));
    expect(title).toMatch(/\+8 nodes/);
  });

  test('a time without frames says so', () => {
    expect(drawn([sent(1, 500_000)])[2]).toContain('no frame in this time');
  });
});
