import type { Release } from '../../rmc-core/index.js';
import type { Duty, Holding } from './words.js';

/** The four blocks that a session can stand in: by its type, and for ACCEPT by who placed it. */
export type BlockRole = 'OPEN' | 'LISTEN' | 'ACCEPT, placed' | 'ACCEPT, RMC’s';

/** Where RMC runs: a library in the application's process (SSC), or a process of its own (EEE). D19. */
export type RmcPlace = 'library' | 'process';

/** What one call, callback or death does to one block. */
export interface OwnershipRow {
  /** The call, the completion, the callback, or what died. */
  readonly step: string;
  /** In which case; empty: in each. */
  readonly when: string;
  readonly role: BlockRole;
  /** Where this is so; left out: in both. */
  readonly only?: RmcPlace;
  readonly release?: Release;
  /** Just before the step, and from then on. */
  readonly before: Holding;
  readonly after: Holding;
  /** Who has to free it then, and when. */
  readonly duty: Duty;
  readonly rules: readonly string[];
}

export interface OwnershipPart {
  readonly title: string;
  readonly rows: readonly OwnershipRow[];
}
