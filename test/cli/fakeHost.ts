import type { Host } from '../../cli/host.js';

export interface FakeHost extends Host {
  readonly told: { out: string; err: string };
}

/** A host without a terminal that keeps what is written. */
export function fakeHost(environment: Host['environment'] = {}, onTerminal = false): FakeHost {
  const told = { out: '', err: '' };
  return {
    told,
    out(text) {
      told.out += text;
    },
    err(text) {
      told.err += text;
    },
    platform: 'linux',
    environment,
    terminal: { in: onTerminal, out: onTerminal, err: onTerminal },
    outputGone: () => false,
  };
}
