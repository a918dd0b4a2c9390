import type { AppApi, Application, ListenRequest } from '../app/application.js';
import type { NodeKind } from '../kind.js';
import { EeeNode } from './node.js';
import { installTransport, transportOf } from './transport.js';

/** What an EEE offers to its applications: rmc_listen has no new_session (S14). */
export type EeeApi = AppApi<ListenRequest>;

/** An application for an EEE: it is told of its ACCEPT sessions' end, and never places them (S13, S15). */
export type EeeApplication = Omit<Application<EeeApi>, 'newSession'>;

export const eee: NodeKind<EeeApplication> = {
  name: 'eee',
  title: 'EEE',
  help: 'a node where RMC is a process of its own and always manages the memory of ACCEPT sessions',
  placesAcceptSessions: false,
  rmcIsProcess: true,
  install: installTransport,
  create: (fabric, state) => new EeeNode(eee, fabric, state, transportOf(fabric)),
};
