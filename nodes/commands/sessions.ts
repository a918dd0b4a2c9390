import {
  type ArgFault,
  type ArgType,
  appName,
  type CommandDeclaration,
  choice,
  count,
  defineCommand,
  duration,
  type FlagOption,
  flag,
  integer,
  newName,
  option,
  optional,
  required,
  type Scope,
  sessionName,
  size,
  text,
} from '../../emulator/index.js';
import { close, listen, open, shutdown, startSending } from '../console/operations.js';
import { fabricOf } from '../fabric.js';
import { behaviour, peerAddress } from './args.js';
import { mustBeFree, operate, operateSession } from './operate.js';

const onMessage: ArgType<'echo' | 'sink'> = choice('on_message', ['echo', 'sink']);
const delivery: ArgType<'reliable' | 'ordered'> = choice('delivery', ['reliable', 'ordered']);
const port: ArgType<number> = integer('port', 0, 65_535);

function nodeOf(app: string, scope: Scope) {
  return scope.find('node', String(scope.find('app', app)?.['node'] ?? ''));
}

export const rmcListen: CommandDeclaration = defineCommand({
  name: 'rmc_listen',
  group: 'Sessions',
  effect: 'change',
  help: 'an application waits for clients; its block comes from the application’s heap',
  examples: [
    'rmc_listen server 9',
    'rmc_listen standby 9 --new_session pool:4 --close_session free-if-true --as s',
  ],
  rules: ['S3', 'S7', 'S8', 'S11', 'S12', 'S14', 'S15', 'D4', 'D11'],
  words: {
    app: required(appName, 'the application'),
    port: required(port, 'the port; 0: RMC picks a free one'),
  },
  options: {
    new_session: option(
      behaviour('new_session'),
      'how it places the block of an ACCEPT session; NULL: RMC does (SSC only)',
    ),
    close_session: option(behaviour('close_session'), 'what it does when an ACCEPT session is over'),
    on_message: option(onMessage, 'echo: sends each message back; sink: takes it (sink)'),
    as: option(newName('session', 'again'), 'the session’s name'),
  },
  check: ({ app, new_session }, scope): readonly ArgFault[] => {
    if (new_session === undefined || nodeOf(app, scope)?.['placesAcceptSessions'] !== false) return [];
    return [
      {
        at: 'new_session',
        problem: 'rmc_listen on an EEE has no new_session: RMC always manages ACCEPT sessions there (S14)',
      },
    ];
  },
  declare: ({ as }, scope) => {
    if (as !== undefined) scope.add('session', as);
  },
  run: ({ world }, args) => {
    mustBeFree(world, args.as);
    operate(world, fabricOf(world).appNamed(args.app), (api, console, fabric) => {
      listen(fabric, api, console.state, {
        port: args.port,
        newSession: args.new_session ?? null,
        closeSession: args.close_session ?? null,
        onMessage: args.on_message ?? 'sink',
        name: args.as,
      });
    });
    return undefined;
  },
});

export const rmcOpen: CommandDeclaration = defineCommand({
  name: 'rmc_open',
  group: 'Sessions',
  effect: 'change',
  help: 'an application starts a dialogue; its block comes from the application’s heap',
  examples: [
    'rmc_open client eee0:9',
    'rmc_open client eee0:9 --abort_session reopen:ssc1:9 --as c',
    'rmc_open client eee0:9 --delivery ordered',
  ],
  rules: ['S2', 'S19', 'S20', 'S21', 'D2', 'D25'],
  words: { app: required(appName, 'the application'), to: required(peerAddress, 'the server') },
  options: {
    abort_session: option(
      behaviour('abort_session'),
      'what it does when it is told that the server side failed (R1.1)',
    ),
    on_io_failure: option(behaviour('on_io_failure'), 'what it does when an IO fails'),
    on_message: option(onMessage, 'echo: sends each message back; sink: takes it (sink)'),
    delivery: option(
      delivery,
      'reliable: what is lost is sent again; ordered: it is not, and holes are given up (reliable)',
    ),
    as: option(newName('session', 'again'), 'the session’s name'),
  },
  check: ({ app, abort_session }, scope): readonly ArgFault[] => {
    if (abort_session === undefined || nodeOf(app, scope)?.['release'] !== 'R1.0.x') return [];
    return [
      { at: 'abort_session', problem: 'rmc_open has no abort_session in R1.0.x; it came with R1.1 (S19)' },
    ];
  },
  declare: ({ as }, scope) => {
    if (as !== undefined) scope.add('session', as);
  },
  run: ({ world }, args) => {
    mustBeFree(world, args.as);
    operate(world, fabricOf(world).appNamed(args.app), (api, console, fabric) => {
      open(fabric, api, console.state, {
        target: args.to,
        abortSession: args.abort_session ?? null,
        onIoFailure: args.on_io_failure ?? null,
        onMessage: args.on_message ?? 'sink',
        delivery: args.delivery ?? 'reliable',
        name: args.as,
      });
    });
    return undefined;
  },
});

export const rmcSend: CommandDeclaration = defineCommand({
  name: 'rmc_send',
  group: 'Sessions',
  effect: 'change',
  help: 'an application sends messages on a session; with --count in the background, waiting for writable on RMC_EAGAIN',
  examples: [
    'rmc_send client.1 hello',
    'rmc_send client.1 --size 64 --count 1000',
    'rmc_send client.1 tick --count 10 --every 50ms',
  ],
  rules: ['D23', 'D26'],
  words: {
    session: required(sessionName, 'the session, OPEN or ACCEPT'),
    text: optional(text, 'the message'),
  },
  options: {
    size: option(size, 'its size; what the text leaves is filled up'),
    count: option(count, 'how many (1)'),
    every: option(duration, 'one so often, the first at once'),
  },
  run: ({ world }, args) => {
    operateSession(world, args.session, (api, record, console) => {
      startSending(api, console.state, {
        session: record.id,
        text: args.text ?? null,
        sizeBytes: args.size ?? null,
        everyUs: args.every ?? null,
        left: args.count ?? 1,
      });
    });
    return undefined;
  },
});

const thenFree: FlagOption = flag('free the block at close_done');

export const rmcClose: CommandDeclaration = defineCommand({
  name: 'rmc_close',
  group: 'Sessions',
  effect: 'change',
  help: 'an application closes an OPEN session',
  examples: ['rmc_close client.1', 'rmc_close client.1 --then-free'],
  rules: ['S5', 'D1', 'D13', 'D14'],
  words: { session: required(sessionName, 'the session') },
  options: { 'then-free': thenFree },
  run: ({ world }, args) => {
    operateSession(world, args.session, (api, record, console) => {
      close(api, record.id, console.planOf(record.id), args['then-free']);
    });
    return undefined;
  },
});

export const rmcShutdown: CommandDeclaration = defineCommand({
  name: 'rmc_shutdown',
  group: 'Sessions',
  effect: 'change',
  help: 'an application closes a LISTEN session, with every ACCEPT session under it',
  examples: ['rmc_shutdown server.1', 'rmc_shutdown server.1 --then-free'],
  rules: ['S5', 'D1', 'D22'],
  words: { session: required(sessionName, 'the session') },
  options: { 'then-free': thenFree },
  run: ({ world }, args) => {
    operateSession(world, args.session, (api, record, console) => {
      shutdown(api, record.id, console.planOf(record.id), args['then-free']);
    });
    return undefined;
  },
});

export const free: CommandDeclaration = defineCommand({
  name: 'free',
  group: 'Sessions',
  effect: 'change',
  help: 'the application frees the block of a session now, right or wrong',
  examples: ['free client.1'],
  rules: ['D3', 'D28'],
  words: { session: required(sessionName, 'the session') },
  run: ({ world }, args) => {
    operateSession(world, args.session, (api, record) => api.free(record.address));
    return undefined;
  },
});
