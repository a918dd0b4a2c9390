/** Keys as a table writes them, beside characters that stand for themselves: `:power of<Tab>`. */
const named: ReadonlyMap<string, string> = new Map([
  ['Enter', '\r'],
  ['Esc', '\x1b'],
  ['Tab', '\t'],
  ['Shift-Tab', '\x1b[Z'],
  ['Backspace', '\x7f'],
  ['Up', '\x1b[A'],
  ['Down', '\x1b[B'],
  ['Right', '\x1b[C'],
  ['Left', '\x1b[D'],
  ['Home', '\x1b[H'],
  ['End', '\x1b[F'],
  ['PgUp', '\x1b[5~'],
  ['PgDn', '\x1b[6~'],
  ['Ctrl-B', '\x02'],
  ['Ctrl-C', '\x03'],
  ['Ctrl-F', '\x06'],
  ['Ctrl-L', '\f'],
  ['Ctrl-P', '\x10'],
  ['Ctrl-R', '\x12'],
  ['lt', '<'],
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

function bytesOf(name: string): string {
  if (name.startsWith('Paste ')) {
    return `\x1b[200~${name.slice('Paste '.length).replaceAll('\\n', '\n')}\x1b[201~`;
  }
  const bytes = named.get(name) ?? mouse(name);
  if (bytes === undefined) throw new Error(`<${name}> is no key: see test/tui/support/keyText.ts`);
  return bytes;
}

/** What a terminal sends for keys that are written as `5<Up><Enter>`, `<Click 10,5>`, `<Paste some text>`. */
export function keyBytes(text: string): string {
  return text.replace(/<([^<>]+)>/g, (_, name: string) => bytesOf(name));
}
