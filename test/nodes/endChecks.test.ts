import { describe, expect, it } from 'vitest';
import { parseDrill, runDrill } from '../../emulator/index.js';
import { createEmulator, type Emulator, language } from '../../index.js';
import { messageHanded, messageSent, orderedHanded } from '../../nodes/checks/deliveries.js';
import { fabricOf } from '../../nodes/index.js';
import { kinds, pair } from './lab.js';

const words = language();

/** What the end checks say when a drill of these lines ends here. */
function atTheEnd(emulator: Emulator, lines = 'run 1us'): readonly string[] {
  const parsed = parseDrill(lines, 'end.drill', words);
  if ('problems' in parsed) throw new Error('the text is right');
  return runDrill(emulator.world, parsed.drill, words).failures.map(({ message }) => message.split('\n')[0]!);
}

/** The books of both directions of a session. */
function flowOf(emulator: Emulator, session = 'c') {
  return fabricOf(emulator.world).sessionNamed(session)!.flow!;
}

/** The books of what `client` sends on its session `c`. */
const toServer = (emulator: Emulator) => flowOf(emulator).toServer;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the second set of books, and a mailbox', () => {
  it('D21 D24 what waits in it is not lost; what was taken out, or is no message, does not wait', () => {
    const emulator = pair('eee');
    emulator.command('rmc_send s/1 x\nhang server\nrmc_send c --count 3\nrun 1ms');
    expect(toServer(emulator)).toMatchObject({ acknowledged: 3, handed: 0 });
    expect(atTheEnd(emulator)).toEqual([]);
    toServer(emulator).acknowledged += 1;
    const lost = '1 messages for s/1 were acknowledged and never handed up (D24)';
    expect(atTheEnd(emulator)).toEqual([lost]);
    emulator.command('unhang server\nrun 1ms');
    expect(toServer(emulator)).toMatchObject({ acknowledged: 4, handed: 3 });
    expect(atTheEnd(emulator)).toEqual([lost]);
  });
});

describe.each(kinds)('the second set of books, the server being on an %s', (kind) => {
  it('D24 finds nothing wrong where nothing is', () => {
    const emulator = pair(kind);
    emulator.command('rmc_send c --count 3\nrun 10ms');
    expect(atTheEnd(emulator)).toEqual([]);
  });

  it('D24 a message that was acknowledged and not handed up is lost', () => {
    const emulator = pair(kind);
    const stream = toServer(emulator);
    messageSent(stream, bytes('one'), 0, 3);
    stream.acknowledged += 1;
    expect(atTheEnd(emulator)).toEqual(['1 messages for s/1 were acknowledged and never handed up (D24)']);
  });

  it('D24 a message that is handed up twice, or before its turn, is wrong', () => {
    const emulator = pair(kind);
    const stream = toServer(emulator);
    for (const text of ['one', 'two']) messageSent(stream, bytes(text), 0, 3);
    for (const text of ['two', 'one', 'one', 'two']) messageHanded(stream, bytes(text), 0, 3);
    expect(atTheEnd(emulator)).toEqual(['2 messages for s/1 were repeated or out of order (D24)']);
  });

  it('D25 on an ordered session one may be missing, and none comes twice', () => {
    const emulator = pair(kind, { open: '--delivery ordered' });
    const stream = toServer(emulator);
    for (const text of ['one', 'two', 'six']) messageSent(stream, bytes(text), 0, 3);
    for (const text of ['two', 'six']) orderedHanded(stream, bytes(text), 0, 3);
    expect(atTheEnd(emulator)).toEqual([]);
    orderedHanded(stream, bytes('two'), 0, 3);
    expect(atTheEnd(emulator)).toEqual(['1 messages for s/1 were repeated or out of order (D25)']);
  });

  it('D25 on an ordered session one that was acknowledged may be lost', () => {
    const emulator = pair(kind, { open: '--delivery ordered' });
    toServer(emulator).acknowledged += 1;
    expect(atTheEnd(emulator)).toEqual([]);
  });

  it.each(['kill client', 'kill server'])('D24 nothing is lost once one side has died: %s', (death) => {
    const emulator = pair(kind);
    const flow = flowOf(emulator);
    for (const stream of [flow.toServer, flow.toClient]) stream.acknowledged += 1;
    emulator.command(death);
    expect(atTheEnd(emulator)).toEqual([]);
  });

  it('D24 what was wrong is still said when the session is over', () => {
    const emulator = pair(kind);
    messageHanded(toServer(emulator), bytes('one'), 0, 3);
    emulator.command('rmc_close c --then-free\nrun 100ms');
    const ofTheOver = '1 messages on sessions that are over were repeated or out of order (D24, D25)';
    expect(atTheEnd(emulator)).toEqual([ofTheOver]);
    emulator.command('rmc_open client far:9 --as d\nrun 10ms');
    messageHanded(flowOf(emulator, 'd').toClient, bytes('one'), 0, 3);
    expect(atTheEnd(emulator)).toEqual(['1 messages for d were repeated or out of order (D24)', ofTheOver]);
  });

  it('§3 a call that returned an error fails the drill, unless a check named it', () => {
    const drill = (check: string) => `
      node far ${kind}
      app server --on far
      rmc_listen server 9 --as s
      rmc_close s
      ${check}
      rmc_shutdown s --then-free
      run 1ms
    `;
    const failure = 'rmc_close returned RMC_EINVAL, and no check named it';
    expect(atTheEnd(createEmulator(), drill('run 1us'))).toEqual([failure]);
    expect(atTheEnd(createEmulator(), drill('expect rmc_close --status RMC_EINVAL'))).toEqual([]);
  });

  it('D28 a leak is reported once, however often the world is asked for it', () => {
    const emulator = pair(kind);
    emulator.command('rmc_close c\nrun 100ms');
    const leak = 'memory error leak that no check named';
    expect(atTheEnd(emulator)).toEqual([leak]);
    expect(atTheEnd(createEmulator())).toEqual([]);
    expect(atTheEnd(emulator)).toEqual([leak]);
    expect(emulator.events('memory_error')).toHaveLength(1);
  });
});
