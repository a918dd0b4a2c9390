import type { WorldView } from '../../nodes/index.js';
import type { FrameTrace } from '../reading/traffic.js';
import { clean } from '../text/glyphs.js';
import { cut, fill, type Line, line, type Role, type Span, showing } from '../text/line.js';
import type { Thing } from '../text/thing.js';
import { spanText } from '../text/times.js';
import {
  type BusMarks,
  type Centres,
  cellsGone,
  cutLane,
  cutText,
  frameLane,
  pickLanes,
} from './busLanes.js';
import { placeTiles } from './nodeTiles.js';
import type { PaneFrame } from './pane.js';

/**
 * The bus: a strip to which the nodes are joined, with what is wrong with it and each frame on its way at its place,
 * and under it what is cut, and frames as arrows from node to node. `traffic` is oldest first; the newest stands at the
 * bottom.
 */
export function busPane(
  view: WorldView,
  firstNode: number,
  traffic: readonly FrameTrace[],
  frame: PaneFrame,
  marks?: BusMarks,
): Line[] {
  const centres = new Map<string, number>();
  for (const place of placeTiles(view.nodes, firstNode, frame.width)) {
    centres.set(place.node.name, place.x + Math.floor(place.width / 2));
  }
  const rows = frame.height - 1;
  const cuts = view.bus.cuts
    .map((pair) => cutLane(pair, centres, frame.width))
    .filter((row) => row !== undefined)
    .slice(0, Math.max(0, Math.floor(rows / 2)));
  const frames = pickLanes(traffic, view.bus.flying, rows - cuts.length);
  const lanes = frames.map((lane) =>
    showing(
      { kind: 'event', number: lane.trace.number },
      frameLane(lane, centres, view.nowUs, frame.width, marks),
    ),
  );
  if (lanes.length === 0 && rows > cuts.length) lanes.push(line(` ${nothingText(view, marks)}`, 'dim'));
  return fill([strip(view, centres, frame, marks), ...cuts, ...lanes], frame.width, frame.height);
}

function nothingText({ nodes }: WorldView, marks: BusMarks | undefined): string {
  if ((marks?.note ?? '') === '') return 'no frame yet';
  return nodes.length === 0 ? 'no node matches' : 'no frame of these nodes yet';
}

/** The strip itself; what lies over something else: the words, the nodes, the gaps of cuts, the frames. */
function strip(view: WorldView, centres: Centres, frame: PaneFrame, marks: BusMarks | undefined): Line {
  const characters = new Array<string>(frame.width).fill('═');
  const roles = new Array<Role>(frame.width).fill('frame');
  const put = (x: number, text: string, role: Role): void => {
    for (let index = 0; index < text.length && x + index < frame.width; index++) {
      characters[x + index] = text[index] ?? ' ';
      roles[x + index] = role;
    }
  };
  const hidden = view.nodes.length - centres.size;
  const more = hidden === 0 ? '' : `  ${hidden} more node${hidden === 1 ? '' : 's'} (1, arrows) `;
  const note = (marks?.note ?? '') === '' ? '' : `${marks?.note} `;
  const title = ` ${frame.focused ? '▸' : ''}bus ${spanText(view.bus.latencyUs)} ${note}${more}`;
  put(2, title, frame.focused ? 'focus' : 'title');
  const notes = faults(view);
  const text = notes === '' ? '' : cut(` ✗ ${notes} `, Math.max(0, frame.width - title.length - 6));
  const start = Math.max(title.length + 4, frame.width - text.length - 2);
  const putFree = (x: number, glyphs: string, role: Role): void => {
    if (x >= title.length + 3 && x + glyphs.length <= start) put(x, glyphs, role);
  };
  for (const { x, glyph, role } of flyingGlyphs(view, centres)) putFree(x, glyph, role);
  for (const x of gaps(view, centres)) putFree(x - 1, ' ✗ ', 'bad');
  for (const node of view.nodes) {
    const x = centres.get(node.name);
    if (x === undefined) continue;
    const isSelected = node.name === marks?.selectedNode;
    if (node.power === 'on') putFree(x, isSelected ? '●' : '╧', isSelected ? 'key' : 'frame');
    else putFree(x, '✗', 'bad');
  }
  put(start, text, 'bad');
  return characters.map(
    (character, x): Span => ({ text: character, role: roles[x] ?? 'frame', thing: nearestNode(centres, x) }),
  );
}

/** The node below which a cell of the strip is. */
function nearestNode(centres: Centres, x: number): Thing | undefined {
  let nearest: readonly [string, number] | undefined;
  for (const [name, centre] of centres) {
    const away = Math.abs(centre - x);
    if (nearest === undefined || away < nearest[1]) nearest = [name, away];
  }
  return nearest === undefined ? undefined : { kind: 'node', name: nearest[0] };
}

/** Every frame on its way, where it is between its nodes at this moment. */
function flyingGlyphs(
  view: WorldView,
  centres: Centres,
): readonly { readonly x: number; readonly glyph: string; readonly role: Role }[] {
  return view.bus.flying.flatMap((frame) => {
    const from = centres.get(frame.from);
    const to = centres.get(frame.to);
    if (from === undefined || to === undefined || from === to) return [];
    const way = Math.sign(to - from);
    const x = from + way * (1 + cellsGone(frame, view.nowUs, Math.abs(to - from) - 1));
    const glyph = frame.corrupt ? '!' : way > 0 ? '▶' : '◀';
    return [{ x, glyph, role: frame.corrupt ? 'bad' : 'note' }];
  });
}

/** Where the strip has a gap: in the middle between neighbours that are cut from each other. */
function gaps(view: WorldView, centres: Centres): readonly number[] {
  const inOrder = [...centres.keys()];
  return view.bus.cuts.flatMap(({ from, to }) => {
    const [one, other] = [inOrder.indexOf(from), inOrder.indexOf(to)];
    if (one < 0 || other < 0 || Math.abs(one - other) !== 1) return [];
    return [Math.floor(((centres.get(from) ?? 0) + (centres.get(to) ?? 0)) / 2)];
  });
}

/** What is wrong with the bus, in words. */
function faults(view: WorldView): string {
  const parts: string[] = [];
  const silent = view.nodes.filter((node) => node.power === 'off').map((node) => node.name);
  if (silent.length > 0) parts.push(`no frames from ${silent.join(', ')}`);
  const cuts = view.bus.cuts.map(cutText);
  if (cuts.length > 0) parts.push(`cut ${cuts.join(' ')}`);
  for (const injection of view.bus.injections) {
    parts.push(`${injection.kind} ${injection.name} (${injection.taken} taken)`);
  }
  return clean(parts.join('; '));
}
