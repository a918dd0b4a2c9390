import { addressText, clockText } from '../../emulator/index.js';
import { eventLine } from '../panes/eventText.js';
import { entryText, meantEntry } from '../reading/ledgerEntries.js';
import type { Play } from '../run/play.js';
import { textOf } from '../text/line.js';
import { markedBlock } from './memoryLook.js';
import { markedSession, meantEvent } from './selection.js';

/** Terminals drop what is longer. */
const MOST_COPIED = 50_000;

/** What `y` copies: the text that is open, else what is selected in the pane that has the focus; undefined: nothing. */
function selectedText(play: Play): string | undefined {
  const { state, view, source } = play;
  const { overlay } = state;
  if (overlay !== undefined) return overlay.lines.map((row) => textOf(row).trimEnd()).join('\n');
  switch (state.focus) {
    case 'nodes':
    case 'bus':
      return nodeText(play);
    case 'sessions':
      return sessionText(play);
    case 'ledger': {
      const entry = meantEntry(view.ledger, state.filters.ledger, state);
      return entry === undefined ? undefined : entryText(entry);
    }
    case 'memory':
      return blockText(play);
    default: {
      const number = meantEvent(state, source);
      if (number === 0) return undefined;
      const event = source.event(number);
      return `${clockText(event.timeUs)} ${eventLine(event)}`;
    }
  }
}

function nodeText({ state, view }: Play): string | undefined {
  const node = view.nodes[state.selectedNode];
  if (node === undefined) return undefined;
  const { name, kindTitle, release, power, sinceUs, boxes } = node;
  const processes = boxes.map(({ title, state: run }) => `${title} ${run}`).join(', ');
  return `${name} ${kindTitle} ${release} ${power} since ${clockText(sinceUs)}: ${processes}`;
}

function sessionText(play: Play): string | undefined {
  const session = markedSession(play.state, play.sessions());
  if (session === undefined) return undefined;
  const { name, type, state, lost, app, node, peer, address, block, placedBy, whoFrees } = session;
  const words = [name, type, lost ? 'lost' : state, 'of', app, 'on', node, 'peer', peer];
  return `${words.join(' ')}, block ${addressText(address)} ${block}, placed by ${placedBy}, freed by ${whoFrees}`;
}

function blockText({ state, source }: Play): string | undefined {
  const block = markedBlock(state, source);
  if (block === undefined) return undefined;
  const { address, size, letter, owner, sessions, whoFrees, live } = block;
  const fate = live ? `live, freed by ${whoFrees}` : 'freed';
  return `${addressText(address)} ${size} bytes ${letter} ${owner} ${sessions.join(' ')}: ${fate}`;
}

/** Hands what is selected to the terminal's clipboard, and says what it was. */
export function copySelected(play: Play): void {
  const text = selectedText(play)?.slice(0, MOST_COPIED);
  if (text === undefined) {
    play.state.message = { text: 'nothing to copy here', bad: false };
    return;
  }
  play.state.copying = text;
  const lines = text.split('\n');
  const what = lines.length === 1 ? text : `${lines.length} lines`;
  play.state.message = { text: `copied to the terminal's clipboard: ${what}`, bad: false };
}
