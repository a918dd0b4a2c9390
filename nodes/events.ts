import type { EventDeclaration, FieldDeclaration } from '../emulator/index.js';
import { statuses } from '../rmc-core/index.js';

const CALL_FIELDS = ['node', 'app', 'session', 'peer'] as const;
const SESSION_FIELDS = ['node', 'app', 'session', 'peer'] as const;

const statusField: FieldDeclaration = {
  name: 'status',
  type: 'name',
  values: statuses.map((status) => status.name),
  help: 'what the call returned, or how it ended',
};

/** `abort_session` and a failing IO say why: D15, D17, D20, D27. */
export const ABORT_REASONS = Object.freeze([
  'silence',
  'abort',
  'incarnation',
  'io',
  'rmc',
  'corrupted',
] as const);
export const PEER_FAILED_REASONS = Object.freeze(['silence', 'abort', 'incarnation'] as const);
export const LEARNED_HOW = Object.freeze(['abort_session', 'io', 'send', 'open', 'close_session'] as const);
export const SESSION_STATES = Object.freeze([
  'OPENING',
  'OPEN',
  'CLOSING',
  'FAILED',
  'CLOSED',
  'LISTENING',
  'ESTABLISHED',
] as const);

/** Who logs an event: for the page on them. */
const CALLER = 'the application’s call, when RMC has answered it';
const TELLING = 'RMC’s code in the application’s process, just before the callback runs';
const RMC = 'RMC';
const LEDGER = 'the ledger of who has learned what';
const CALLBACKS = 'the application’s process';

function call(name: string, help: string, rules: readonly string[]): EventDeclaration {
  return { name, help, by: CALLER, common: CALL_FIELDS, fields: [statusField], rules };
}

function done(name: string, help: string, rules: readonly string[]): EventDeclaration {
  return { ...call(name, help, rules), by: TELLING, expectBy: ['app', 'session', 'status'] };
}

const calls: readonly EventDeclaration[] = [
  call('rmc_open', 'an application called rmc_open', ['S2', 'D2']),
  call('rmc_listen', 'an application called rmc_listen', ['S3', 'D4', 'D11']),
  call('rmc_send', 'an application called rmc_send', ['D23', 'D26']),
  call('rmc_close', 'an application called rmc_close', ['D1', 'D13', 'D14']),
  call('rmc_shutdown', 'an application called rmc_shutdown', ['D1', 'D22']),
];

const completions: readonly EventDeclaration[] = [
  done('open_done', 'how rmc_open ended', ['D2']),
  done('close_done', 'how rmc_close or rmc_shutdown ended; the block is the application’s again', [
    'D2',
    'D3',
  ]),
  {
    name: 'io_done',
    help: 'how one IO ended',
    by: TELLING,
    common: SESSION_FIELDS,
    fields: [statusField, { name: 'io', type: 'int', help: 'number of the IO in its session, from 1' }],
    rules: ['D14', 'D23'],
    expectBy: ['app', 'session', 'status'],
  },
  {
    name: 'writable',
    help: 'after RMC_EAGAIN: rmc_send would be taken again',
    by: TELLING,
    common: SESSION_FIELDS,
    fields: [],
    rules: ['D26'],
    expectBy: ['app', 'session'],
  },
];

const callbacks: readonly EventDeclaration[] = [
  {
    name: 'new_session',
    help: 'RMC asked the application for the block of a new ACCEPT session; address 0 is NULL',
    by: 'RMC’s code in the application’s process, when the callback has returned',
    common: SESSION_FIELDS,
    fields: [{ name: 'address', type: 'address', help: 'what the callback returned' }],
    rules: ['S7', 'D5', 'D7'],
    expectBy: ['app', 'session'],
  },
  {
    name: 'close_session',
    help: 'RMC told the application that an ACCEPT session is over',
    by: TELLING,
    common: SESSION_FIELDS,
    fields: [
      {
        name: 'rmc_free_session',
        type: 'name',
        values: ['TRUE', 'FALSE'],
        help: 'what RMC_FREE_SESSION reads in the block',
      },
    ],
    rules: ['S8', 'S9', 'D7', 'D9'],
    expectBy: ['app', 'session', 'rmc_free_session'],
  },
  {
    name: 'abort_session',
    help: 'R1.1: RMC told the client that the server side failed',
    by: TELLING,
    common: SESSION_FIELDS,
    fields: [{ name: 'reason', type: 'name', values: ABORT_REASONS, help: 'how RMC knows' }],
    rules: ['S20', 'D15', 'D17'],
    expectBy: ['app', 'session', 'reason'],
  },
  {
    name: 'message',
    help: 'a message was handed to the application',
    by: TELLING,
    common: SESSION_FIELDS,
    fields: [
      { name: 'text', type: 'text', help: 'its bytes as text' },
      { name: 'size', type: 'int', help: 'its length in bytes' },
    ],
    rules: ['D23', 'D24'],
    expectBy: ['app', 'session'],
  },
];

const knowledge: readonly EventDeclaration[] = [
  {
    name: 'learned',
    help: 'an application was told of a failure',
    by: LEDGER,
    common: SESSION_FIELDS,
    fields: [
      { name: 'about', type: 'name', help: 'the node that failed; <node>.rmc for one’s own RMC process' },
      {
        name: 'how',
        type: 'name',
        values: LEARNED_HOW,
        help: 'the callback, completion or call that told it',
      },
      { name: 'rule', type: 'name', help: 'the rule that says so' },
      {
        name: 'after_us',
        type: 'us',
        help: 'virtual time since it happened; absent if nothing is known to have happened',
      },
    ],
    rules: ['D30'],
    expectBy: ['app', 'session', 'about', 'how', 'rule'],
  },
  {
    name: 'session_state',
    help: 'a session came into a state',
    by: RMC,
    common: SESSION_FIELDS,
    fields: [{ name: 'state', type: 'name', values: SESSION_STATES, help: 'the new state' }],
    rules: ['S1', 'D13'],
  },
  {
    name: 'peer_failed',
    help: 'RMC found the RMC of a peer failed',
    by: RMC,
    common: ['node', 'app', 'peer'],
    fields: [{ name: 'reason', type: 'name', values: PEER_FAILED_REASONS, help: 'how it knows' }],
    rules: ['D15'],
  },
];

const trouble: readonly EventDeclaration[] = [
  {
    name: 'callback_failed',
    help: 'a callback threw, or called RMC without end',
    by: CALLBACKS,
    common: ['node', 'app'],
    fields: [
      { name: 'callback', type: 'name', help: 'which one' },
      { name: 'text', type: 'text', help: 'what it threw' },
    ],
    rules: ['D10'],
  },
];

/** Every event that RMC nodes bring to the log, in the order of the reference. */
export const rmcEvents: readonly EventDeclaration[] = Object.freeze([
  ...calls,
  ...completions,
  ...callbacks,
  ...knowledge,
  ...trouble,
]);
