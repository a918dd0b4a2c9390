import { addressText, clockText } from '../../emulator/index.js';
import type { BlockView, EventMoment, SpaceView } from '../../nodes/index.js';
import { cell, fill, type Line, line, painted, type Role, type Span, showing, span } from '../text/line.js';
import type { Thing } from '../text/thing.js';
import { seriesRow } from './memoryRows.js';
import { memoryStrip } from './memoryStrip.js';
import { moreText, type PaneFrame, titleRow, windowStart } from './pane.js';

/** What is marked: a session's block, or the block at an address of a space. Names of spaces are one of a kind. */
export interface MemorySelection {
  /** Marks the headings of this node's spaces. */
  readonly node?: string | undefined;
  readonly session?: string | undefined;
  /** The space that `address` is of; without it that of any space, or of any of `node`. */
  readonly space?: string | undefined;
  readonly address?: number | undefined;
}

/** Where a block stands in the pane: its row, without the pane's title, for keys and for scrolling. */
export interface BlockPlace {
  readonly space: string;
  readonly address: number;
  readonly row: number;
  readonly isMarked: boolean;
}

/** A row is drawn when it is in sight: there may be thousands of blocks. */
interface Row {
  readonly draw: () => Line;
  readonly space: SpaceView;
  readonly block?: BlockView;
}

const LEGEND = 'A own block  N in new_session  R of RMC  ░ freed  · free  ○ of a pool  ! error';

/**
 * A map of each address space, its owners' live bytes over time, and a row for each block. Row `scrollRow` of all that
 * is the first below the title.
 */
export function memoryPane(
  spaces: readonly SpaceView[],
  selection: MemorySelection,
  scrollRow: number,
  frame: PaneFrame,
  note = '',
): Line[] {
  const marked = markedBlocks(spaces, selection);
  const rows = spaces.flatMap((space) => spaceRows(space, marked, selection, frame.width));
  const room = frame.height - 1;
  const start = windowStart(scrollRow, rows.length, room);
  const more = [note, moreText(start, rows.length - start - room)].filter((text) => text !== '').join(' ');
  const legend = frame.width - LEGEND.length - more.length > 16 ? [span(`${LEGEND} `, 'dim')] : [];
  const lines = [titleRow(frame, 'MEMORY', legend, more)];
  if (rows.length === 0) lines.push(line(note === '' ? '  no node yet' : '  no block matches', 'dim'));
  for (const row of rows.slice(start, start + Math.max(0, room))) lines.push(row.draw());
  return fill(lines, frame.width, frame.height);
}

/** The blocks in the order of their rows. */
export function memoryPlaces(
  spaces: readonly SpaceView[],
  selection: MemorySelection,
  width: number,
): readonly BlockPlace[] {
  const marked = markedBlocks(spaces, selection);
  const places: BlockPlace[] = [];
  spaces
    .flatMap((space) => spaceRows(space, marked, selection, width))
    .forEach(({ space, block }, row) => {
      if (block === undefined) return;
      places.push({ space: space.name, address: block.address, row, isMarked: marked.has(block) });
    });
  return places;
}

/** The blocks that are meant: of a session's those that live; where none does, the last one. */
function markedBlocks(
  spaces: readonly SpaceView[],
  { node, session, space: name, address }: MemorySelection,
): ReadonlySet<BlockView> {
  if (address !== undefined) {
    const asked = spaces.filter((one) => name === undefined || one.name === name);
    const meant = name === undefined && node !== undefined ? asked.filter((one) => one.node === node) : asked;
    const isIn = (block: BlockView): boolean =>
      address >= block.address && address < block.address + block.size;
    return new Set(meant.flatMap(({ blocks }) => blocks.filter(isIn)));
  }
  if (session === undefined || session === '') return new Set();
  const all = spaces.flatMap(({ blocks }) => blocks.filter((block) => block.sessions.includes(session)));
  const live = all.filter((block) => block.live);
  if (live.length > 0) return new Set(live);
  const last = all.reduce<BlockView | undefined>(
    (latest, block) => (latest !== undefined && latest.madeBy.event > block.madeBy.event ? latest : block),
    undefined,
  );
  return new Set(last === undefined ? [] : [last]);
}

function spaceRows(
  space: SpaceView,
  marked: ReadonlySet<BlockView>,
  selection: MemorySelection,
  width: number,
): Row[] {
  const lines: Line[] = [];
  if (space.isThere) lines.push(...stripLines(space, marked, selection, width));
  else lines.push(headingLine(space, 'gone with its process or power', selection, width));
  const nowWidth = width < 60 ? 0 : 20;
  for (const series of space.overTime) {
    const who = cell(`   ${series.kind} ${series.owner}`, width < 60 ? 17 : 23);
    lines.push(seriesRow(`${who} `, series, space.nowUs, width, nowWidth));
  }
  const columns = blockColumns(width);
  if (space.blocks.length > 0) lines.push(headerLine(columns));
  const rows: Row[] = lines.map((one) => ({ draw: () => one, space }));
  for (const block of space.blocks) {
    const place: Thing = { kind: 'block', space: space.name, address: block.address };
    const draw = (): Line => showing(place, blockLine(columns, block, marked.has(block), width));
    rows.push({ draw, space, block });
  }
  if (space.freedLeftOut > 0) {
    const left = line(`   and ${space.freedLeftOut} more that were freed before`, 'dim');
    rows.push({ draw: () => left, space });
  }
  return rows;
}

/** The heading with its facts, and the strip between its first and last address. */
function stripLines(
  space: SpaceView,
  marked: ReadonlySet<BlockView>,
  selection: MemorySelection,
  width: number,
): Line[] {
  const labels = addressText(space.base + space.sizeBytes).length;
  const strip = memoryStrip(space, marked, width - 2 * labels - 4);
  const live = space.blocks.filter((block) => block.live);
  const bytes = live.reduce((sum, block) => sum + block.size, 0);
  const facts = `${live.length} live, ${bytes} B of ${sizeText(space.sizeBytes)}`;
  const heading = headingLine(space, `${facts}; a cell is ${sizeText(strip.bytesPerCell)}`, selection, width);
  const from = addressText(strip.from).padStart(labels);
  return [heading, [span(` ${from} `, 'dim'), ...strip.spans, span(` ${addressText(strip.to)}`, 'dim')]];
}

function headingLine(space: SpaceView, facts: string, selection: MemorySelection, width: number): Line {
  const isOf = selection.node === space.node;
  const name = space.name === space.node ? space.name : `${space.name} on ${space.node}`;
  const errors = space.errors === 0 ? '' : `  ! ${space.errors} ${space.errors === 1 ? 'error' : 'errors'}`;
  const room = Math.max(0, width - 2 - name.length - errors.length - 2);
  const forms = [facts, facts.split('; ')[0] ?? '', facts.split(',')[0] ?? ''];
  const told = forms.find((form) => form.length <= room) ?? '';
  return showing({ kind: 'node', name: space.node }, [
    span(isOf ? '▸ ' : '■ ', isOf ? 'focus' : 'frame'),
    span(name, 'strong'),
    span(`  ${told}`, 'dim'),
    span(errors, 'bad'),
  ]);
}

/** `128 B`, `64 KiB`, `1 MiB`: whole numbers of the greatest unit that goes in evenly. */
function sizeText(bytes: number): string {
  if (bytes >= 1_048_576 && bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB`;
  return bytes >= 1024 && bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} B`;
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly text: (block: BlockView) => string;
  readonly role?: (block: BlockView) => Role;
}

/** The columns that fit; who frees the block is there at every width and takes what is left. */
function blockColumns(width: number): readonly Column[] {
  const owner = (block: BlockView): Role => (block.live ? block.kind : 'dim');
  const address: Column = { title: 'ADDRESS', width: 10, text: ({ address: at }) => addressText(at) };
  const size: Column = { title: 'BYTES', width: 7, text: (block) => String(block.size) };
  const letter: Column = { title: '', width: 2, text: (block) => block.letter, role: owner };
  const letterOwner: Column = {
    title: 'OWNER',
    width: 14,
    text: (block) => `${block.letter} ${block.owner}`,
    role: owner,
  };
  const session: Column = { title: 'SESSION', width: 13, text: (block) => block.sessions.join(' ') };
  const isWide = width >= 110;
  const moment = isWide ? wideMoment : shortMoment;
  const made: Column = { title: 'MADE AT', width: isWide ? 21 : 8, text: (block) => moment(block.madeBy) };
  const freed: Column = { title: 'FREED AT', width: isWide ? 21 : 9, text: (block) => moment(block.freedBy) };
  if (width < 50) return [address, letter, { ...session, width: 9 }];
  if (width < 76) return [address, { ...size, width: 6 }, { ...letterOwner, width: 11 }, session];
  return [address, size, letterOwner, session, made, freed];
}

function wideMoment({ event, timeUs }: EventMoment): string {
  return timeUs < 0 ? shortMoment({ event, timeUs }) : `@${event} ${clockText(timeUs)}`;
}

function shortMoment({ event }: EventMoment): string {
  return event === 0 ? '' : `@${event}`;
}

function headerLine(columns: readonly Column[]): Line {
  const titles = columns.map(({ title, width }) => cell(title, width)).join('');
  return line(`   ${titles}WHO FREES IT`, 'title');
}

function blockLine(columns: readonly Column[], block: BlockView, isMarked: boolean, width: number): Line {
  const plain: Role = block.live ? 'plain' : 'dim';
  const spans: Span[] = [span(isMarked ? ' ▸ ' : '   ', 'note')];
  for (const column of columns) {
    const text = cell(column.text(block), column.width - 1);
    spans.push(span(`${text} `, column.role?.(block) ?? plain));
  }
  const used = columns.reduce((sum, column) => sum + column.width, 3);
  const told = block.live ? block.whoFrees : 'freed ✓';
  const forms = [told, told.replace(/^app /, '')];
  const room = Math.max(0, width - used);
  const who = forms.find((form) => form.length <= room) ?? forms[1] ?? '';
  spans.push(span(cell(who, room), plain));
  return isMarked ? painted(spans, 'select') : spans;
}
