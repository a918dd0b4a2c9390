import type { OwnershipRow } from './rows.js';

const application = 'process_exit stop, kill, crash';
const power = 'process_exit power';
const rmc = 'death of RMC';

/** The owner of the block ends. On an SSC its RMC goes with it, so all is over at once. */
const applicationDies: readonly OwnershipRow[] = [
  ...(['OPEN', 'LISTEN', 'ACCEPT, placed', 'ACCEPT, RMC’s'] as const).map(
    (role): OwnershipRow => ({
      step: application,
      when: '',
      role,
      only: 'library',
      before: role === 'ACCEPT, RMC’s' ? 'rmc' : 'held',
      after: 'gone',
      duty: 'gone',
      rules: ['D20'],
    }),
  ),
  {
    step: application,
    when: 'while RMC still closes the session',
    role: 'OPEN',
    only: 'process',
    before: 'held',
    after: 'held',
    duty: 'going',
    rules: ['D20'],
  },
  ...(['OPEN', 'LISTEN'] as const).map(
    (role): OwnershipRow => ({
      step: application,
      when: role === 'OPEN' ? 'when RMC has closed the session' : 'RMC ends the session at once',
      role,
      only: 'process',
      before: 'held',
      after: 'gone',
      duty: 'gone',
      rules: ['D20'],
    }),
  ),
  {
    step: application,
    when: 'RMC reclaims it at once',
    role: 'ACCEPT, RMC’s',
    only: 'process',
    before: 'rmc',
    after: 'freed',
    duty: 'freed',
    rules: ['D19', 'D20'],
  },
];

const nodeDies: readonly OwnershipRow[] = [
  ...(['OPEN', 'LISTEN'] as const).map(
    (role): OwnershipRow => ({
      step: power,
      when: '',
      role,
      before: 'held',
      after: 'gone',
      duty: 'gone',
      rules: ['D20'],
    }),
  ),
  {
    step: power,
    when: '',
    role: 'ACCEPT, placed',
    only: 'library',
    before: 'held',
    after: 'gone',
    duty: 'gone',
    rules: ['D20'],
  },
  {
    step: power,
    when: '',
    role: 'ACCEPT, RMC’s',
    before: 'rmc',
    after: 'gone',
    duty: 'gone',
    rules: ['D20'],
  },
];

/** RMC ends and the application lives: only where RMC is a process. Its stub answers, and close_done comes as ever. */
const rmcDies: readonly OwnershipRow[] = [
  ...(['OPEN', 'LISTEN'] as const).map(
    (role): OwnershipRow => ({
      step: rmc,
      when: 'the session is FAILED',
      role,
      only: 'process',
      before: 'held',
      after: 'held',
      duty: 'closeThenFree',
      rules: ['D17', 'D20'],
    }),
  ),
  {
    step: rmc,
    when: 'until its close_session (FALSE) has returned',
    role: 'ACCEPT, RMC’s',
    only: 'process',
    before: 'rmc',
    after: 'rmc',
    duty: 'rmc',
    rules: ['S16', 'D20'],
  },
  {
    step: rmc,
    when: 'when its close_session has returned, or there is none',
    role: 'ACCEPT, RMC’s',
    only: 'process',
    before: 'rmc',
    after: 'freed',
    duty: 'freed',
    rules: ['D20'],
  },
];

/** The client of an ACCEPT session dies, and nobody tells a server of R1.0.x. */
const clientDies: readonly OwnershipRow[] = [
  {
    step: 'death of the client',
    when: 'no callback, until the client opens again or the server’s own IO times out',
    role: 'ACCEPT, placed',
    only: 'library',
    release: 'R1.0.x',
    before: 'held',
    after: 'held',
    duty: 'whenTrue',
    rules: ['D16'],
  },
  {
    step: 'death of the client',
    when: 'no callback, until the client opens again or the server’s own IO times out',
    role: 'ACCEPT, RMC’s',
    release: 'R1.0.x',
    before: 'rmc',
    after: 'rmc',
    duty: 'rmc',
    rules: ['D16'],
  },
];

export const deathRows: readonly OwnershipRow[] = Object.freeze([
  ...applicationDies,
  ...nodeDies,
  ...rmcDies,
  ...clientDies,
]);
