/** A text from a file, fit for a terminal: control characters but newline are shown as `\xNN`. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, (character) => {
    const code = character.charCodeAt(0);
    return code === 9 ? ' ' : `\\x${code.toString(16).padStart(2, '0')}`;
  });
}

/** `1 drill`, `3 drills`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Virtual time in seconds: whole seconds, then thousandths, then microseconds: `1.330 100`. */
export function secondsText(timeUs: number): string {
  const seconds = Math.floor(timeUs / 1_000_000);
  const rest = String(timeUs - seconds * 1_000_000).padStart(6, '0');
  return `${seconds}.${rest.slice(0, 3)} ${rest.slice(3)}`;
}

/** A duration for a person: `100 us`, `330.1 ms`, `2 s`. */
export function spanText(durationUs: number): string {
  const rounded = (value: number): string => String(Math.round(value * 10) / 10);
  if (durationUs < 1_000) return `${durationUs} us`;
  if (durationUs < 1_000_000) return `${rounded(durationUs / 1_000)} ms`;
  return `${rounded(durationUs / 1_000_000)} s`;
}
