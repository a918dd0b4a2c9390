import type { Choices } from './worlds.js';

/** A step of a random world: what is done, and three numbers that choose what to. */
export interface Op {
  readonly kind: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

type Make = (choices: Choices, op: Op) => string | number | readonly (string | number)[] | undefined;

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** The first is the likely one. */
const NEW_SESSION = [
  'heap',
  'heap',
  'heap',
  'pool:2',
  'refuse',
  'misaligned',
  'foreign',
  'small',
  'live',
  'throw',
];
const MORE_NEW = [...NEW_SESSION, 'hang', 'slow:30ms', 'slow:400ms,heap', 'NULL', 'NULL', 'NULL'];
const CLOSE_SESSION = [
  ...['free-if-true', 'free-if-true', 'free-if-true', 'free-if-true', 'notify', 'always-free', 'never-free'],
  ...['throw', 'hang', 'slow:20ms', 'slow:400ms,free-if-true'],
];
const TOLD = ['notify', 'close', 'close', 'notify', 'throw', 'hang', 'slow:10ms,close', 'NULL', 'NULL'];
const RUNS = [
  50, 105, 250, 300, 1_000, 5_000, 105, 250, 1_000, 10_000, 60_000, 120_000, 400_000, 500_000, 1_200_000,
  2_500_000,
];
const FRAMES = [
  'OPEN_REQ',
  'OPEN_ACK',
  'OPEN_NAK',
  'DATA',
  'ACK',
  'CLOSE_REQ',
  'CLOSE_ACK',
  'HEARTBEAT',
  'ABORT',
];
const TIMERS = [
  ...['heartbeat 50ms', 'heartbeat 200ms', 'heartbeat_misses 2', 'io_timeout 500ms', 'open_timeout 700ms'],
  ...['close_timeout 300ms', 'window 2', 'send_queue 2', 'mailbox 2', 'rto 20ms', 'ipc 50us', 'ipc 2ms'],
  ...['rto_max 100ms', 'boot 100ms', 'rmc_restart 50ms', 'rmc_restart 700ms', 'heartbeat_misses 5'],
  ...['gap_timeout 10ms', 'gap_timeout 300ms', 'gap_tolerance 0', 'gap_tolerance 2'],
];
const LINKS = [
  ...['loss 5%', 'loss 30%', 'duplicate 20%', 'reorder 20%', 'corrupt 10%', 'jitter 300us', 'latency 2ms'],
  ...['bandwidth 1Mbit', 'loss 0%', 'latency 100us', 'duplicate 0%', 'corrupt 0%'],
];

/** One of a list whose right ones stand first; of those alone where applications do what is right. */
const pickFrom = (choices: Choices, list: readonly string[], n: number): string =>
  pick(choices.calm && n % 16 !== 15 ? list.slice(0, 3) : list, n);

const option = (name: string, value: string | undefined): string =>
  value === undefined || value === 'NULL' ? '' : ` --${name} ${value}`;

const listen: Make = (choices, { a, b, c }) => {
  const app = choices.one(choices.running(), a);
  const node = app === undefined ? undefined : choices.picture.process(app)?.node;
  if (app === undefined || node === undefined) return undefined;
  choices.made += 1;
  const port = b % 11 === 0 ? 0 : 1 + (b % 4);
  const placed = node.kind === 'ssc' ? pickFrom(choices, MORE_NEW, c) : undefined;
  const closes = c % 5 === 4 ? undefined : pickFrom(choices, CLOSE_SESSION, c >> 4);
  const echoes = pick([' --on_message echo', '', '', ' --on_message echo', ' --on_message sink', ''], c >> 9);
  const callbacks = option('new_session', placed) + option('close_session', closes);
  return `rmc_listen ${app} ${port}${callbacks}${echoes} --as s${choices.made}`;
};

/** Only the server echoes: two echoes would never end. */
const open: Make = (choices, { a, b, c }) => {
  const app = choices.one(choices.running(), a);
  const node = app === undefined ? undefined : choices.picture.process(app)?.node;
  if (app === undefined || node === undefined) return undefined;
  const target = targetOf(choices, b);
  choices.made += 1;
  const aborts = node.release === 'R1.1' ? told(choices, c) : undefined;
  const fails = told(choices, c >> 5);
  const delivery = pick(
    [' --delivery ordered', '', '', ' --delivery ordered', ' --delivery reliable', ''],
    c >> 9,
  );
  const callbacks =
    option('abort_session', aborts) +
    option('on_io_failure', fails) +
    delivery +
    (b % 10 === 9 ? ' --on_message sink' : '');
  return `rmc_open ${app} ${target}${callbacks} --as c${choices.made}`;
};

/** Ports that RMC picks for port 0. */
const PICKED = [49_152, 49_152, 49_153];

/** Mostly where somebody listens. */
function targetOf(choices: Choices, n: number): string {
  const picked = choices.one(
    choices.sessions('LISTEN').filter((session) => session.picksPort),
    n >> 3,
  );
  if (picked !== undefined && n % 5 === 1) return `${picked.node.name}:${PICKED[(n >> 6) % PICKED.length]}`;
  const listening = choices.sessions('LISTEN').filter((session) => session.port > 0);
  const session = n % 8 === 0 ? undefined : choices.one(listening, n >> 3);
  if (session !== undefined) return `${session.node.name}:${session.port}`;
  return `${choices.one(choices.nodes(), n >> 3)}:${1 + (n % 4)}`;
}

function told(choices: Choices, n: number): string {
  return n % 11 === 10 ? `reopen:${targetOf(choices, n >> 4)}` : pickFrom(choices, TOLD, n);
}

const send: Make = (choices, { a, b, c }) => {
  const able = choices.sessions().filter(({ state }) => state === 'OPEN' || state === 'ESTABLISHED');
  const all = b % 6 === 0 || able.length === 0 ? choices.sessions() : able;
  const session = choices.one(all, a);
  if (session === undefined) return undefined;
  choices.made += 1;
  if (c % 7 === 1) return `rmc_send ${session.name} --size ${pick([0, 1, 64, 1024, 1025], c >> 3)}`;
  if (c % 7 === 3) {
    const every = pick(['100us', '1ms', '30ms', '300ms'], c >> 3);
    return `rmc_send ${session.name} m${choices.made} --count ${2 + ((c >> 5) % 9)} --every ${every}`;
  }
  const count = c % 7 === 2 ? ` --count ${2 + ((c >> 3) % 60)}` : '';
  return `rmc_send ${session.name} m${choices.made}${count}`;
};

/** D25: messages that the bus loses, delays or turns round, each with a text of its own; and time for it to show. */
const holes: Make = (choices, { a, b, c }) => {
  const able = choices
    .sessions()
    .filter(({ ordered, state }) => ordered && ['OPEN', 'ESTABLISHED'].includes(state));
  const session = choices.one(able, a);
  if (session === undefined) return undefined;
  choices.made += 1;
  const kind = pick(['loss', 'loss', 'delay --delay 30ms', 'delay --delay 150ms', 'reorder', 'duplicate'], b);
  const which = `--frame DATA --from ${session.node.name} --skip ${(b >> 4) % 3} --count ${1 + ((b >> 6) % 3)}`;
  const sends = Array.from(
    { length: 3 + (c % 10) },
    (_, at) => `rmc_send ${session.name} h${choices.made}.${at}`,
  );
  return [
    `inject ${kind} ${which} --as i${choices.made}`,
    ...sends,
    pick([300, 40_000, 120_000, 350_000], c >> 4),
  ];
};

const onSession =
  (call: string, type: string | undefined, tail: readonly string[]): Make =>
  (choices, { a, b, c }) => {
    const session = choices.one(choices.sessions(b % 9 === 0 ? undefined : type), a);
    return session === undefined ? undefined : `${call} ${session.name}${pick(tail, c)}`;
  };

const onProcess =
  (call: string, withRmc: boolean): Make =>
  (choices, { a, b }) => {
    const rmcs = choices.nodes().filter((node) => choices.picture.node(node)?.kind === 'eee');
    const rmc = choices.one(rmcs, a);
    if (withRmc && rmc !== undefined && b % 4 === 0) return `${call} ${rmc}.rmc`;
    const app = choices.one(choices.apps(), a);
    return app === undefined ? undefined : `${call} ${app}`;
  };

const onNode =
  (call: string, tail: readonly string[] = ['']): Make =>
  (choices, { a, c }) =>
    `${call} ${choices.one(choices.nodes(), a)}${pick(tail, c)}`;

const between =
  (call: string, tail: readonly string[]): Make =>
  (choices, { a, b, c }) => {
    const from = choices.one(choices.nodes(), a);
    const to = choices.one(
      choices.nodes().filter((node) => node !== from),
      b,
    );
    return `${call} ${from} ${to}${pick(tail, c)}`;
  };

const hung: Make = (choices, { a }) => {
  const process = choices.one(
    [...choices.picture.processes.values()].filter((each) => each.hung),
    a,
  );
  return process === undefined ? undefined : `unhang ${process.name}`;
};

const launch: Make = (choices, { a }) => {
  const { processes } = choices.picture;
  const process = choices.one(
    [...processes.values()].filter((each) => !each.alive && each.app !== ''),
    a,
  );
  return process === undefined ? undefined : `launch ${process.name}`;
};

/** D8: a client's process dies, comes back and opens where it was, from the same endpoint. */
const comeBack: Make = (choices, { a, b }) => {
  const session = choices.one(choices.sessions('OPEN'), a);
  if (session === undefined) return undefined;
  const { app } = session.process;
  choices.made += 1;
  const open = `rmc_open ${app} ${session.peer} --as c${choices.made}`;
  return [`kill ${app}`, `launch ${app}`, ...(b % 3 === 0 ? [open, `rmc_close c${choices.made}`] : [open])];
};

const powerOn: Make = (choices, { a, c }) => {
  const off = choices.nodes().filter((node) => choices.picture.node(node)?.power === 'off');
  const node = choices.one(off, a);
  return node === undefined
    ? undefined
    : `power on ${node}${pick(['', '', ' --release R1.0.x', ' --release R1.1'], c)}`;
};

const ends = (choices: Choices, n: number): string =>
  option('from', n % 3 === 0 ? choices.one(choices.nodes(), n >> 2) : undefined) +
  option('to', n % 5 === 0 ? choices.one(choices.nodes(), n >> 4) : undefined);

const inject: Make = (choices, { a, b, c }) => {
  choices.made += 1;
  const kind = pick(['loss', 'duplicate', 'delay', 'reorder', 'corrupt', 'loss'], a);
  const delay = kind === 'delay' ? ` --delay ${pick(['1ms', '60ms', '300ms'], a >> 4)}` : '';
  const frame = option('frame', c % 10 === 9 ? undefined : pick(FRAMES, c));
  const count = option('count', a % 7 === 0 ? undefined : String(1 + ((c >> 5) % 5)));
  const skip = option('skip', c % 4 === 3 ? String((c >> 8) % 3) : undefined);
  const chance = option('probability', b % 6 === 5 ? '50%' : undefined);
  const lasts = option('for', b % 7 === 6 ? pick(['1ms', '200ms'], b >> 8) : undefined);
  return `inject ${kind}${frame}${ends(choices, b)}${delay}${count}${skip}${chance}${lasts} --as i${choices.made}`;
};

const allocFailure: Make = (choices, { a, b }) => {
  choices.made += 1;
  const eees = choices.nodes().filter((node) => choices.picture.node(node)?.kind === 'eee');
  const victim =
    b % 2 === 0 && eees.length > 0 ? `${choices.one(eees, a)}.rmc` : choices.one(choices.apps(), a);
  const skip = option('skip', b % 5 === 4 ? String(1 + ((b >> 4) % 2)) : undefined);
  return `inject alloc-failure --in ${victim} --count ${1 + ((b >> 6) % 2)}${skip}`;
};

const poke: Make = (choices, { a, b, c }) => {
  const session = choices.one(choices.sessions(), a);
  if (session === undefined || session.node.kind === 'ssc' || b % 2 === 0) {
    return session === undefined
      ? undefined
      : `poke ${session.process.name} ${session.name}+${(c % 16) * 4} 00ff`;
  }
  return `poke ${session.node.name} ${session.name}+${(c % 16) * 4} 00ff`;
};

const setTimer: Make = (choices, { a, c }) => `set ${choices.one(choices.nodes(), a)} ${pick(TIMERS, c)}`;

const wait: Make = (_choices, { a }) => pick(RUNS, a);

/** What can happen, with its weight. */
const table: readonly (readonly [string, number, Make])[] = [
  ['run', 16, wait],
  ['listen', 5, listen],
  ['open', 9, open],
  ['send', 12, send],
  ['holes', 4, holes],
  ['close', 4, onSession('rmc_close', 'OPEN', ['', ' --then-free', ' --then-free'])],
  ['shutdown', 2, onSession('rmc_shutdown', 'LISTEN', ['', ' --then-free', ' --then-free'])],
  ['free', 2, onSession('free', undefined, [''])],
  ['kill', 2, onProcess('kill', true)],
  ['launch', 3, launch],
  ['come back', 3, comeBack],
  ['stop', 1, onProcess('stop', false)],
  ['hang', 1, onProcess('hang', true)],
  ['unhang', 2, hung],
  ['power off', 1, onNode('power off')],
  ['power on', 2, powerOn],
  ['cut', 1, between('cut', ['', '', ' --one-way'])],
  ['isolate', 1, onNode('isolate')],
  ['heal', 2, () => 'heal'],
  ['link', 1, (choices, { a, b }) => `link ${pick(LINKS, a)}${ends(choices, b)}`],
  ['inject', 2, inject],
  ['alloc-failure', 1, allocFailure],
  ['clear', 1, () => 'clear --all'],
  ['poke', 1, poke],
  ['set', 2, setTimer],
];

const makers = new Map(table.map(([kind, , make]) => [kind, make] as const));

/** Every kind, as often as its weight. */
export const opKinds: readonly string[] = table.flatMap(([kind, weight]) => Array<string>(weight).fill(kind));

/** The line that an op comes to here and now; a number is a time to let pass, in microseconds. */
export const lineFor = (op: Op, choices: Choices): ReturnType<Make> => makers.get(op.kind)?.(choices, op);
