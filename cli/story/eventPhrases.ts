import { addressText, type LoggedEvent } from '../../emulator/index.js';
import { spanText } from '../../nodes/index.js';
import { printable } from '../printable.js';

const LONGEST_TEXT = 40;

const field = (event: LoggedEvent, name: string): string => String(event.fields.get(name) ?? '');

function quoted(event: LoggedEvent): string {
  const text = printable(field(event, 'text')).replaceAll('\n', '\\n');
  return `"${text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text}"`;
}

function address(event: LoggedEvent): string {
  const value = event.fields.get('address');
  return typeof value === 'number' ? addressText(value) : String(value ?? '');
}

const session = (event: LoggedEvent): string => field(event, 'session');

const failing = (event: LoggedEvent): boolean =>
  !['', 'RMC_OK', 'RMC_INPROGRESS', 'RMC_EAGAIN'].includes(field(event, 'status'));

type Phrase = (event: LoggedEvent) => string;

const call: Phrase = (event) => {
  const peer = field(event, 'peer');
  return `${event.event} ${session(event)}${peer === '' ? '' : ` to ${peer}`}: ${field(event, 'status')}`;
};

const learned: Phrase = (event) => {
  const after = event.fields.get('after_us');
  const late = typeof after === 'number' ? `, ${spanText(after)} after it` : '';
  return `LEARNS of ${field(event, 'about')} by ${field(event, 'how')} (${field(event, 'rule')})${late}`;
};

/** What a person wants to read of an event; events that are not here are left out of a story. */
export const phrases: ReadonlyMap<string, Phrase> = new Map<string, Phrase>([
  ['command', (event) => `> ${printable(field(event, 'text'))}`],
  ['rmc_open', call],
  ['rmc_listen', call],
  ['rmc_close', call],
  ['rmc_shutdown', call],
  ['rmc_send', (event) => (failing(event) ? call(event) : '')],
  ['open_done', call],
  ['close_done', call],
  ['io_done', (event) => (failing(event) ? call(event) : '')],
  ['new_session', (event) => `new_session ${session(event)} gives ${address(event)}`],
  [
    'close_session',
    (event) => `close_session ${session(event)}: RMC_FREE_SESSION is ${field(event, 'rmc_free_session')}`,
  ],
  ['abort_session', (event) => `abort_session ${session(event)}: ${field(event, 'reason')}`],
  ['message', (event) => `gets ${quoted(event)} on ${session(event)}`],
  ['learned', learned],
  ['peer_failed', (event) => `finds ${field(event, 'peer')} failed: ${field(event, 'reason')}`],
  ['node_down', () => 'POWER OFF'],
  ['node_up', () => 'is up'],
  ['process_start', (event) => `process ${field(event, 'process')} starts`],
  ['process_exit', (event) => `process ${field(event, 'process')} ends: ${field(event, 'reason')}`],
  ['process_hang', (event) => `process ${field(event, 'process')} HANGS`],
  ['process_resume', (event) => `process ${field(event, 'process')} goes on`],
  [
    'frame_dropped',
    // That heartbeats do not arrive shows in what comes of it.
    (event) =>
      field(event, 'frame') === 'HEARTBEAT'
        ? ''
        : `${field(event, 'frame')} ${field(event, 'from')} -> ${field(event, 'to')} is lost: ${field(event, 'reason')}`,
  ],
  [
    'memory_error',
    (event) =>
      `MEMORY ERROR ${field(event, 'kind')} at ${address(event)}${session(event) === '' ? '' : ` (${session(event)})`}`,
  ],
  ['callback_failed', (event) => `${field(event, 'callback')} fails: ${quoted(event)}`],
]);

/** Events that come in crowds: of those alike only the first is told, then how many more. */
export const crowds: ReadonlySet<string> = new Set([
  'message',
  'frame_dropped',
  'rmc_send',
  'io_done',
  'rmc_open',
]);
