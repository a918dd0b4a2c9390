import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDrill, problemText, runDrill } from '../../emulator/index.js';
import { createEmulator, type Emulator, language } from '../../index.js';
import { messageSent, orderedHanded, type Stream } from '../../nodes/checks/deliveries.js';
import { nodeKinds } from '../../nodes/index.js';
import { kinds, lab, pair, plain } from './lab.js';

function ordered(kind: string, options: { far?: string; near?: string; open?: string } = {}): Emulator {
  return pair(kind, { ...options, open: `--delivery ordered ${options.open ?? ''}` });
}

/** Texts of the messages handed up on a session, in order. */
function texts(emulator: Emulator, session: string): readonly string[] {
  return emulator.events('message').flatMap((event) => {
    const { session: of, text } = plain(event);
    return of === session ? [String(text)] : [];
  });
}

/** `1 RMC_OK` for each IO that ended on a session, in order. */
function ends(emulator: Emulator, session: string): readonly string[] {
  return emulator.events('io_done').flatMap((event) => {
    const { session: of, io, status } = plain(event);
    return of === session ? [`${io} ${status}`] : [];
  });
}

function viewOf(emulator: Emulator, session: string) {
  return emulator.sessions().find(({ name }) => name === session);
}

const LOSE_SECOND = 'inject loss --frame DATA --from near --to far --skip 1 --count 1';

describe.each(kinds)('ordered delivery to an application on %s', (kind) => {
  it('D25 session views, the list of sessions and the block say what the client chose', () => {
    const emulator = ordered(kind);
    expect(viewOf(emulator, 'c')).toMatchObject({ delivery: 'ordered', givenUp: 0, late: 0 });
    expect(viewOf(emulator, 's/1')).toMatchObject({ delivery: 'ordered', givenUp: 0, late: 0 });
    expect(viewOf(emulator, 's')).toMatchObject({ delivery: 'reliable' });
    const listed = emulator.command('sessions').join('\n');
    expect(listed).toMatch(/^s\/1 .*ordered: 0 delivered, 0 given up, 0 late$/m);
    expect(listed).toMatch(/^c .*ordered: 0 delivered/m);
    expect(emulator.command('inspect s/1').join('\n')).toContain('receive_given_up');
    expect(pair(kind).command('sessions').join('\n')).toMatch(/^s\/1 .*reliable$/m);
  });

  it('D25 in order: every message once, every IO RMC_OK', () => {
    const emulator = ordered(kind);
    emulator.command('rmc_send c --count 50\nrun 100ms');
    expect(texts(emulator, 's/1')).toEqual(Array.from({ length: 50 }, (_, i) => `message ${i + 1}`));
    expect(ends(emulator, 'c')).toEqual(Array.from({ length: 50 }, (_, i) => `${i + 1} RMC_OK`));
  });

  it('D25 swapped: put right, without a gap', () => {
    const emulator = ordered(kind);
    emulator.command(
      'inject delay --frame DATA --count 1 --delay 20ms\nrmc_send c a\nrmc_send c b\nrmc_send c d\nrun 1s',
    );
    expect(texts(emulator, 's/1')).toEqual(['a', 'b', 'd']);
    expect(viewOf(emulator, 's/1')).toMatchObject({ delivered: 3, givenUp: 0, late: 0 });
  });

  it.each(['R1.0.x', 'R1.1'])(
    'D25 lost in the middle, %s: no message is sent again, no session fails',
    (far) => {
      const emulator = ordered(kind, { far, open: '--abort_session close --on_io_failure close' });
      emulator.command(`${LOSE_SECOND}\nrmc_send c a\nrmc_send c b\nrmc_send c d\nrun 3s`);
      expect(texts(emulator, 's/1')).toEqual(['a', 'd']);
      expect(ends(emulator, 'c')).toEqual(['1 RMC_OK', '2 RMC_ETIMEDOUT', '3 RMC_OK']);
      expect(emulator.events('frame_sent').filter((event) => plain(event)['frame'] === 'DATA')).toHaveLength(
        3,
      );
      expect(emulator.events('learned')).toEqual([]);
      // The monitor's application takes a lost message for no failure, so --on_io_failure close did nothing.
      expect(viewOf(emulator, 'c')).toMatchObject({ state: 'OPEN' });
      expect(viewOf(emulator, 's/1')).toMatchObject({ delivered: 2, givenUp: 1, late: 0 });
    },
  );

  it('D25 D17 a failure is one all the same: --on_io_failure reopen runs, and asks for the same delivery', () => {
    const emulator = ordered(kind, { far: 'R1.0.x', open: '--on_io_failure reopen:far:9' });
    emulator.command('cut far near\nrmc_send c lost\nrun 3s\nheal\nrun 3s');
    expect(ends(emulator, 'c')).toEqual(['1 RMC_ETIMEDOUT']);
    expect(viewOf(emulator, 'c')).toMatchObject({ state: 'CLOSED' });
    expect(emulator.events('rmc_open')).toHaveLength(2);
    expect(viewOf(emulator, 'c.2')).toMatchObject({ delivery: 'ordered' });
  });

  it('D25 lost at the end: found out by a question', () => {
    const emulator = ordered(kind);
    emulator.command(`${LOSE_SECOND}\nrmc_send c a\nrmc_send c b\nrun 300ms`);
    expect(ends(emulator, 'c')).toEqual(['1 RMC_OK', '2 RMC_ETIMEDOUT']);
    expect(viewOf(emulator, 's/1')).toMatchObject({ delivered: 1, givenUp: 1, late: 0 });
  });

  it('D25 late after the gap was given up: dropped and counted, and the block says so', () => {
    const emulator = ordered(kind);
    emulator.command('inject delay --frame DATA --count 1 --delay 500ms\nrmc_send c a\nrmc_send c b\nrun 1s');
    expect(texts(emulator, 's/1')).toEqual(['b']);
    expect(viewOf(emulator, 's/1')).toMatchObject({ delivered: 1, givenUp: 1, late: 1 });
    const block = emulator.command('inspect s/1').join('\n');
    expect(block).toMatch(/receive_given_up +1 /);
    expect(block).toMatch(/receive_late +1 /);
    emulator.command('expect delivered s/1 --count 1 --given-up 1 --late 1');
    expect(() => emulator.command('expect delivered s/1 --count 1 --given-up 2 --late 0')).toThrow(
      'expected 2 given up and 0 late on s/1, but 1 were given up and 1 came late',
    );
    expect(() => emulator.command('expect delivered s/1 --count 1 --late 2')).toThrow(
      'expected 2 late on s/1',
    );
    expect(() => emulator.command('expect delivered nothing --count 0 --late 2')).toThrow();
  });

  it('D25 duplicates are dropped', () => {
    const emulator = ordered(kind);
    emulator.command('inject duplicate --for 1s\nrmc_send c --count 20\nrmc_send s/1 --count 20\nrun 2s');
    expect(texts(emulator, 's/1')).toHaveLength(20);
    expect(texts(emulator, 'c')).toHaveLength(20);
    expect(viewOf(emulator, 'c')).toMatchObject({ delivered: 20, givenUp: 0, late: 0 });
  });

  it('D25 both directions', () => {
    const emulator = ordered(kind);
    emulator.command(`
      inject loss --frame DATA --from far --to near --skip 1 --count 1
      rmc_send s/1 --count 3
      run 1s
    `);
    expect(texts(emulator, 'c')).toEqual(['message 1', 'message 3']);
    expect(ends(emulator, 's/1')).toEqual(['1 RMC_OK', '2 RMC_ETIMEDOUT', '3 RMC_OK']);
  });

  it('D25 flush at close: handed up in order, before close_done, and counted when the session is over', () => {
    const emulator = ordered(kind);
    emulator.command(`
      inject loss --frame DATA --from far --to near --count 1
      rmc_send s/1 --count 3
      run 1ms
      rmc_close c --then-free
      run 1ms
    `);
    const after = emulator.events().filter(({ event }) => event === 'message' || event === 'close_done');
    expect(after.map(({ event }) => event)).toEqual(['message', 'message', 'close_done']);
    expect(viewOf(emulator, 'c')).toMatchObject({ over: true, delivered: 2, givenUp: 1, late: 0 });
  });

  it('D25 D30 a lost message is no news of a failure, and blames none', () => {
    const emulator = ordered(kind);
    emulator.command(`hang server\nrun 10ms\nunhang server\n${LOSE_SECOND}\nrmc_send c --count 3\nrun 1s`);
    const [, lost] = emulator.events('io_done');
    expect(plain(lost!)['status']).toBe('RMC_ETIMEDOUT');
    const cause = emulator.events().find(({ number }) => number === lost!.cause);
    expect(cause?.event).toBe('frame_delivered');
    expect(emulator.events('learned')).toEqual([]);
  });

  it('D25 OpenRequest.delivery: the same for applications of the library', () => {
    const emulator = createEmulator();
    const far = nodeKinds.find(({ name }) => name === kind)!;
    const heard: string[] = [];
    emulator.addNode('far', far).addApp('server', {
      onStart: (api) => void api.rmcListen({ address: api.alloc(128), port: 9, name: 's' }),
      onMessage: (_api, _session, message) => void heard.push(new TextDecoder().decode(message)),
    });
    emulator.addNode('near', far).addApp('client', {
      onStart: (api) =>
        void api.rmcOpen({ address: api.alloc(128), node: 'far', port: 9, delivery: 'ordered', name: 'c' }),
      onOpenDone: (api, session) => {
        for (const text of ['a', 'b', 'd']) api.rmcSend(session, new TextEncoder().encode(text));
      },
      onIoDone: (_api, _session, io, status) => void heard.push(`${io}: ${status}`),
    });
    emulator.command('inject loss --frame DATA --skip 1 --count 1\nrun 1s');
    expect(heard).toEqual(['a', '1: 0', 'd', '2: 9', '3: 0']);
    expect(viewOf(emulator, 'c')).toMatchObject({ delivery: 'ordered' });
  });
});

const percent = (most: number) => fc.integer({ min: 0, max: most });

const cases = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  loss: percent(30),
  duplicate: percent(30),
  reorder: percent(40),
  corrupt: percent(15),
  jitterUs: fc.integer({ min: 0, max: 2_000 }),
  release: fc.constantFrom('R1.0.x', 'R1.1'),
  window: fc.integer({ min: 1, max: 64 }),
  gapTolerance: fc.integer({ min: 0, max: 12 }),
  gapTimeoutMs: fc.integer({ min: 1, max: 150 }),
  mailbox: fc.integer({ min: 1, max: 16 }),
  toServer: fc.integer({ min: 1, max: 100 }),
  toClient: fc.integer({ min: 1, max: 100 }),
  every: fc.constantFrom('', '--every 300us', '--every 20ms'),
  hangUs: fc.constantFrom(0, 0, 5_000, 300_000),
});

type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never;

function badBus(far: string, near: string, one: Case): Emulator {
  const settings = ['far', 'near'].map(
    (node) => `
      set ${node} window ${one.window}
      set ${node} gap_tolerance ${one.gapTolerance}
      set ${node} gap_timeout ${one.gapTimeoutMs}ms
      set ${node} mailbox ${one.mailbox}
      set ${node} io_timeout 10m
      set ${node} heartbeat_misses 1000`,
  );
  return lab(
    `
      node far ${far} --release ${one.release}
      node near ${near}
      ${settings.join('\n')}
      app server --on far
      app client --on near
      rmc_listen server 9 --as s
      rmc_open client far:9 --delivery ordered --as c
      expect session c OPEN --within 10ms
      link loss ${one.loss}%
      link duplicate ${one.duplicate}%
      link reorder ${one.reorder}%
      link corrupt ${one.corrupt}%
      link jitter ${one.jitterUs}us
      rmc_send c --count ${one.toServer} ${one.every}
      rmc_send s/1 --count ${one.toClient} ${one.every}
      run 1ms
      ${one.hangUs > 0 ? `hang server\nrun ${one.hangUs}us\nunhang server` : ''}
      run 5m
    `,
    { seed: one.seed },
  );
}

describe.each(kinds.flatMap((far) => kinds.map((near) => [far, near] as const)))(
  'ordered delivery on a bad bus between an %s and an %s',
  (far, near) => {
    it('D25 in order and once; RMC_OK exactly for what was handed up; what is missing is counted', () => {
      fc.assert(
        fc.property(cases, (one) => {
          const emulator = badBus(far, near, one);
          for (const [from, to, count] of [
            ['c', 's/1', one.toServer],
            ['s/1', 'c', one.toClient],
          ] as const) {
            const got = texts(emulator, to).map((text) => Number(text.slice('message '.length)));
            expect(got).toEqual([...new Set(got)].sort((a, b) => a - b));
            const handed = new Set(got);
            expect(ends(emulator, from)).toEqual(
              Array.from(
                { length: count },
                (_, i) => `${i + 1} ${handed.has(i + 1) ? 'RMC_OK' : 'RMC_ETIMEDOUT'}`,
              ),
            );
            expect(viewOf(emulator, to)).toMatchObject({
              delivered: got.length,
              givenUp: count - got.length,
            });
          }
        }),
        { numRuns: 12, seed: 25 },
      );
    });
  },
);

describe('the second books of an ordered session', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  function wrongAfter(handed: readonly string[]): number {
    const stream: Stream = { sent: [], head: 0, acknowledged: 0, handed: 0, wrong: 0 };
    for (const text of ['a', 'b', 'c', 'd']) messageSent(stream, bytes(text), 0, 1);
    for (const text of handed) orderedHanded(stream, bytes(text), 0, 1);
    return stream.wrong;
  }

  it.each([
    [['a', 'b', 'c', 'd'], 0],
    [['b', 'd'], 0],
    [[], 0],
    [['a', 'a'], 1],
    [['b', 'a'], 1],
    [['a', 'x', 'd'], 1],
    [['d', 'c', 'b'], 2],
  ])('D25 of a b c d, %j is %i times wrong', (handed, wrong) => {
    expect(wrongAfter(handed)).toBe(wrong);
  });

  it('D25 a message that is lost is none for the end check; one that is repeated is', () => {
    const parsed = parseDrill(
      `node far ssc\nnode near ssc\napp server --on far\napp client --on near\nrmc_listen server 9 --as s
       rmc_open client far:9 --delivery ordered --as c\nrun 1ms\n${LOSE_SECOND}\nrmc_send c --count 3\nrun 1s`,
      'lost',
      language(),
    );
    if ('problems' in parsed) throw new Error(parsed.problems.map(problemText).join());
    expect(runDrill(createEmulator().world, parsed.drill, language()).passed).toBe(true);
  });
});
