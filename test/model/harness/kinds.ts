import { type CommandSeen, readCommand } from '../commandText.js';
import { defaultTimers } from '../picture.js';
import { field, type Seen } from '../seen.js';

/** What a command makes use of: its name, its options, what its callbacks do, and which timer it sets. */
export function usesOf(event: Seen): readonly string[] {
  const command = readCommand(field(event, 'text'));
  const { name, words, options } = command;
  // `link` and `inject` are one command each, but for alloc-failure; what they do is a word.
  const short = name === 'inject alloc-failure' ? name : name.replace(/^(link|inject) .*/, '$1');
  const used = [name, short, ...[...options.keys()].map((option) => `${short} ${option}`)];
  if (name === 'set') used.push(`set ${words[1]}`);
  if (name === 'rmc_listen' && words[1] === '0') used.push('rmc_listen 0');
  for (const behaviour of behavioursIn(command)) used.push(behaviour);
  return used;
}

const CALLBACKS = ['--new_session', '--close_session', '--abort_session', '--on_io_failure', '--on_message'];
const NAMED = ['--policy', '--release', '--delivery'];

function behavioursIn({ name, options }: CommandSeen): string[] {
  const used: string[] = [];
  for (const [option, value] of options) {
    if (CALLBACKS.includes(option)) used.push(`${option} ${value.split(/[:,]/)[0]}`);
    if (NAMED.includes(option)) used.push(`${name} ${option} ${value}`);
  }
  return used;
}

const each = (names: readonly string[], ...values: readonly string[]): string[] =>
  names.flatMap((name) => values.map((value) => `${name} ${value}`));

/** What operators, applications and faults of random worlds have to come to, beside every command and option. */
export const usesThatCome: readonly string[] = [
  ...each(['--new_session'], 'heap', 'pool', 'refuse', 'misaligned', 'foreign', 'small', 'live'),
  ...each(['--close_session'], 'free-if-true', 'notify', 'always-free', 'never-free'),
  ...each(['--abort_session', '--on_io_failure'], 'notify', 'close', 'reopen'),
  ...each(CALLBACKS.slice(0, 4), 'throw', 'hang', 'slow'),
  ...each(['--on_message'], 'echo', 'sink'),
  ...each(['node --policy'], 'report', 'trap', 'hardware'),
  ...each(['node --release', 'power on --release'], 'R1.0.x', 'R1.1'),
  ...each(['rmc_open --delivery'], 'reliable', 'ordered'),
  ...each(['set'], ...defaultTimers.map(([name]) => name)),
  ...each(['link'], 'latency', 'jitter', 'bandwidth', 'loss', 'duplicate', 'reorder', 'corrupt'),
  ...each(['inject'], 'loss', 'duplicate', 'delay', 'reorder', 'corrupt'),
  'rmc_listen 0',
];
