import { addressText, type LoggedEvent } from '../../emulator/index.js';
import { spanText } from '../text/times.js';

/** Fields that have a column of their own. */
const columns: ReadonlySet<string> = new Set(['node', 'app', 'session', 'peer']);

/** Fields whose value says enough without the name. */
const speakForThemselves: ReadonlySet<string> = new Set([
  'status',
  'state',
  'reason',
  'frame',
  'about',
  'how',
  'rule',
  'kind',
  'text',
  'rmc_free_session',
]);

/** A field of an event as text; empty when it has none. */
export function field(event: LoggedEvent, name: string): string {
  const value = event.fields.get(name);
  return value === undefined ? '' : String(value);
}

/** Who an event is about: the application, else the node. */
export function whoOf(event: LoggedEvent): string {
  const app = field(event, 'app');
  return app === '' ? field(event, 'node') : app;
}

/** What an event says beside its name, who and which session: `OPEN_REQ ssc0→eee0`, `RMC_OK`, `TRUE`. */
export function detailOf(event: LoggedEvent): string {
  const parts: string[] = [];
  for (const [name, value] of event.fields) {
    if (columns.has(name) || name === 'to') continue;
    if (name === 'from') parts.push(`${value}→${field(event, 'to')}`);
    else if (name === 'address') parts.push(addressText(Number(value)));
    else if (speakForThemselves.has(name)) parts.push(String(value));
    else if (name.endsWith('_us'))
      parts.push(`${name === 'after_us' ? '' : `${name.slice(0, -3)} `}${spanText(Number(value))}`);
    else parts.push(`${name} ${value}`);
  }
  const peer = field(event, 'peer');
  if (peer !== '' && event.event.startsWith('rmc_open')) parts.unshift(peer);
  return parts.join(' ');
}

/** A symbol for the kind of event, so that the log can be skimmed without colours. */
export function markOf(event: LoggedEvent): '✗' | '!' | '✓' | '▸' | ' ' {
  switch (event.event) {
    case 'node_down':
    case 'process_exit':
    case 'frame_dropped':
    case 'memory_error':
      return '✗';
    case 'abort_session':
    case 'peer_failed':
    case 'process_hang':
    case 'learned':
      return '!';
    case 'node_up':
    case 'process_resume':
      return '✓';
    case 'command':
      return '▸';
    default:
      break;
  }
  const status = field(event, 'status');
  if (status === '' || status === 'RMC_INPROGRESS' || status === 'RMC_EAGAIN') return ' ';
  return status === 'RMC_OK' ? '✓' : '!';
}

/** Why an event happened, short: `187 power off eee0`, `209 abort_session`. */
export function becauseOf(cause: LoggedEvent | undefined): string {
  if (cause === undefined) return '';
  const text = cause.event === 'command' ? field(cause, 'text') : `${cause.event} ${field(cause, 'frame')}`;
  return `${cause.number} ${text}`.trimEnd();
}

/** All of an event in one line of words, for filters to look in. */
export function searchText(event: LoggedEvent): string {
  return `${event.number} ${event.event} ${whoOf(event)} ${field(event, 'session')} ${detailOf(event)}`.toLowerCase();
}

/** An event in a few words: number, name, who, session and what it says. */
export function eventLine(event: LoggedEvent): string {
  const words = [event.number, event.event, whoOf(event), field(event, 'session'), detailOf(event)];
  return words.filter((word) => word !== '').join(' ');
}
