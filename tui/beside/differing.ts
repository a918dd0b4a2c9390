import type { Difference, LedgerRow, LedgerView } from '../../nodes/index.js';

/** Names of the sessions that are not the same in both worlds. */
export const differingSessions = (differences: readonly Difference[] = []): ReadonlySet<string> =>
  new Set(differences.filter(({ about }) => about === 'session').map(({ name }) => name));

/** Whether an application was told of a failure otherwise in the other world, or not at all. */
export const isToldOtherwise =
  (differences: readonly Difference[] = []) =>
  (view: LedgerView, row: LedgerRow): boolean =>
    differences.some(({ told }) => told?.app === row.app && told.about === view.about);
