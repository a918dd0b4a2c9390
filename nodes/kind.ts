import type { ExitReason, MemoryPolicy, MemorySpace, NodeModel } from '../emulator/index.js';
import type { Release } from '../rmc-core/index.js';
import type { Application } from './app/application.js';
import type { Fabric } from './fabric.js';
import type { AppRecord, SessionRecord } from './records.js';
import type { RmcHost } from './rmc/host.js';
import type { NodeSettings } from './settings.js';
import type { ProcessBox } from './views/view.js';

/** A node as plain data; what its kind adds stands in the kind's own state. */
export interface NodeState {
  readonly index: number;
  readonly name: string;
  readonly nameId: number;
  readonly kind: string;
  readonly memoryBytes: number;
  readonly policy: Policy;
  release: Release;
  readonly settings: NodeSettings;
  /** Starts of the RMC instance by place: kept through power loss (D12). */
  readonly incarnations: number[];
  /** Ports in use and the application that listens (D11). */
  readonly ports: Map<number, number>;
  /** Indices of its applications, in order of `app`. */
  readonly apps: number[];
}

/** What a wrong use of memory leads to on a node (D29). */
export type Policy = MemoryPolicy;

export interface NodeSetup {
  readonly name: string;
  readonly release: Release;
  readonly memoryBytes: number;
  readonly policy: Policy;
}

/** A process model: how RMC and applications live together on one kind of node (D19). */
export interface NodeKind<App = Application> {
  /** In the monitor language: `ssc`, `eee`. */
  readonly name: string;
  /** For people: `SSC`, `EEE`. */
  readonly title: string;
  readonly help: string;
  /** Whether rmc_listen has the argument new_session (S7, S14). */
  readonly placesAcceptSessions: boolean;
  /** Whether RMC is a process of its own, so that `<node>.rmc` names it (D19). */
  readonly rmcIsProcess: boolean;
  /** Puts into a new world what its nodes share. */
  install?(fabric: Fabric): void;
  create(fabric: Fabric, state: NodeState): RmcNode;
  /** Only a type: the applications that a node of the kind takes. */
  readonly applications?: App;
}

/** A node at work. Only kinds implement it; everybody else asks. */
export interface RmcNode extends NodeModel {
  readonly kind: NodeKind;
  readonly state: NodeState;
  readonly fabric: Fabric;
  /** OPEN and LISTEN blocks that RMC refers to, by process (D3). */
  readonly blocksHeld: Map<number, number>;
  /** The node is part of its world, and on. */
  added(): void;
  /** The living RMC that takes the application's calls; undefined while there is none (D20). */
  rmcOf(app: AppRecord): RmcHost | undefined;
  /** Starts the application's process. The node is on and the process is not there. */
  launch(app: AppRecord): void;
  /** Ends the application's process and what dies with it (D20). */
  endApp(app: AppRecord, reason: ExitReason): void;
  /** Ends, hangs or resumes the RMC process; only where `kind.rmcIsProcess`. */
  endRmc(reason: ExitReason): void;
  rmcProcess(): number;
  /** The RMC process that runs or ran last; 0 where RMC is no process. */
  lastRmcProcess(): number;
  /** The memory that the application's session blocks lie in; undefined while it does not run. */
  spaceOf(app: AppRecord): MemorySpace | undefined;
  /** The one memory of all its processes; undefined where each has its own (SSC). */
  commonSpace(): MemorySpace | undefined;
  /** After an application's call: lets out what the call caused, as soon as the kind does. */
  afterCall(host: RmcHost): void;
  /** An application's close_session returned, or there is none: RMC, if it is still there, may let go of the ACCEPT block. */
  closeReturned(host: RmcHost | undefined, session: SessionRecord): void;
  /** A setting was changed; timers are at RMC already. */
  settingsChanged(): void;
  /** D20: an accepted rmc_close or rmc_shutdown of a session whose RMC died. */
  stubClosed(record: SessionRecord): void;
  /** Processes as they are drawn. */
  boxes(): readonly ProcessBox[];
  between(): string;
  /** Why a client that was not told of this node's or process's failure may never be (for the ledger); empty if nothing special. */
  silenceNote(app: AppRecord): string;
  /** `RMC (EEE: always)` or `RMC library`: the ledger's and tables' word for who places an RMC block. */
  readonly rmcPlacer: string;
}
