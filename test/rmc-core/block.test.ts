import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, BlockFlag, blockFields, rmcFreeSession, SessionState } from '../../rmc-core/index.js';
import type { TestHost } from './support/host.js';
import { makeConnected, makePair } from './support/pair.js';

const MEMORY_BASE = 0x1000;

function field(host: TestHost, handle: number, name: string): number {
  const { address } = host.core.sessionInfo(handle)!;
  const { offset, size } = blockFields.find((each) => each.name === name)!;
  const view = new DataView(host.memory.buffer, address - MEMORY_BASE, BLOCK_BYTES);
  return size === 2 ? view.getUint16(offset, true) : view.getUint32(offset, true);
}

describe('the session block', () => {
  it('D27 fields lie within 128 bytes, aligned, without overlap', () => {
    let end = 0;
    for (const { offset, size } of blockFields) {
      expect(offset).toBeGreaterThanOrEqual(end);
      expect(offset % size).toBe(0);
      end = offset + size;
    }
    expect(end).toBeLessThanOrEqual(BLOCK_BYTES);
  });

  it('D27 every change is written through at once', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    expect(field(client, session, 'state')).toBe(SessionState.OPEN);
    expect(field(client, session, 'peer_id')).toBe(server.core.sessionInfo(accepted)!.localId);
    expect(field(client, session, 'peer_incarnation')).toBe(1);
    expect(field(server, accepted, 'listen')).toBe(MEMORY_BASE);
    client.send(session, 'a');
    client.send(session, 'b');
    expect(field(client, session, 'send_accepted')).toBe(2);
    expect(field(client, session, 'send_in_flight')).toBe(2);
    expect(field(client, session, 'send_acknowledged')).toBe(0);
    bench.run(1000);
    expect(field(client, session, 'send_acknowledged')).toBe(2);
    expect(field(server, accepted, 'receive_handed_up')).toBe(2);
    client.close(session);
    expect(field(client, session, 'state')).toBe(SessionState.CLOSING);
  });

  it('D27 flags show release, callbacks and who placed the block', () => {
    const { client, server, session, accepted } = makeConnected();
    const flags = (host: TestHost, handle: number): number => field(host, handle, 'flags');
    expect(flags(client, session)).toBe(BlockFlag.HAS_ABORT_SESSION | BlockFlag.RELEASE_1_1);
    expect(flags(server, accepted)).toBe(BlockFlag.PLACED_BY_APP | BlockFlag.RELEASE_1_1);
    const p = { address: server.block(), port: 9, owner: 7, newSession: true, closeSession: true };
    const listen = server.core.listen(p, 0);
    expect(flags(server, listen)).toBe(
      BlockFlag.HAS_NEW_SESSION | BlockFlag.HAS_CLOSE_SESSION | BlockFlag.RELEASE_1_1,
    );
  });

  it('D27 bytes that no field names are 0, whatever lay there', () => {
    const { client, server } = makePair();
    client.block();
    const address = client.block();
    const at = address - MEMORY_BASE;
    client.memory.fill(0xff, at, at + BLOCK_BYTES);
    const session = client.open(server, 5, { address, abortSession: false });
    const named = blockFields.flatMap(({ offset, size }) =>
      Array.from({ length: size }, (_, i) => offset + i),
    );
    const rest = [...client.memory.subarray(at, at + BLOCK_BYTES)].filter((_, i) => !named.includes(i));
    expect(new Set(rest)).toEqual(new Set([0]));
    expect(field(client, session, 'receive_handed_up')).toBe(0);
  });

  it('S12 S16 RMC_FREE_SESSION is FALSE in a block that RMC placed, and in what takes its place', () => {
    const { bench, client, server } = makePair({ server: 'R1.0.x' });
    server.placedByApp = false;
    client.open(server, 5);
    bench.run(300);
    client.restart();
    const session = client.open(server, 5);
    bench.run(300);
    const [first, second] = server.acceptedSessions;
    const { address, placedByApp } = server.core.sessionInfo(second!)!;
    expect([server.state(first!), placedByApp, server.free(address)]).toEqual(['over', false, false]);
    server.closings = 'hold';
    client.close(session);
    bench.run(300);
    expect([server.state(second!), server.free(address)]).toEqual(['CLOSED', false]);
  });

  it('D18 D27 the flag of the release is the own one’s, whatever the peer is', () => {
    for (const release of ['R1.0.x', 'R1.1'] as const) {
      const { client, session } = makeConnected({ client: release });
      const isNew = (field(client, session, 'flags') & BlockFlag.RELEASE_1_1) !== 0;
      expect(isNew).toBe(release === 'R1.1');
    }
  });

  it('S9 RMC_FREE_SESSION reads the flag, which is set before close_session', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    server.closings = 'hold';
    const { address } = server.core.sessionInfo(accepted)!;
    expect(server.free(address)).toBe(false);
    client.close(session);
    bench.run(300);
    expect(server.heldClosings).toEqual([accepted]);
    expect(server.free(address)).toBe(true);
    const garbage = new Uint8Array(BLOCK_BYTES).fill(0xff);
    expect(rmcFreeSession(garbage, 0)).toBe(true);
  });

  it('D27 after close_session with TRUE and after close_done RMC never touches the block again', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    const blocks = [
      { host: client, address: client.core.sessionInfo(session)!.address },
      { host: server, address: server.core.sessionInfo(accepted)!.address },
    ];
    client.close(session);
    bench.run(1000);
    for (const { host, address } of blocks) host.poke(address, Array(BLOCK_BYTES).fill(0xaa));
    client.open(server, 5);
    bench.run(2_000_000);
    for (const { host, address } of blocks) {
      const block = host.memory.subarray(address - MEMORY_BASE, address - MEMORY_BASE + BLOCK_BYTES);
      expect(block.every((byte) => byte === 0xaa)).toBe(true);
    }
  });

  it.each([0, 1, 2, 3, 4, 5, 12, 13, 14, 15])(
    'D27 OPEN: byte %i overwritten is found at the next call, reported once, and fails',
    (at) => {
      const { bench, client, session } = makeConnected();
      client.send(session, 'pending');
      const { address } = client.core.sessionInfo(session)!;
      client.poke(address + at, [0x5a]);
      expect(client.send(session, 'x')).toBe('RMC_ECONNABORTED');
      bench.settle();
      expect(client.take()).toEqual([
        `corrupted ${session}`,
        `state ${session} FAILED`,
        `io_done ${session} #1 RMC_ECONNABORTED corrupted`,
        `abort_session ${session} corrupted`,
      ]);
      expect(client.core.verify(session, bench.nowUs)).toBe(true);
      expect(client.close(session)).toBe('RMC_INPROGRESS');
      bench.settle();
      expect(client.take()).toEqual([`state ${session} CLOSED`, `close_done ${session} RMC_OK`]);
    },
  );

  it('D27 OPENING: open_done RMC_ECONNABORTED; CLOSING: close_done RMC_ECONNABORTED', () => {
    const { bench, client, server } = makePair();
    const session = client.open(server, 5);
    client.poke(client.core.sessionInfo(session)!.address, [0]);
    expect(client.core.verify(session, bench.nowUs)).toBe(false);
    bench.settle();
    expect(client.take().slice(-2)).toEqual([
      `state ${session} FAILED`,
      `open_done ${session} RMC_ECONNABORTED`,
    ]);
    const other = makeConnected();
    other.server.alive = false;
    other.client.close(other.session);
    other.client.poke(other.client.core.sessionInfo(other.session)!.address, [0]);
    other.client.core.verify(other.session, other.bench.nowUs);
    other.bench.settle();
    expect(other.client.take().slice(-1)).toEqual([`close_done ${other.session} RMC_ECONNABORTED`]);
  });

  it('D27 ACCEPT: ends with close_session, TRUE where the application placed it', () => {
    const { bench, client, server, session, accepted } = makeConnected();
    const { address } = server.core.sessionInfo(accepted)!;
    server.poke(address, [0, 0, 0, 0]);
    expect(server.core.verify(accepted, bench.nowUs)).toBe(false);
    bench.run(300);
    expect(server.take()).toEqual([
      `corrupted ${accepted}`,
      `state ${accepted} CLOSED`,
      `closing ${accepted} TRUE corrupted`,
    ]);
    expect(server.free(address)).toBe(true);
    bench.run(200_000);
    expect(client.texts()).toContain(`abort_session ${session} abort`);
  });

  it('D27 LISTEN: FAILED, its ACCEPT sessions end as in D22, nobody can open; rmc_shutdown RMC_OK at once', () => {
    const { bench, client, server, session, accepted, listen } = makeConnected();
    server.poke(server.core.sessionInfo(listen)!.address, [0]);
    expect(server.core.verify(listen, bench.nowUs)).toBe(false);
    bench.run(300);
    expect(server.take()).toEqual([
      `corrupted ${listen}`,
      `state ${listen} FAILED`,
      `state ${accepted} CLOSED`,
      `closing ${accepted} TRUE shutdown`,
    ]);
    expect(client.texts()).toContain(`abort_session ${session} abort`);
    client.open(server, 5);
    bench.run(300);
    expect(client.texts().at(-1)).toMatch(/RMC_ECONNREFUSED$/);
    const before = bench.frames.length;
    expect(server.shutdown(listen)).toBe('RMC_INPROGRESS');
    bench.settle();
    expect(server.take()).toEqual([`state ${listen} CLOSED`, `close_done ${listen} RMC_OK`]);
    expect(bench.frames.length).toBe(before);
  });

  it('D27 the call that finds it returns what D13 says of the new state', () => {
    const { client, session } = makeConnected();
    client.poke(client.core.sessionInfo(session)!.address, [0]);
    expect(client.close(session)).toBe('RMC_INPROGRESS');
    client.bench.settle();
    expect(client.take().slice(-1)).toEqual([`close_done ${session} RMC_OK`]);
  });

  it('D27 a last look at the block before close_done', () => {
    const { bench, client, session } = makeConnected();
    client.close(session);
    client.poke(client.core.sessionInfo(session)!.address, [0]);
    bench.run(1000);
    expect(client.take()).toEqual([
      `state ${session} CLOSING`,
      `state ${session} CLOSED`,
      `corrupted ${session}`,
      `close_done ${session} RMC_OK`,
    ]);
  });
});
