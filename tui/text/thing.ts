import type { SortKey } from '../reading/sessionTable.js';

/** What a piece of the screen shows: a click on it selects that. */
export type Thing =
  | { readonly kind: 'node' | 'session'; readonly name: string }
  | { readonly kind: 'event'; readonly number: number }
  /** A row of the ledger, by its key. */
  | { readonly kind: 'witness'; readonly key: string }
  /** A heading of the table of sessions. */
  | { readonly kind: 'column'; readonly key: SortKey }
  | { readonly kind: 'block'; readonly space: string; readonly address: number };
