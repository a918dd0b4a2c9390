import { describe, expect, it } from 'vitest';
import type { BlockView, SpaceView } from '../../nodes/index.js';
import { blockDetail, memoryMap } from '../../nodes/index.js';
import { blockPane } from '../../tui/panes/block.js';
import { memoryPane, memoryPlaces } from '../../tui/panes/memoryMap.js';
import { memoryStrip } from '../../tui/panes/memoryStrip.js';
import { toAscii } from '../../tui/text/glyphs.js';
import { type Line, textOf, widthOf } from '../../tui/text/line.js';
import { lab } from '../nodes/lab.js';

const frame = (width: number, height: number, focused = false) => ({ width, height, focused });
const rows = (lines: readonly Line[]): string[] => lines.map((row) => textOf(row).trimEnd());
const none: ReadonlySet<BlockView> = new Set();

function block(address: number, given: Partial<BlockView> = {}): BlockView {
  return {
    address,
    size: 128,
    owner: 'client',
    kind: 'app',
    letter: 'A',
    live: true,
    sessions: [],
    madeBy: { event: 5, timeUs: 1_000 },
    freedBy: { event: 0, timeUs: -1 },
    whoFrees: 'app client: after rmc_close',
    purpose: '',
    ...given,
  };
}

function space(given: Partial<SpaceView> = {}): SpaceView {
  return {
    node: 'near',
    name: 'client',
    isThere: true,
    base: 0x1000,
    sizeBytes: 1_048_576,
    nowUs: 2_000,
    owners: [],
    pools: [],
    blocks: [],
    freedLeftOut: 0,
    errors: 0,
    lastErrors: [],
    overTime: [],
    ...given,
  };
}

/** A failover with a memory error, on both kinds of node. */
function world() {
  return lab(`
    node hall eee
    node left ssc
    node right ssc
    app server --on hall
    app standby --on right
    app client --on left
    rmc_listen server 9 --as server
    rmc_listen standby 9 --new_session pool:3 --close_session free-if-true --as standby
    rmc_open client hall:9 --as c
    rmc_open client right:9 --as d
    run 10ms
    rmc_close c --then-free
    run 10ms
    free c
  `).world;
}

const strip = (given: Partial<SpaceView>, width: number, marked = none): string =>
  textOf(memoryStrip(space(given), marked, width).spans);

describe('the strip of a space', () => {
  it('S5 S7 S13 has the letter where a block begins, and what is freed, free, of a pool or wrong', () => {
    const blocks = [
      block(0x1000, { size: 24 }),
      block(0x1018, { size: 16, letter: 'N' }),
      block(0x1028, { size: 8, letter: 'R', kind: 'rmc' }),
      block(0x1030, { size: 16, live: false }),
    ];
    const pools = [{ address: 0x1048, stride: 8, count: 2, owner: 'client' }];
    const lastErrors = [
      { event: 9, kind: 'out-of-bounds', address: 0x1060 },
      { event: 10, kind: 'invalid-free', address: 0 },
    ];
    expect(strip({ blocks, pools, lastErrors }, 16)).toBe('A══N═R░░·○○·!···');
    expect(strip({ blocks, pools, lastErrors }, 13)).toBe('A══N═R░░·○○·!');
    const { spans } = memoryStrip(space({ blocks }), new Set([blocks[1]!]), 16);
    expect(spans.slice(0, 6).map(({ role }) => role)).toEqual([
      'app',
      'app',
      'app',
      'select',
      'select',
      'rmc',
    ]);
    expect(toAscii(strip({ blocks, pools, lastErrors }, 16))).toBe('A==N=R...oo.!...');
  });

  it('is as fine as the width allows, and folds what is unused in between', () => {
    const near = [block(0x1000), block(0x1080, { letter: 'N' })];
    expect(memoryStrip(space({ blocks: near }), none, 32)).toMatchObject({ bytesPerCell: 8, from: 0x1000 });
    expect(strip({ blocks: near }, 31)).toBe('A═══════N═══════·······'.padEnd(31, '·'));
    expect(strip({ blocks: near }, 16)).toBe('A═══════N═══════');
    expect(strip({ blocks: near }, 8)).toBe('A═══N═══');
    expect(memoryStrip(space({ blocks: near }), none, 8)).toMatchObject({ bytesPerCell: 32, to: 0x1100 });
    const far = [block(0x1000), block(0x81000, { letter: 'R', kind: 'rmc' })];
    expect(strip({ blocks: far }, 17)).toBe('A═══════…R═══════');
    expect(memoryStrip(space({ blocks: far }), none, 17)).toMatchObject({ from: 0x1000, to: 0x81080 });
  });

  it('shows each of very many blocks that a cell is long enough for, and never leaves its width', () => {
    const many = Array.from({ length: 7_000 }, (_, index) => block(0x1000 + index * 128));
    for (const width of [-3, 0, 1, 2, 7, 16, 60, 180]) {
      for (const blocks of [many, many.slice(0, 1), many.filter((_, index) => index % 900 === 0), []]) {
        const text = strip({ blocks }, width);
        expect(text.length, `${blocks.length} in ${width}`).toBeLessThanOrEqual(Math.max(0, width));
        if (width >= 16 && blocks !== many) expect(text).toHaveLength(width);
      }
    }
    expect(strip({ blocks: many }, 60)).toMatch(/^A+·*$/);
    expect(strip({ blocks: [block(0x1000)], sizeBytes: 256 }, 60)).toBe('A═══════════════'.padEnd(32, '·'));
  });
});

describe('the memory pane', () => {
  const spaces = memoryMap(world());

  it('D28 is exactly as wide and high as it should, at every size, in ASCII too', () => {
    for (const width of [32, 40, 57, 80, 100, 120, 200]) {
      for (const height of [1, 2, 5, 12, 40]) {
        for (const shown of [spaces, [], [space({ isThere: false })]]) {
          const lines = memoryPane(shown, { session: 'd', node: 'left' }, 3, frame(width, height, true));
          expect(lines, `${width}x${height}`).toHaveLength(height);
          for (const row of lines) {
            expect(widthOf(row), `${width}x${height}: ${textOf(row)}`).toBe(width);
            expect(toAscii(textOf(row))).toMatch(/^[\x20-\x7e]*$/);
            expect(toAscii(textOf(row))).not.toContain('?');
          }
        }
      }
    }
  });

  it('S5 S7 S13 says of each space and block whose it is, when it was made and freed, and who frees it', () => {
    const text = rows(memoryPane(spaces, {}, 0, frame(120, 40)));
    expect(text[0]).toMatch(/^─MEMORY A own block {2}N in new_session {2}R of RMC {2}░ freed/);
    expect(text[1]).toBe('■ hall  1 live, 128 B of 1 MiB; a cell is 8 B');
    expect(text[2]).toMatch(/^ {3}0x1000 A═{15}░{16}·+ 0x1320$/);
    expect(text[3]).toMatch(/^ {3}rmc hall\.rmc +0 blk 0\/128 B +█+$/);
    const at = (start: string): string => text.find((row) => row.startsWith(`   ${start}`)) ?? '';
    expect(at('0x1000    128    A server')).toMatch(
      /server +@\d+ 0\.000 000 +app server: after rmc_shutdown$/,
    );
    expect(at('0x1080    128    R hall.rmc')).toMatch(
      /server\/1 +@\d+ 0\.000 100 +@\d+ 0\.010 100 +freed ✓$/,
    );
    expect(at('0x1080    128    N standby')).toMatch(/standby\/1 +@\d+ .* app standby: when FREE is TRUE$/);
    const heading = text.findIndex((row) => row.startsWith('■ client on left'));
    expect(text[heading]).toBe('■ client on left  1 live, 128 B of 1 MiB; a cell is 8 B  ! 1 error');
    expect(text[heading + 1]).toMatch(/0x1000 !░{15}A═{15}·+ /);
  });

  it('D28 at every width says who frees it; what is less is left out on narrow ones', () => {
    for (const width of [40, 60, 80, 100, 200]) {
      const text = rows(memoryPane(spaces, {}, 0, frame(width, 40))).join('\n');
      expect(text).toContain('WHO FREES IT');
      expect(text).toMatch(/0x1080 .*client: after r/);
    }
    expect(rows(memoryPane(spaces, {}, 0, frame(80, 40))).join('\n')).toMatch(/server\/1 +@30 +@55 +freed ✓/);
  });

  it('marks the block of a session in the strip and in its row, and in no other space', () => {
    const lines = memoryPane(spaces, { session: 'd', node: 'left' }, 0, frame(80, 40));
    const selected = lines.flatMap((row) =>
      row.filter(({ role }) => role === 'select').map(({ text }) => text),
    );
    expect(selected.filter((text) => text.length === 1).join('')).toBe('A═══════════════');
    expect(selected.filter((text) => text.length > 1)).toHaveLength(1);
    expect(selected.find((text) => text.length > 1)).toMatch(/^ ▸ 0x1080 .* d /);
    expect(rows(lines).filter((row) => row.startsWith('▸'))).toEqual([
      '▸ client on left  1 live, 128 B of 1 MiB; a cell is 8 B  ! 1 error',
    ]);
    const wide = memoryPlaces(spaces, { session: 'd' }, 80);
    const [place] = wide.filter(({ isMarked }) => isMarked);
    expect(place).toMatchObject({ space: 'client', address: 0x1080 });
    expect(textOf(lines[place!.row + 1]!)).toContain(' ▸ 0x1080');
    expect(wide).toHaveLength(spaces.flatMap(({ blocks }) => blocks).length);
  });

  it('of a name that was used again marks the living block, else the last', () => {
    const used = [block(0x1000, { live: false }), block(0x1080), block(0x1100, { live: false })].map(
      (one, index) => ({ ...one, sessions: ['c'], madeBy: { event: 10 - index, timeUs: 0 } }),
    );
    const marked = (blocks: readonly BlockView[], session = 'c'): readonly number[] =>
      memoryPlaces([space({ blocks })], { session }, 80)
        .filter(({ isMarked }) => isMarked)
        .map(({ address }) => address);
    expect(marked(used)).toEqual([0x1080]);
    expect(marked([used[0]!, used[2]!])).toEqual([0x1000]);
    expect(marked(used, '')).toEqual([]);
    expect(marked(used, 'other')).toEqual([]);
  });

  it('marks the block that an address lies in, of a space, of a node or of any', () => {
    const two = [
      space({ blocks: [block(0x1000)] }),
      space({ name: 'b', node: 'far', blocks: [block(0x1000)] }),
    ];
    const marked = (of: { space?: string; node?: string }, address = 0x1004): readonly string[] =>
      memoryPlaces(two, { ...of, address }, 80)
        .filter(({ isMarked }) => isMarked)
        .map((place) => place.space);
    expect(marked({ space: 'b' })).toEqual(['b']);
    expect(marked({ node: 'near' })).toEqual(['client']);
    expect(marked({})).toEqual(['client', 'b']);
    expect(marked({}, 0x1080)).toEqual([]);
  });

  it('scrolls, and says what is out of sight, what was left out, and what is gone', () => {
    const blocks = Array.from({ length: 30 }, (_, index) => block(0x1000 + index * 128));
    const long = [space({ blocks, freedLeftOut: 7 }), space({ name: 'b', isThere: false })];
    const first = rows(memoryPane(long, {}, 0, frame(80, 10)));
    expect(first[0]).toMatch(/26 more below ─$/);
    const middle = rows(memoryPane(long, {}, 4, frame(80, 10)));
    expect(middle[0]).toMatch(/4 above, 22 below ─$/);
    expect(middle[1]).toContain('0x1080');
    const end = rows(memoryPane(long, {}, 999, frame(80, 10)));
    expect(end.slice(-2)).toEqual([
      '   and 7 more that were freed before',
      '■ b on near  gone with its process or power',
    ]);
    const lost = [space({ blocks: [block(0x1000, { madeBy: { event: 5, timeUs: -1 } })] })];
    expect(rows(memoryPane(lost, {}, 0, frame(120, 10)))[4]).toMatch(/ @5 +app client/);
    expect(rows(memoryPane([], {}, 0, frame(80, 3)))[1]).toBe('  no node yet');
  });
});

describe('the block pane', () => {
  const of = (scroll: number, width: number, height: number, change?: number): string[] => {
    const detail = blockDetail(world(), 'client', 0x1080)!;
    const before =
      change === undefined ? undefined : detail.bytes.map((byte, at) => (at === change ? byte + 1 : byte));
    return rows(blockPane(detail, before, frame(width, height), scroll));
  };

  it('D27 shows each field with its value and help, the bytes and the history', () => {
    const text = of(0, 120, 40);
    expect(text[0]).toMatch(
      /^─BLOCK 0x1080 A app client 128 B in client, live d; who frees it: app client: after/,
    );
    expect(text[1]).toMatch(/^ {3}\+0 {3}magic +0x53434d52 +"RMCS"$/);
    expect(text[3]).toMatch(/^ {3}\+6 {3}state +2 OPEN +SessionState$/);
    expect(text[24]).toMatch(/^ 0x1080 {3}52 4d 43 53 01 00 02 00 /);
    expect(text[32]).toMatch(
      /^ · made: event \d+ at 0\.000 000 s, from @\d+ rmc_open client right:9 --as d$/,
    );
    expect(text.join('\n')).not.toContain('*');
  });

  it('D27 marks a field and a byte that are other than before', () => {
    const text = of(0, 120, 40, 51);
    expect(text.filter((row) => row.includes('*'))).toEqual([
      expect.stringMatching(/^ \* \+48 {2}send_accepted +0 /),
      expect.stringMatching(/^ 0x10b0 {3}00 00 00\*00 00/),
    ]);
    expect(of(0, 80, 24, 6).filter((row) => row.includes('*'))).toHaveLength(2);
  });

  it('is exactly as wide and high as it should; what does not fit stands beside, or scrolls', () => {
    const details = [
      blockDetail(world(), 'client', 0x1080),
      blockDetail(world(), 'client', 0x1000),
      undefined,
    ];
    for (const detail of details) {
      for (const width of [32, 40, 80, 100, 200]) {
        for (const height of [1, 2, 10, 24, 50]) {
          const lines = blockPane(
            detail,
            detail?.bytes.map(() => 255),
            frame(width, height, true),
          );
          expect(lines).toHaveLength(height);
          for (const row of lines) {
            expect(widthOf(row), `${width}x${height}: ${textOf(row)}`).toBe(width);
            expect(toAscii(textOf(row))).not.toContain('?');
          }
        }
      }
    }
    expect(of(0, 80, 24)[1]).toMatch(/^ {3}magic +0x53434d52 +peer_incarnation +1$/);
    expect(of(99, 80, 14).at(-1)).toBe(' · held: references of RMC to it: 1 (D3)');
    expect(of(0, 40, 14)[0]).toContain('more bel');
  });

  it('D28 a freed block, and one without a session, are shown as what they are', () => {
    const freed = rows(blockPane(blockDetail(world(), 'client', 0x1000), undefined, frame(120, 50)));
    expect(freed[0]).toContain('░ freed c; who frees it: freed');
    expect(freed.join('\n')).toMatch(/^ · error: double-free by client/m);
    const big = { ...blockDetail(world(), 'client', 0x1080)!, fields: [], sessions: [], size: 1000 };
    const text = rows(blockPane(big, undefined, frame(80, 20)));
    expect(text[0]).toContain('1000 B in client, live');
    expect(text[9]).toBe('   and 872 bytes more');
    expect(rows(blockPane(undefined, undefined, frame(80, 4)))[1]).toBe('  no block here');
  });
});
