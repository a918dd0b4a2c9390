import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../emulator/index.js';
import type { Emulator } from '../../index.js';
import { kinds, lab, pair } from './lab.js';

/** The last event of a name, of one session if that is said. */
function last(emulator: Emulator, name: string, session?: string): LoggedEvent | undefined {
  return emulator
    .events(name)
    .filter(({ fields }) => session === undefined || fields.get('session') === session)
    .at(-1);
}

/** The name of the event that is the cause of another. */
function causeOf(emulator: Emulator, event: LoggedEvent | undefined): string | undefined {
  return emulator.events().find(({ number }) => number === event?.cause)?.event;
}

describe.each(kinds)('what ends by a timeout, the peer being on an %s', (kind) => {
  const old = { near: 'R1.0.x' };

  it('D2 D30 an open comes from what silenced the peer', () => {
    const emulator = pair(kind, old);
    emulator.command('power off far\nrmc_open client far:9 --as d\nrun 3s');
    expect(causeOf(emulator, last(emulator, 'open_done', 'd'))).toBe('node_down');
  });

  it('D14 D30 a close comes from what silenced the peer', () => {
    const emulator = pair(kind, old);
    emulator.command('power off far\nrmc_close c --then-free\nrun 3s');
    expect(causeOf(emulator, last(emulator, 'close_done', 'c'))).toBe('node_down');
  });

  it('D17 D30 all IOs of the session come from what silenced the peer', () => {
    const emulator = pair(kind, { ...old, open: '--on_io_failure close' });
    emulator.command('power off far\nrmc_send c one\nrmc_send c two\nrun 3s');
    const ends = emulator.events('io_done');
    expect(ends.map((event) => [event.fields.get('status'), causeOf(emulator, event)])).toEqual([
      ['RMC_ETIMEDOUT', 'node_down'],
      ['RMC_ECONNABORTED', 'node_down'],
    ]);
  });
});

describe.each(kinds)(
  'what ends otherwise comes from no fault of long ago, the peer being on an %s',
  (kind) => {
    const mended = 'cut far near\nheal far near';

    it('D2 D14 D23 an open, an IO and a close that went well', () => {
      const emulator = pair(kind);
      emulator.command(`${mended}
      rmc_open client far:9 --as d
      run 10ms
      rmc_send d one
      run 10ms
      rmc_close d --then-free
      run 10ms`);
      for (const name of ['open_done', 'io_done', 'close_done']) {
        expect(last(emulator, name, 'd')?.fields.get('status')).toBe('RMC_OK');
        expect(causeOf(emulator, last(emulator, name, 'd'))).not.toBe('command');
      }
    });

    it('D25 a message of an ordered session that was given up', () => {
      const emulator = pair(kind, { open: '--delivery ordered' });
      emulator.command(
        `${mended}\ninject loss --frame DATA --count 1\nrmc_send c one\nrmc_send c two\nrun 1s`,
      );
      const [first] = emulator.events('io_done');
      expect(first?.fields.get('status')).toBe('RMC_ETIMEDOUT');
      expect(causeOf(emulator, first)).toBe('frame_delivered');
    });

    it('D14 an IO of a server whose client has closed', () => {
      const emulator = pair(kind);
      emulator.command(`${mended}
      inject loss --frame DATA --from far --to near
      rmc_send s/1 one
      run 1ms
      rmc_close c --then-free
      run 10ms`);
      expect(last(emulator, 'io_done', 's/1')?.fields.get('status')).toBe('RMC_ECONNABORTED');
      expect(causeOf(emulator, last(emulator, 'io_done', 's/1'))).toBe('frame_delivered');
    });
  },
);

describe('a peer that is found silent', () => {
  it('D17 D21 D30 abort_session for an IO comes from the hang of a peer whose RMC goes on', () => {
    const emulator = pair('eee', { open: '--abort_session close' });
    emulator.command('set far mailbox 1\nhang server\nrmc_send c one\nrmc_send c two\nrun 3s');
    expect(last(emulator, 'abort_session')?.fields.get('reason')).toBe('io');
    expect(causeOf(emulator, last(emulator, 'abort_session'))).toBe('process_hang');
  });

  it('D15 D30 was silenced by what happened to its own process, not by another on its node', () => {
    const emulator = lab(`
      node far ssc
      node near ssc
      app one --on far
      app two --on far
      app client --on near
      rmc_listen one 1
      rmc_listen two 2
      rmc_open client far:1 --as c1 --abort_session close
      rmc_open client far:2 --as c2 --abort_session close
      run 100ms
      kill one
      run 50ms
      kill two
      run 2s
    `);
    const exits = emulator.events('process_exit').map(({ number }) => number);
    expect(emulator.events('peer_failed').map(({ cause }) => cause)).toEqual(exits);
    const peers = emulator.events('peer_failed').map(({ number }) => number);
    expect(emulator.events('abort_session').map(({ cause }) => cause)).toEqual(peers);
  });

  it('D15 D30 one that says so itself, or comes again, was not silent', () => {
    const emulator = pair('eee', { open: '--abort_session close' });
    emulator.command('kill server\nrun 1ms');
    expect(causeOf(emulator, last(emulator, 'peer_failed'))).toBe('frame_delivered');
  });
});
