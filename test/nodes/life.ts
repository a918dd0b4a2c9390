import type { LoggedEvent } from '../../emulator/index.js';
import type { Emulator } from '../../index.js';

/** What happened to one session so far. */
interface Life {
  sends: number;
  dones: number;
  opened: number;
  closed: number;
  ended: number;
  aborted: number;
}

type Rule = (life: Life, event: LoggedEvent) => string;

/** By event: notes it, and says what it must not find (D7, D14, D17). */
const rules = new Map<string, Rule>([
  [
    'io_done',
    (life, event) => {
      life.dones += 1;
      if (event.fields.get('io') !== life.dones) return 'is out of order';
      if (life.dones > life.sends) return 'has no rmc_send';
      return isOver(life) || life.aborted > 0 ? 'comes after the end' : '';
    },
  ],
  [
    'open_done',
    (life) => {
      life.opened += 1;
      return life.opened > 1 || isOver(life) ? 'comes too late' : '';
    },
  ],
  [
    'close_done',
    (life) => {
      life.closed += 1;
      if (life.closed > 1 || life.opened === 0) return 'comes twice, or before open_done';
      return leavesPending(life);
    },
  ],
  [
    'close_session',
    (life) => {
      life.ended += 1;
      return life.ended > 1 ? 'comes twice' : leavesPending(life);
    },
  ],
  [
    'abort_session',
    (life) => {
      life.aborted += 1;
      return life.aborted > 1 || isOver(life) ? 'comes twice, or too late' : leavesPending(life);
    },
  ],
  ['message', (life) => (isOver(life) ? 'comes after the end' : '')],
]);

function isOver(life: Life): boolean {
  return life.closed > 0 || life.ended > 0;
}

function leavesPending(life: Life): string {
  return life.dones < life.sends ? 'leaves IO pending' : '';
}

function begins(event: LoggedEvent): boolean {
  if (event.event === 'rmc_open') return event.fields.get('status') === 'RMC_INPROGRESS';
  return event.event === 'session_state' && event.fields.get('state') === 'ESTABLISHED';
}

/** What went wrong in the lives of OPEN and ACCEPT sessions, by the log; names may be used again. */
export function lifeOf(emulator: Emulator): readonly string[] {
  const lives = new Map<string, Life>();
  const found: string[] = [];
  for (const event of emulator.events()) {
    const name = event.fields.get('session');
    if (typeof name !== 'string') continue;
    if (begins(event)) lives.set(name, { sends: 0, dones: 0, opened: 0, closed: 0, ended: 0, aborted: 0 });
    const life = lives.get(name);
    if (life === undefined) continue;
    if (event.event === 'rmc_send' && event.fields.get('status') === 'RMC_INPROGRESS') life.sends += 1;
    const problem = rules.get(event.event)?.(life, event) ?? '';
    if (problem !== '') found.push(`@${event.number} ${event.event} ${problem}`);
  }
  return found;
}
