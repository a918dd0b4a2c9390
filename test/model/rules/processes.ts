import { readCommand } from '../commandText.js';
import type { Look, Rule } from '../judge.js';
import { type NodeSeen, type ProcessSeen, sessionOf, timer } from '../picture.js';
import { field, type Seen } from '../seen.js';

const commandOf = ({ picture, event }: Look, ...names: readonly string[]): string | undefined => {
  const cause = picture.events[event.cause - 1];
  if (cause?.event !== 'command') return undefined;
  const { name, words } = readCommand(field(cause, 'text'));
  return names.includes(name) ? (words[0] ?? '') : undefined;
};

/** D20: a process starts because somebody started it, and not while it runs. */
function start(look: Look): string | undefined {
  const { picture, event } = look;
  const name = field(event, 'process');
  const node = picture.node(field(event, 'node'));
  const app = field(event, 'app');
  if (app !== (name === `${node?.name}.rmc` ? '' : name)) return `process_start app=${name}`;
  if (picture.process(name)?.alive) return `no process_start of ${name}, which is running`;
  if (node === undefined || node.power === 'off')
    return `no process_start on ${field(event, 'node')}: it is off`;
  if (name !== `${node.name}.rmc`) {
    return commandOf(look, 'app', 'launch') === name ? undefined : `no process_start of ${name} unasked`;
  }
  const last = picture.process(name);
  const isRestart = last !== undefined && node.changedUs <= last.endedUs && node.power === 'on';
  if (!isRestart) return undefined;
  const due = last.restartUs;
  return event.timeUs === due ? undefined : `process_start of ${name} at ${due} us, after rmc_restart`;
}

function exit(look: Look): string | undefined {
  const { picture, event } = look;
  const name = field(event, 'process');
  const process = picture.process(name);
  const reason = field(event, 'reason');
  if (!process?.alive) return `no process_exit of ${name}, which is not running`;
  if (reason === 'power') {
    return process.node.power === 'off' ? undefined : `no exit for want of power: ${process.node.name} is on`;
  }
  if (reason === 'kill') return commandOf(look, 'kill') === name ? undefined : `nobody killed ${name}`;
  if (reason === 'stop') return process.stopping ? undefined : `nobody stopped ${name}`;
  const why = picture.events[event.cause - 1];
  const error = picture.events.at(-1);
  const isTrapped =
    process.node.policy === 'trap' &&
    error?.event === 'memory_error' &&
    ['', process.app].includes(field(error, 'app'));
  return why?.event === 'callback_failed' || isTrapped ? undefined : `no crash of ${name}: nothing was wrong`;
}

function hang(look: Look): string | undefined {
  const { picture, event } = look;
  const process = picture.process(field(event, 'process'));
  if (!process?.alive || process.hung) return 'only a running process hangs';
  const asked = commandOf(look, 'hang');
  if (asked !== undefined) {
    return [process.name, process.node.name].includes(asked) ? undefined : `${asked} was to hang`;
  }
  const sessions = picture.allSessions.filter((session) => session.process === process);
  const hangs = sessions.some(({ behaviours }) =>
    [...behaviours.values()].some(({ does }) => does === 'hang'),
  );
  return hangs ? undefined : `${process.name} has no callback that never returns`;
}

function resume(look: Look): string | undefined {
  const process = look.picture.process(field(look.event, 'process'));
  if (!process?.alive || !process.hung) return 'only a hung process resumes';
  const asked = commandOf(look, 'unhang') ?? '';
  return [process.name, process.node.name].includes(asked) ? undefined : 'nobody resumed it';
}

/** What an application does or is told, it does or is told while it runs. */
const BY_APPLICATION = [
  ...['rmc_open', 'rmc_listen', 'rmc_send', 'rmc_close', 'rmc_shutdown', 'open_done', 'close_done'],
  ...['io_done', 'writable', 'new_session', 'close_session', 'abort_session', 'message', 'learned'],
];

function byTheLiving({ picture, event }: Look): string | undefined {
  const process = picture.process(field(event, 'app'));
  if (!process?.alive) return `nothing of ${field(event, 'app')}, which is not running`;
  if (process.hung) return `nothing of ${process.name}, which hangs`;
  if (process.node.name !== field(event, 'node')) return `${process.name} is on ${process.node.name}`;
  const session = sessionOf(picture, event);
  const isNew = event.event === 'rmc_open' || event.event === 'rmc_listen';
  if (isNew || event.event === 'new_session' || session === undefined) return undefined;
  if (session.process !== process) return `nothing of ${session.name}: it is of an earlier ${process.name}`;
  const peer = field(event, 'peer');
  return peer === session.peer ? undefined : `${session.name} has the peer ${session.peer}`;
}

/** A command is followed by what it says, at the same instant. */
function commandDone(look: Look): void {
  const { picture, event, owe } = look;
  const { name, words, options } = readCommand(field(event, 'text'));
  const [first = ''] = words;
  const follows = (kind: string, what: string, isIt: (seen: Seen) => boolean): void =>
    owe({
      rule: 'D20',
      what: `${kind} ${what}`,
      dueUs: event.timeUs,
      isMet: (seen) => seen.event === kind && seen.cause === event.number && isIt(seen),
    });
  const ofProcess = (seen: Seen): boolean => field(seen, 'process') === first;
  if (name === 'app' || name === 'launch') follows('process_start', first, ofProcess);
  if (name === 'kill') follows('process_exit', first, ofProcess);
  if (name === 'power off') follows('node_down', first, (seen) => field(seen, 'node') === first);
  const node = picture.node(first);
  if (name === 'power on' && node !== undefined) bootDue(look, node, options.has('--release'));
  if (name === 'hang' && node === undefined) follows('process_hang', first, ofProcess);
  if (name === 'unhang' && node === undefined) follows('process_resume', first, ofProcess);
  if (name === 'node' && words[1] === 'eee') {
    follows('process_start', `${first}.rmc`, (seen) => field(seen, 'process') === `${first}.rmc`);
  }
}

function bootDue({ event, owe }: Look, node: NodeSeen, _release: boolean): void {
  const dueUs = event.timeUs + timer(node.timers, 'boot');
  owe({
    rule: 'D20',
    what: `node_up ${node.name}`,
    dueUs,
    isMet: (seen) => seen.event === 'node_up' && field(seen, 'node') === node.name,
    isVoid: () => node.power === 'off',
  });
}

/** D20: with the power goes every process, and an EEE's RMC is started again. */
function downThen({ picture, event, owe }: Look): void {
  for (const process of picture.processes.values()) {
    if (!process.alive || process.node.name !== field(event, 'node')) continue;
    owe({
      rule: 'D20',
      what: `process_exit of ${process.name}: its node is off`,
      dueUs: event.timeUs,
      isMet: (seen) => seen.event === 'process_exit' && field(seen, 'process') === process.name,
    });
  }
}

/** D20: with an EEE's RMC, or an EEE's application, its sessions come to their end in the same instant. */
function sessionsEnd({ picture, event, owe }: Look, process: ProcessSeen): void {
  const isRmc = process.app === '';
  for (const session of picture.allSessions) {
    const isIts = isRmc ? session.rmc === process && session.process.alive : session.process === process;
    if (!isIts || !['OPENING', 'OPEN', 'ESTABLISHED', 'LISTENING'].includes(session.state)) continue;
    const before = session.stateEvent;
    owe({
      rule: 'D20',
      what: `session_state of ${session.name}: ${process.name} is gone`,
      dueUs: event.timeUs,
      processes: isRmc ? [] : [session.rmc],
      isMet: () => session.stateEvent !== before,
      isVoid: () => session.node.power !== 'on' || (!isRmc && !session.rmc.alive),
    });
  }
}

function exitThen(look: Look): void {
  const { picture, event, owe } = look;
  const process = picture.process(field(event, 'process'));
  if (process?.node.kind === 'eee' && field(event, 'reason') !== 'power') sessionsEnd(look, process);
  if (process === undefined || process.app !== '' || field(event, 'reason') === 'power') return;
  const { node, name } = process;
  owe({
    rule: 'D20',
    what: `process_start of ${name} after rmc_restart`,
    dueUs: event.timeUs + timer(node.timers, 'rmc_restart'),
    isMet: (seen) => seen.event === 'process_start' && field(seen, 'process') === name,
    isVoid: () => node.power !== 'on',
  });
}

const nodeDown = (look: Look): string | undefined =>
  commandOf(look, 'power off') === field(look.event, 'node') ? undefined : 'nobody switched it off';

function nodeUp({ picture, event }: Look): string | undefined {
  const node = picture.node(field(event, 'node'));
  if (node?.power !== 'booting') return 'node_up only of a node that was switched on';
  const due = node.upUs;
  if (node.kind === 'eee' && !picture.process(`${node.name}.rmc`)?.alive) return 'node_up when its RMC runs';
  return due === event.timeUs ? undefined : `node_up of ${node.name} at ${due} us`;
}

function callbackFailed({ picture, event }: Look): string | undefined {
  const process = picture.process(field(event, 'app'));
  const throws = picture.allSessions.some(
    (session) =>
      session.process === process && [...session.behaviours.values()].some(({ does }) => does === 'throw'),
  );
  return throws ? undefined : `${field(event, 'app')} has no callback that throws`;
}

const crashes = ({ event, owe }: Look): void =>
  owe({
    rule: 'D10',
    what: `process_exit crash of ${field(event, 'app')}: its callback threw`,
    dueUs: event.timeUs,
    isMet: (seen) => seen.event === 'process_exit' && field(seen, 'app') === field(event, 'app'),
  });

export const processRules: readonly Rule[] = [
  { rule: 'D20', of: ['process_start'], allow: start },
  { rule: 'D20', of: ['process_exit'], allow: exit, after: exitThen },
  { rule: 'D21', of: ['process_hang'], allow: hang },
  { rule: 'D21', of: ['process_resume'], allow: resume },
  { rule: 'D20', of: ['node_down'], allow: nodeDown, after: downThen },
  { rule: 'D20', of: ['node_up'], allow: nodeUp },
  { rule: 'D10', of: ['callback_failed'], allow: callbackFailed, after: crashes },
  { rule: 'D20', of: ['command'], after: commandDone },
  { rule: 'D20', of: BY_APPLICATION, allow: byTheLiving },
];
