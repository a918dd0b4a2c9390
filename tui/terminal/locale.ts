/** What of the environment says how to draw. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the locale is UTF-8: the first of LC_ALL, LC_CTYPE and LANG that is set and not empty decides, as in the C
 * library. None set is the C locale: ASCII.
 */
export function isUtf8(environment: Environment): boolean {
  for (const name of ['LC_ALL', 'LC_CTYPE', 'LANG']) {
    const value = environment[name];
    if (value !== undefined && value !== '') return /utf-?8/i.test(value);
  }
  return false;
}

/** Whether colours are wanted: NO_COLOR set to anything but the empty string says no. */
export function wantsColour(environment: Environment): boolean {
  const value = environment['NO_COLOR'];
  return value === undefined || value === '';
}

/** The terminal description to draw with: one of those that blessed brings along itself. */
export function terminalName(environment: Environment): string {
  const term = environment['TERM'] ?? '';
  if (term.startsWith('linux')) return 'linux';
  return term === 'xterm' || term === 'vt100' || term === 'vt220' ? 'xterm' : 'xterm-256color';
}
