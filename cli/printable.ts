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
