// The cases of docs/when.md: who the clients are, and what happens to their server. The worlds are the drills of
// drills/failures/when/, so what a reader watches there is what the page says.
import type { NodeKind } from '../../nodes/index.js';

/** A sort of client. Each drill has two of it: `<app>-idle` and `<app>-busy`. */
export interface ClientCase {
  readonly app: string;
  readonly title: string;
}

export const clientCases: readonly ClientCase[] = Object.freeze([
  { app: 'old', title: 'R1.0.x' },
  { app: 'deaf', title: 'R1.1 without `abort_session`' },
  { app: 'told', title: 'R1.1 with `abort_session`' },
]);

/** What a client does when it happens. */
export const doings = Object.freeze([
  { app: 'idle', title: 'idle' },
  { app: 'busy', title: 'IO pending' },
] as const);

/** What happens at the server's end, with the drill that shows it on either model of a node (D19). */
export interface Happening {
  readonly title: string;
  /** Where RMC is a library in the application's process; undefined where there is no such case. */
  readonly inApplication: string | undefined;
  /** Where RMC is a process of its own. */
  readonly onItsOwn: string;
}

export const happenings: readonly Happening[] = Object.freeze([
  { title: 'The application dies', inApplication: 'application-dies', onItsOwn: 'application-dies-eee' },
  { title: 'The application hangs', inApplication: 'application-hangs', onItsOwn: 'application-hangs-eee' },
  { title: 'The RMC process dies', inApplication: undefined, onItsOwn: 'rmc-dies' },
  { title: 'The RMC process hangs', inApplication: undefined, onItsOwn: 'rmc-hangs' },
  { title: 'The node dies', inApplication: 'node-dies', onItsOwn: 'node-dies' },
  { title: 'The node hangs', inApplication: 'node-hangs', onItsOwn: 'node-hangs' },
]);

/** Where the drills lie, below the folder of the drills. */
export const WHEN_FOLDER = 'failures/when';

/** The drill of a case; undefined where a node of the kind has no such thing. */
export const drillOf = (happening: Happening, kind: NodeKind): string | undefined =>
  kind.rmcIsProcess ? happening.onItsOwn : happening.inApplication;
