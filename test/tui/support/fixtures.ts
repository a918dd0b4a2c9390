import type { LoggedEvent } from '../../../emulator/index.js';
import type { LedgerRow, NodeView, ProcessBox, SessionView, WorldView } from '../../../nodes/index.js';

/** A process box; what is not given is usual. */
export function box(given: Partial<ProcessBox> = {}): ProcessBox {
  return {
    title: 'process client',
    role: 'app+rmc',
    incarnation: 1,
    state: 'running',
    lines: ['app client', 'RMC: library inside'],
    mailbox: { used: 0, limit: 64 },
    liveBlocks: 1,
    liveBytes: 128,
    ...given,
  };
}

export function ssc(name: string, app: string, given: Partial<NodeView> = {}): NodeView {
  return {
    name,
    kind: 'ssc',
    kindTitle: 'SSC',
    release: 'R1.1',
    power: 'on',
    sinceUs: 0,
    policy: 'report',
    boxes: [box({ title: `process ${app}`, lines: [`app ${app}`, 'RMC: library inside'] })],
    between: '',
    memory: [],
    ...given,
  };
}

export function eee(name: string, app: string, given: Partial<NodeView> = {}): NodeView {
  return {
    name,
    kind: 'eee',
    kindTitle: 'EEE',
    release: 'R1.1',
    power: 'on',
    sinceUs: 0,
    policy: 'report',
    boxes: [
      box({ title: `process ${app}`, role: 'app', lines: [`app ${app}`, 'may not place'] }),
      box({ title: 'process RMC', role: 'rmc', lines: ['owns all', 'ACCEPT blocks'] }),
    ],
    between: 'IPC 5us',
    memory: [],
    ...given,
  };
}

export function session(name: string, given: Partial<SessionView> = {}): SessionView {
  return {
    name,
    type: 'OPEN',
    state: 'OPEN',
    over: false,
    lost: false,
    node: 'ssc0',
    app: 'client',
    peer: 'eee0:7',
    address: 0x1000,
    owner: 'A',
    placedBy: 'app client',
    whoFrees: 'app client: at close_done',
    block: 'live',
    queued: 0,
    inFlight: 0,
    delivered: 0,
    delivery: 'reliable',
    givenUp: 0,
    late: 0,
    ...given,
  };
}

export function ledgerRow(app: string, given: Partial<LedgerRow> = {}): LedgerRow {
  return {
    app,
    node: 'ssc0',
    release: 'R1.1',
    session: `${app}.1`,
    told: true,
    ...{ outlook: 'told', untilUs: -1, event: 0, missedUs: [] },
    how: 'abort_session',
    rule: 'D15 S20',
    afterUs: 330_000,
    why: '3 heartbeats missed',
    ...given,
  };
}

const told = ledgerRow('client');
const untold = ledgerRow('old', {
  release: 'R1.0.x',
  node: 'ssc2',
  told: false,
  outlook: 'never',
  how: '',
  rule: 'S17',
  why: 'idle: no IO that could fail',
});

/** The failover scenario after the EEE's death: the client was told and reopened, the old one does not know. */
export const failoverView: WorldView = {
  nowUs: 1_330_100,
  nodes: [
    ssc('ssc0', 'client'),
    eee('eee0', 'server', { power: 'off', sinceUs: 1_000_000 }),
    ssc('ssc1', 'standby'),
    ssc('ssc2', 'old', { release: 'R1.0.x' }),
  ],
  sessions: [
    session('server', {
      type: 'LISTEN',
      state: 'LISTENING',
      node: 'eee0',
      app: 'server',
      lost: true,
      block: 'gone with its process',
    }),
    session('standby', {
      type: 'LISTEN',
      state: 'LISTENING',
      node: 'ssc1',
      app: 'standby',
      placedBy: 'app standby',
    }),
    session('client.1', { state: 'FAILED', whoFrees: 'app client: rmc_close, then free' }),
    session('server/1', {
      type: 'ACCEPT',
      state: 'ESTABLISHED',
      lost: true,
      node: 'eee0',
      app: 'server',
      peer: 'ssc0',
      address: 0x480,
      owner: 'R',
      placedBy: 'RMC (EEE: always)',
      whoFrees: 'RMC; the app never',
      block: 'gone with its process',
    }),
    session('old.1', { node: 'ssc2', app: 'old', placedBy: 'app old', whoFrees: 'app old: at close_done' }),
    session('client.2', { state: 'OPENING', address: 0x1080, peer: 'ssc1:7' }),
    session('standby/1', {
      type: 'ACCEPT',
      state: 'ESTABLISHED',
      node: 'ssc1',
      app: 'standby',
      peer: 'ssc0',
      address: 0x2000,
      owner: 'N',
      placedBy: 'app standby, in new_session',
      whoFrees: 'app standby, if RMC_FREE_SESSION is TRUE',
    }),
  ],
  ledger: [{ about: 'eee0', what: 'node_down', event: 187, sinceUs: 1_000_000, rows: [told, untold] }],
  bus: { latencyUs: 100, cuts: [], injections: [], inFlight: 1, flying: [] },
};

/** An event with fields from an object. */
export function event(
  number: number,
  timeUs: number,
  name: string,
  fields: Record<string, string | number>,
  cause = 0,
): LoggedEvent {
  return { number, timeUs, cause, event: name, fields: new Map(Object.entries(fields)) };
}

/** The log that goes with the view. */
export const failoverEvents: readonly LoggedEvent[] = [
  event(1, 0, 'command', { text: 'power off eee0' }),
  event(2, 1_000_000, 'node_down', { node: 'eee0' }, 1),
  event(3, 1_100_000, 'frame_sent', { frame: 'HEARTBEAT', from: 'ssc0', to: 'eee0', session: '' }),
  event(4, 1_100_100, 'frame_dropped', { frame: 'HEARTBEAT', from: 'ssc0', to: 'eee0', reason: 'off' }, 3),
  event(5, 1_330_000, 'peer_failed', { node: 'ssc0', app: 'client', peer: 'eee0', reason: 'silence' }, 3),
  event(
    6,
    1_330_000,
    'abort_session',
    { node: 'ssc0', app: 'client', session: 'client.1', reason: 'silence' },
    5,
  ),
  event(
    7,
    1_330_000,
    'learned',
    {
      node: 'ssc0',
      app: 'client',
      session: 'client.1',
      about: 'eee0',
      how: 'abort_session',
      rule: 'S20',
      after_us: 330_000,
    },
    6,
  ),
  event(
    8,
    1_330_000,
    'rmc_open',
    { node: 'ssc0', app: 'client', session: 'client.2', peer: 'ssc1:7', status: 'RMC_INPROGRESS' },
    6,
  ),
  event(9, 1_330_000, 'frame_sent', { frame: 'OPEN_REQ', from: 'ssc0', to: 'ssc1', session: 'client.2' }, 8),
  event(
    10,
    1_330_100,
    'frame_delivered',
    { frame: 'OPEN_REQ', from: 'ssc0', to: 'ssc1', session: 'client.2' },
    9,
  ),
  event(
    11,
    1_330_100,
    'new_session',
    { node: 'ssc1', app: 'standby', session: 'standby/1', address: 0x2000 },
    10,
  ),
];
