import type { CoreTimers, DeliveryName, Handle, Release } from '../../../rmc-core/index.js';
import { Bench } from './bench.js';
import type { TestHost } from './host.js';

/** A client and a server that listens on port 5. */
export interface Pair {
  readonly bench: Bench;
  readonly client: TestHost;
  readonly server: TestHost;
  readonly listen: Handle;
}

export interface PairOptions {
  readonly client?: Release;
  readonly server?: Release;
  readonly timers?: Partial<CoreTimers>;
}

export function makePair(options: PairOptions = {}): Pair {
  const bench = new Bench();
  const timers = options.timers ?? {};
  const client = bench.host({ node: 1, place: 1, release: options.client ?? 'R1.1', timers });
  const server = bench.host({ node: 2, release: options.server ?? 'R1.1', timers });
  const listen = server.listen(5);
  bench.settle();
  server.take();
  return { bench, client, server, listen };
}

/** A pair with one session, confirmed on both sides; what was heard so far is forgotten. */
export function makeConnected(
  options: PairOptions & { abortSession?: boolean; delivery?: DeliveryName } = {},
): Pair & {
  readonly session: Handle;
  readonly accepted: Handle;
} {
  const pair = makePair(options);
  const { abortSession = true, delivery = 'reliable' } = options;
  const session = pair.client.open(pair.server, 5, { abortSession, delivery });
  pair.bench.run(1000);
  if (pair.client.state(session) !== 'OPEN') throw new Error('not open');
  pair.client.take();
  pair.server.take();
  return { ...pair, session, accepted: pair.server.acceptedSessions[0]! };
}
