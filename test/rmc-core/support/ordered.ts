import { blockFields, type Handle } from '../../../rmc-core/index.js';
import { type Fault, loseIf } from './bench.js';
import type { TestHost } from './host.js';
import { makeConnected, type PairOptions } from './pair.js';

const MEMORY_BASE = 0x1000;

/** A pair with one ordered session (D25), and what its tests say again and again. */
export function connected(options: PairOptions & { abortSession?: boolean } = {}) {
  const pair = makeConnected({ ...options, delivery: 'ordered' });
  const sendAll = (count: number): void => {
    for (let i = 1; i <= count; i++) pair.client.send(pair.session, `m${i}`);
  };
  const got = (): readonly string[] => pair.server.messages.get(pair.accepted) ?? [];
  const info = () => pair.server.core.sessionInfo(pair.accepted)!;
  return { ...pair, sendAll, got, info };
}

/** Loses the first copy of these messages, in one direction. */
export function loseMessages(from: TestHost, ...numbers: readonly number[]): Fault {
  return loseIf(
    (frame) => frame.type === 'DATA' && frame.from === from && numbers.includes(frame.header.seq),
  );
}

/** Delays these messages. */
export function delay(delayUs: number, ...numbers: readonly number[]): Fault {
  return (frame) => (frame.type === 'DATA' && numbers.includes(frame.header.seq) ? [{ delayUs }] : undefined);
}

/** `m<from>` to `m<to>`. */
export function texts(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => `m${from + i}`);
}

/** A field of a session block. */
export function field(host: TestHost, address: number, name: string): number {
  const { offset } = blockFields.find((each) => each.name === name)!;
  return new DataView(host.memory.buffer).getUint32(address - MEMORY_BASE + offset, true);
}

/** Where a session's block lies. */
export function address(host: TestHost, session: Handle): number {
  return host.core.sessionInfo(session)!.address;
}
