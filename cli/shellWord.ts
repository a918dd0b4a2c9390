/** A word as a POSIX shell reads it back: quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A file as an operand: one whose name begins with `-` is not to be taken for an option. */
export function shellFile(file: string): string {
  return shellWord(file.startsWith('-') ? `./${file}` : file);
}
