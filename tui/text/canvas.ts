import type { Line, Role, Span } from './line.js';
import type { Thing } from './thing.js';

/** A rectangle of cells on the screen. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether a cell lies in a rectangle. */
export const isIn = (rect: Rect, x: number, y: number): boolean =>
  x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;

/** A screen's worth of cells to put lines on; what is put later covers what is there, nothing leaves its rectangle. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  private readonly characters: string[][];
  private readonly roles: Role[][];
  private readonly things: (Thing | undefined)[][];

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.characters = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
    this.roles = Array.from({ length: height }, () => new Array<Role>(width).fill('plain'));
    this.things = Array.from({ length: height }, () => new Array<Thing | undefined>(width).fill(undefined));
  }

  /** Puts `lines` into `rect`; lines and cells beyond it are left out. */
  put(rect: Rect, lines: readonly Line[]): void {
    for (let row = 0; row < rect.height && row < lines.length; row++) {
      this.putLine(rect.x, rect.y + row, rect.width, lines[row] ?? []);
    }
  }

  private putLine(left: number, y: number, width: number, spans: Line): void {
    const characters = this.characters[y];
    const roles = this.roles[y];
    const things = this.things[y];
    if (characters === undefined || roles === undefined || things === undefined) return;
    const end = Math.min(left + width, this.width);
    let x = left;
    for (const piece of spans) {
      for (const character of piece.text) {
        if (x >= end) return;
        characters[x] = character;
        roles[x] = piece.role;
        things[x] = piece.thing;
        x += 1;
      }
    }
  }

  /** What the cell shows, if that can be selected. */
  thingAt(x: number, y: number): Thing | undefined {
    return this.things[y]?.[x];
  }

  /** The canvas as lines, each exactly as wide as the canvas. */
  lines(): Line[] {
    return this.characters.map((characters, y) => joined(characters, this.roles[y] ?? []));
  }
}

/** Cells as a line: neighbours of one role are one span. */
export function joined(characters: readonly string[], roles: readonly Role[]): Line {
  const spans: Span[] = [];
  let start = 0;
  for (let x = 1; x <= characters.length; x++) {
    if (x < characters.length && roles[x] === roles[start]) continue;
    spans.push({ text: characters.slice(start, x).join(''), role: roles[start] ?? 'plain' });
    start = x;
  }
  return spans;
}
