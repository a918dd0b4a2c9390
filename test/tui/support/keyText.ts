/** What a terminal sends for the keys that have names; the names are those of the key map. */
const named: ReadonlyMap<string, string> = new Map([
  ['space', ' '],
  ['enter', '\r'],
  ['escape', '\x1b'],
  ['tab', '\t'],
  ['shift-tab', '\x1b[Z'],
  ['backspace', '\x7f'],
  ['delete', '\x1b[3~'],
  ['up', '\x1b[A'],
  ['down', '\x1b[B'],
  ['right', '\x1b[C'],
  ['left', '\x1b[D'],
  ['home', '\x1b[H'],
  ['end', '\x1b[F'],
  ['page-up', '\x1b[5~'],
  ['page-down', '\x1b[6~'],
]);

/** Shorter, as tables write them. */
const short: ReadonlyMap<string, string> = new Map([
  ['esc', 'escape'],
  ['pgup', 'page-up'],
  ['pgdn', 'page-down'],
]);

/** Numbers of mouse buttons, as terminals report them. */
const buttons: ReadonlyMap<string, number> = new Map([
  ['Click', 0],
  ['RightClick', 2],
  ['WheelUp', 64],
  ['WheelDown', 65],
]);

/** `<Click 10,5>` presses and lets go at column 10 of row 5, counted from 0. */
function mouse(text: string): string | undefined {
  const [, name = '', column, row] = /^(\w+) (\d+),(\d+)$/.exec(text) ?? [];
  const button = buttons.get(name);
  if (button === undefined) return undefined;
  const place = `${button};${Number(column) + 1};${Number(row) + 1}`;
  return button < 3 ? `\x1b[<${place}M\x1b[<${place}m` : `\x1b[<${place}M`;
}

/** The bytes of one key by its name: `page-up`, `ctrl-b`, `q`. */
export function bytesOfKey(name: string): string | undefined {
  const control = /^ctrl-([a-z])$/.exec(name)?.[1];
  if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) - 96);
  return name.length === 1 ? name : named.get(name);
}

function bytesOf(name: string): string {
  if (name.startsWith('Paste ')) {
    return `\x1b[200~${name.slice('Paste '.length).replaceAll('\\n', '\n')}\x1b[201~`;
  }
  const key = name.toLowerCase();
  const bytes = bytesOfKey(short.get(key) ?? key) ?? mouse(name);
  if (bytes === undefined) throw new Error(`<${name}> is no key: see test/tui/support/keyText.ts`);
  return bytes;
}

/**
 * What a terminal sends for keys as a table writes them: characters stand for themselves, what has a name stands in
 * angles, as in `5<Up><Enter>`, `<Click 10,5>`, `<WheelDown 10,5>` and `<Paste two\nlines>`.
 */
export function keyBytes(text: string): string {
  return text.replace(/<([^<>]+)>/g, (_, name: string) => bytesOf(name));
}
