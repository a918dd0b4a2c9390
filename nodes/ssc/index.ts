import type { AppApi, Application, SscListenRequest } from '../app/application.js';
import type { NodeKind } from '../kind.js';
import { SscNode } from './node.js';

/** What an SSC offers to its applications: rmc_listen has new_session and close_session (S7, S8). */
export type SscApi = AppApi<SscListenRequest>;

/** An application for an SSC: it may place the memory of its ACCEPT sessions (S7). */
export type SscApplication = Application<SscApi>;

export const ssc: NodeKind<SscApplication> = {
  name: 'ssc',
  title: 'SSC',
  help: 'a controller: RMC is a library in each application’s process',
  placesAcceptSessions: true,
  rmcIsProcess: false,
  create: (fabric, state) => new SscNode(ssc, fabric, state),
};
