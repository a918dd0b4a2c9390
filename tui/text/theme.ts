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
const DARK_BLUE = 4;
const ORANGE = 3;
const MAGENTA = 5;
const CYAN = 6;
const GREY = 8;
const BRIGHT_CYAN = 14;
const BRIGHT_YELLOW = 11;
const BRIGHT_WHITE = 15;

/** For dark terminals, and for most. */
export const darkTheme: Theme = new Map<Role, Attributes>([
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

const changed = (theme: Theme, changes: readonly (readonly [Role, Attributes])[]): Theme =>
  new Map([...theme, ...changes]);

/** For light terminals: yellow is not to be read there. */
export const lightTheme: Theme = changed(darkTheme, [
  ['good', { bold: true, colour: DARK_BLUE }],
  ['bad', { bold: true, colour: MAGENTA }],
  ['note', { colour: DARK_BLUE }],
  ['app', { colour: DARK_BLUE }],
  ['rmc', { colour: MAGENTA }],
]);

/** Nothing is grey, and what matters is bold. */
export const contrastTheme: Theme = changed(darkTheme, [
  ['dim', {}],
  ['frame', { colour: BRIGHT_WHITE }],
  ['good', { bold: true, colour: BRIGHT_CYAN }],
  ['bad', { bold: true, underline: true, colour: BRIGHT_YELLOW }],
  ['note', { bold: true }],
  ['app', { bold: true, colour: BRIGHT_CYAN }],
  ['rmc', { bold: true, colour: BRIGHT_YELLOW }],
]);

/** For NO_COLOR: the same screen with bold, underline and reverse alone. */
export const plainTheme: Theme = new Map<Role, Attributes>(
  [...darkTheme].map(([role, attributes]): [Role, Attributes] => {
    const { colour: _, ...rest } = attributes;
    return [role, rest];
  }),
);

export const themeNames = ['dark', 'light', 'contrast', 'none'] as const;
export type ThemeName = (typeof themeNames)[number];

export const themes: Readonly<Record<ThemeName, Theme>> = Object.freeze({
  dark: darkTheme,
  light: lightTheme,
  contrast: contrastTheme,
  none: plainTheme,
});

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
