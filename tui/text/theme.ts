import type { Role } from './line.js';

/**
 * How a role looks: attributes only, and one of the terminal's own 16 colours, so that light and dark terminals both
 * stay readable. Blue against orange (the terminal's dark yellow), never red against green. Selection is reversed.
 */
export interface Attributes {
  readonly bold?: boolean;
  readonly underline?: boolean;
  readonly reverse?: boolean;
  /** A colour number, 0 to 15; absent: the terminal's own foreground. */
  readonly colour?: number;
}

export type Theme = ReadonlyMap<Role, Attributes>;

const BLUE = 12;
const ORANGE = 3;
const CYAN = 6;
const GREY = 8;

/** With colours. */
export const colourTheme: Theme = new Map<Role, Attributes>([
  ['plain', {}],
  ['strong', { bold: true }],
  ['dim', { colour: GREY }],
  ['frame', { colour: GREY }],
  ['title', { bold: true }],
  ['focus', { bold: true, underline: true }],
  ['good', { bold: true, colour: BLUE }],
  ['bad', { bold: true, colour: ORANGE }],
  ['note', { colour: CYAN }],
  ['app', { colour: BLUE }],
  ['rmc', { colour: ORANGE }],
  ['select', { reverse: true }],
  ['key', { bold: true }],
]);

/** For NO_COLOR: the same screen with bold, underline and reverse alone. */
export const plainTheme: Theme = new Map<Role, Attributes>([
  ...[...colourTheme].map(([role, attributes]): [Role, Attributes] => {
    const { colour: _, ...rest } = attributes;
    return [role, rest];
  }),
]);

/** The escape sequence that starts a role's text; empty for plain text. */
export function sgr(attributes: Attributes): string {
  const codes: number[] = [];
  if (attributes.bold) codes.push(1);
  if (attributes.underline) codes.push(4);
  if (attributes.reverse) codes.push(7);
  if (attributes.colour !== undefined) {
    codes.push(attributes.colour < 8 ? 30 + attributes.colour : 82 + attributes.colour);
  }
  return codes.length === 0 ? '' : `\x1b[${codes.join(';')}m`;
}
