import { clockText } from '../../emulator/index.js';
import type { WorldView } from '../../nodes/index.js';
import { clean } from '../text/glyphs.js';
import { cut, fill, type Line, line, type Role, type Span, span } from '../text/line.js';
import { spanText } from '../text/times.js';
import type { FrameTrace } from '../traffic.js';
import { placeTiles } from './nodeTiles.js';
import type { PaneFrame } from './pane.js';

/**
 * The bus: a strip to which the nodes are joined, with what is wrong with it, and under it the last frames as arrows
 * from node to node. `traffic` is oldest first; the newest stands at the bottom.
 */
export function busPane(
  view: WorldView,
  firstNode: number,
  traffic: readonly FrameTrace[],
  frame: PaneFrame,
): Line[] {
  const centres = new Map<string, number>();
  for (const place of placeTiles(view.nodes, firstNode, frame.width)) {
    centres.set(place.node.name, place.x + Math.floor(place.width / 2));
  }
  const rows = frame.height - 1;
  const shown = rows > 0 ? traffic.slice(-rows) : [];
  const lanes = shown.map((trace) => lane(trace, centres, frame.width));
  if (lanes.length === 0 && rows > 0) lanes.push(line(' no frame yet', 'dim'));
  return fill([strip(view, centres, frame), ...lanes], frame.width, frame.height);
}

function strip(view: WorldView, centres: ReadonlyMap<string, number>, frame: PaneFrame): Line {
  const characters = new Array<string>(frame.width).fill('═');
  const roles = new Array<Role>(frame.width).fill('frame');
  const put = (x: number, text: string, role: Role): void => {
    for (let index = 0; index < text.length && x + index < frame.width; index++) {
      characters[x + index] = text[index] ?? ' ';
      roles[x + index] = role;
    }
  };
  const title = ` ${frame.focused ? '▸' : ''}bus ${spanText(view.bus.latencyUs)} `;
  put(2, title, frame.focused ? 'focus' : 'title');
  const notes = faults(view);
  const text = notes === '' ? '' : cut(` ✗ ${notes} `, Math.max(0, frame.width - title.length - 6));
  const start = Math.max(title.length + 4, frame.width - text.length - 2);
  for (const node of view.nodes) {
    const x = centres.get(node.name);
    if (x === undefined || x < title.length + 3 || x >= start) continue;
    put(x, node.power === 'on' ? '╧' : '✗', node.power === 'on' ? 'frame' : 'bad');
  }
  put(start, text, 'bad');
  return characters.map((character, x): Span => ({ text: character, role: roles[x] ?? 'frame' }));
}

/** What is wrong with the bus, in words. */
function faults(view: WorldView): string {
  const parts: string[] = [];
  const silent = view.nodes.filter((node) => node.power === 'off').map((node) => node.name);
  if (silent.length > 0) parts.push(`no frames from ${silent.join(', ')}`);
  const cuts = view.bus.cuts.map((pair) => `${pair.from}→${pair.to}`);
  if (cuts.length > 0) parts.push(`cut ${cuts.join(' ')}`);
  for (const injection of view.bus.injections) {
    parts.push(`${injection.kind} ${injection.name} (${injection.taken} taken)`);
  }
  return clean(parts.join('; '));
}

/** One frame as an arrow under its nodes; what it belongs to stands beside it. */
function lane(trace: FrameTrace, centres: ReadonlyMap<string, number>, width: number): Line {
  const from = centres.get(trace.from);
  const to = centres.get(trace.to);
  const note = trace.fate === 'dropped' ? `${trace.session} (${trace.reason})` : trace.session;
  const told = `${clockText(trace.timeUs)} ${note}`;
  if (from === undefined || to === undefined || from === to) {
    return line(` ${trace.frame} ${trace.from}→${trace.to} ${told}`, 'note');
  }
  const left = Math.min(from, to);
  const right = Math.max(from, to);
  const arrow = arrowText(trace, right - left + 1, from < to);
  const role: Role = trace.fate === 'dropped' ? 'bad' : 'note';
  const room = width - right - 2;
  if (told.length + 1 <= room || room >= left) {
    return [span(' '.repeat(left)), span(arrow, role), span(` ${told}`, 'dim')];
  }
  return [span(cut(told, Math.max(0, left - 1)).padStart(left - 1), 'dim'), span(' '), span(arrow, role)];
}

function arrowText(trace: FrameTrace, length: number, rightwards: boolean): string {
  const dash = trace.fate === 'in flight' ? '╌' : '─';
  const label = cut(` ${trace.frame} `, Math.max(0, length - 4));
  const rest = Math.max(0, length - 2 - label.length);
  const before = Math.floor(rest / 2);
  const head = trace.fate === 'dropped' ? '✗' : rightwards ? '→' : '←';
  const middle = `${dash.repeat(before)}${label}${dash.repeat(rest - before)}`;
  return rightwards ? `├${middle}${head}` : `${head}${middle}┤`;
}
