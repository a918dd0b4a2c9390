/** What a person did at the terminal. Keys have names: `a`, `A`, `space`, `enter`, `up`, `ctrl-a`, `shift-tab`, … */
export type InputEvent =
  | { readonly kind: 'key'; readonly name: string; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string }
  | {
      readonly kind: 'mouse';
      /** `right-press`: with the right button. */
      readonly action: 'press' | 'right-press' | 'wheel-up' | 'wheel-down';
      readonly x: number;
      readonly y: number;
    };

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';
/** A paste longer than this is handed on in parts. */
const PASTE_LIMIT = 1_000_000;

const controlNames: ReadonlyMap<string, string> = new Map([
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
  ['\x7f', 'backspace'],
  ['\x08', 'backspace'],
  ['\x1b', 'escape'],
  [' ', 'space'],
]);

/** Final letters and `~` numbers of CSI and SS3 sequences. */
const sequenceNames: ReadonlyMap<string, string> = new Map([
  ['A', 'up'],
  ['B', 'down'],
  ['C', 'right'],
  ['D', 'left'],
  ['H', 'home'],
  ['F', 'end'],
  ['Z', 'shift-tab'],
  ['1~', 'home'],
  ['7~', 'home'],
  ['3~', 'delete'],
  ['4~', 'end'],
  ['8~', 'end'],
  ['5~', 'page-up'],
  ['6~', 'page-down'],
]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character
const csi = /^\x1b\[([<?>=]?)([0-9;]*)([ -/]*[@-~])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character
const openCsi = /^\x1b(\[[<?>=]?[0-9;]*[ -/]*|O)?$/;

/** The Alt combinations that mean something; before any other key an escape is the Escape key. */
const altKeys: ReadonlySet<string> = new Set(['alt-b', 'alt-f', 'alt-backspace']);

/**
 * Turns what the terminal sends into keys, pastes and mouse events. A sequence that arrives in parts is joined, and a
 * paste is taken whole: its newlines are no Enter and its letters no hot keys.
 */
export class KeyDecoder {
  private waiting = '';
  private pasting = false;

  /** Events of this chunk; an unfinished sequence waits for the next chunk, or for `flush`. */
  push(chunk: string): InputEvent[] {
    this.waiting += chunk;
    const events: InputEvent[] = [];
    while (this.waiting !== '') {
      const taken = this.pasting ? this.takePaste(events) : this.takeOne(events);
      if (taken === 0) break;
      this.waiting = this.waiting.slice(taken);
    }
    return events;
  }

  /** True when an escape waits: it is the key itself unless more comes within a moment. */
  get pending(): boolean {
    return this.waiting !== '' && !this.pasting;
  }

  /** The moment has passed: an escape that waits is the Escape key. */
  flush(): InputEvent[] {
    if (!this.pending) return [];
    this.waiting = '';
    return [{ kind: 'key', name: 'escape', text: '' }];
  }

  private takePaste(events: InputEvent[]): number {
    const end = this.waiting.indexOf(PASTE_END);
    if (end < 0 && this.waiting.length < PASTE_LIMIT) return 0;
    const length = end < 0 ? PASTE_LIMIT : end;
    events.push({ kind: 'paste', text: this.waiting.slice(0, length) });
    if (end < 0) return length;
    this.pasting = false;
    return end + PASTE_END.length;
  }

  private takeOne(events: InputEvent[]): number {
    const text = this.waiting;
    if (text.startsWith(PASTE_START)) {
      this.pasting = true;
      return PASTE_START.length;
    }
    if (text.startsWith('\x1b')) return this.takeEscape(events, text);
    const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
    events.push(keyOf(character));
    return character.length;
  }

  private takeEscape(events: InputEvent[], text: string): number {
    const match = csi.exec(text);
    if (match !== null) {
      const event = sequenceEvent(match[1] ?? '', match[2] ?? '', match[3] ?? '');
      if (event !== undefined) events.push(event);
      return match[0].length;
    }
    if (openCsi.test(text)) return 0;
    if (text[1] === 'O') {
      const name = sequenceNames.get(text[2] ?? '');
      if (name !== undefined) events.push({ kind: 'key', name, text: '' });
      return 3;
    }
    const character = String.fromCodePoint(text.codePointAt(1) ?? 0);
    const name = `alt-${keyName(character)}`;
    if (altKeys.has(name)) {
      events.push({ kind: 'key', name, text: '' });
      return 1 + character.length;
    }
    events.push({ kind: 'key', name: 'escape', text: '' });
    return 1;
  }
}

function keyName(character: string): string {
  const name = controlNames.get(character);
  if (name !== undefined) return name;
  const code = character.charCodeAt(0);
  return code < 27 ? `ctrl-${String.fromCharCode(code + 96)}` : character;
}

function keyOf(character: string): InputEvent {
  const printable = character >= ' ' && character !== '\x7f';
  return { kind: 'key', name: keyName(character), text: printable ? character : '' };
}

function sequenceEvent(prefix: string, parameters: string, final: string): InputEvent | undefined {
  if (prefix === '<' && (final === 'M' || final === 'm')) return mouseEvent(parameters, final === 'M');
  if (prefix !== '') return undefined;
  const [first = '', modifier = ''] = parameters.split(';');
  const name = sequenceNames.get(final === '~' ? `${first}~` : final);
  if (name === undefined) return undefined;
  return { kind: 'key', name: modifier === '5' ? `ctrl-${name}` : name, text: '' };
}

function mouseEvent(parameters: string, pressed: boolean): InputEvent | undefined {
  const [button = 0, x = 1, y = 1] = parameters.split(';').map(Number);
  const place = { x: x - 1, y: y - 1 };
  if (button === 64) return { kind: 'mouse', action: 'wheel-up', ...place };
  if (button === 65) return { kind: 'mouse', action: 'wheel-down', ...place };
  if (!pressed || (button !== 0 && button !== 2)) return undefined;
  return { kind: 'mouse', action: button === 0 ? 'press' : 'right-press', ...place };
}
