import { duration, fault, listed, type Parsed, type Scope } from '../../emulator/index.js';

/** The callbacks that a monitor's application can be given. */
export type BehaviourOf = 'new_session' | 'close_session' | 'abort_session' | 'on_io_failure';

export interface Target {
  readonly node: string;
  readonly port: number;
}

/** What a callback of a monitor's application does: plain data, written `pool:4`, `slow:10ms,close`. */
export interface Behaviour {
  readonly name: string;
  /** `pool:<n>`. */
  readonly blocks?: number;
  /** `reopen:<node>:<port>[,…]`. */
  readonly targets?: readonly Target[];
  /** `slow:<duration>[,<B>]`. */
  readonly slowUs?: number;
  readonly afterwards?: Behaviour;
}

export interface BehaviourDeclaration {
  readonly name: string;
  readonly form: string;
  readonly of: readonly BehaviourOf[];
  readonly help: string;
}

const EVERY: readonly BehaviourOf[] = ['new_session', 'close_session', 'abort_session', 'on_io_failure'];
const TELLS: readonly BehaviourOf[] = ['abort_session', 'on_io_failure'];

/** Every behaviour: parsing, completion and the reference are made from this table. */
export const behaviours: readonly BehaviourDeclaration[] = Object.freeze([
  {
    name: 'heap',
    form: 'heap',
    of: ['new_session'],
    help: 'allocates the block from the application’s heap (S7)',
  },
  {
    name: 'pool',
    form: 'pool:<n>',
    of: ['new_session'],
    help: 'takes one of n blocks at fixed addresses (S7)',
  },
  { name: 'refuse', form: 'refuse', of: ['new_session'], help: 'returns NULL (D5)' },
  {
    name: 'misaligned',
    form: 'misaligned',
    of: ['new_session'],
    help: 'returns an address that is not 8-aligned (D6)',
  },
  {
    name: 'foreign',
    form: 'foreign',
    of: ['new_session'],
    help: 'returns an address outside of its memory (D6)',
  },
  { name: 'small', form: 'small', of: ['new_session'], help: 'returns a block that is too small (D6)' },
  {
    name: 'live',
    form: 'live',
    of: ['new_session'],
    help: 'returns a block that already holds a session (D6)',
  },
  {
    name: 'free-if-true',
    form: 'free-if-true',
    of: ['close_session'],
    help: 'frees if RMC_FREE_SESSION is TRUE: right (S9)',
  },
  { name: 'notify', form: 'notify', of: ['close_session', ...TELLS], help: 'only notes it' },
  {
    name: 'always-free',
    form: 'always-free',
    of: ['close_session'],
    help: 'frees whatever the macro says: a classic bug',
  },
  {
    name: 'never-free',
    form: 'never-free',
    of: ['close_session'],
    help: 'never frees: the other classic bug',
  },
  { name: 'close', form: 'close', of: TELLS, help: 'closes the session, and frees it at close_done (S6)' },
  {
    name: 'reopen',
    form: 'reopen:<node>:<port>[,…]',
    of: TELLS,
    help: 'as close, and opens the next target with a new block; one round',
  },
  { name: 'throw', form: 'throw', of: EVERY, help: 'throws: its process crashes (D10)' },
  { name: 'hang', form: 'hang', of: EVERY, help: 'never returns: its process hangs (D10, D21)' },
  {
    name: 'slow',
    form: 'slow:<duration>[,<B>]',
    of: EVERY,
    help: 'takes that long, then does what B does; its process handles nothing meanwhile',
  },
]);

/** What `slow` does afterwards when it does not say. */
export function usual(of: BehaviourOf): Behaviour {
  if (of === 'new_session') return { name: 'heap' };
  return { name: of === 'close_session' ? 'free-if-true' : 'notify' };
}

export function behaviourNames(of: BehaviourOf): readonly string[] {
  return behaviours.filter((one) => one.of.includes(of)).map((one) => one.name);
}

/** As they are written, with what stands after the colon: `pool:<n>`. */
export function behaviourForms(of: BehaviourOf): readonly string[] {
  return behaviours.filter((one) => one.of.includes(of)).map((one) => one.form);
}

/** Reads a behaviour of a callback; the nodes that `reopen` names must be known in `scope`. */
export function readBehaviour(text: string, of: BehaviourOf, scope: Scope): Parsed<Behaviour> {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const argument = colon < 0 ? undefined : text.slice(colon + 1);
  const names = behaviourNames(of);
  if (!names.includes(name))
    return fault(`"${name}" is no behaviour of ${of}`, `NULL, ${listed(names)}`, name, names);
  switch (name) {
    case 'pool':
      return readPool(argument);
    case 'slow':
      return readSlow(argument, of, scope);
    case 'reopen':
      return readReopen(argument, scope);
    default:
      return argument === undefined
        ? { value: { name } }
        : fault(`${name} takes nothing after a colon`, name);
  }
}

function readPool(argument: string | undefined): Parsed<Behaviour> {
  const blocks = /^[1-9]\d{0,5}$/.test(argument ?? '') ? Number(argument) : 0;
  return blocks > 0
    ? { value: { name: 'pool', blocks } }
    : fault('pool takes the number of its blocks', 'as pool:4');
}

function readSlow(argument: string | undefined, of: BehaviourOf, scope: Scope): Parsed<Behaviour> {
  if (argument === undefined) return fault('slow takes a duration', 'as slow:10ms');
  const comma = argument.indexOf(',');
  const time = duration.parse(comma < 0 ? argument : argument.slice(0, comma), scope, new Map());
  if ('problem' in time) {
    if (time.nearest === undefined) return time;
    return { ...time, nearest: `slow:${time.nearest}${comma < 0 ? '' : argument.slice(comma)}` };
  }
  if (comma < 0) return { value: { name: 'slow', slowUs: time.value, afterwards: usual(of) } };
  const then = readBehaviour(argument.slice(comma + 1), of, scope);
  return 'problem' in then ? then : { value: { name: 'slow', slowUs: time.value, afterwards: then.value } };
}

function readReopen(argument: string | undefined, scope: Scope): Parsed<Behaviour> {
  if (argument === undefined)
    return fault('reopen takes its targets', 'as reopen:ssc1:9 or reopen:ssc1:9,ssc2:9');
  const targets: Target[] = [];
  for (const text of argument.split(',')) {
    const parts = /^([^:]+):(\d{1,5})$/.exec(text);
    const port = Number(parts?.[2]);
    if (parts === null || port < 1 || port > 65_535)
      return fault(`"${text}" is no target`, '<node>:<port>, as ssc1:9');
    const node = parts[1]!;
    const nodes = scope.names('node');
    if (!nodes.includes(node)) return fault(`there is no node "${node}"`, listed(nodes), node, nodes);
    targets.push({ node, port });
  }
  return { value: { name: 'reopen', targets } };
}
