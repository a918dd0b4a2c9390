import { checkpointPartOf, type ExtensionKey, extensionKey, Refused, type World } from '../emulator/index.js';
import { frameTypeNames } from '../rmc-core/index.js';
import type { AppApi, Application, SessionId } from './app/application.js';
import { AppPort } from './app/appPort.js';
import { Deliveries } from './checks/deliveries.js';
import { type FabricEntries, registerEntries } from './entries.js';
import { registerState } from './fabricState.js';
import type { NodeKind, NodeSetup, RmcNode } from './kind.js';
import { Ledger } from './ledger/ledger.js';
import type { AppRecord, SessionRecord } from './records.js';
import { letBlockGo } from './rmc/holds.js';
import type { RmcHost } from './rmc/host.js';
import { RmcLog } from './rmcLog.js';
import { defaultSettings } from './settings.js';

/** Ended sessions that stay on record, for the screens and for names; the oldest go first. */
const ENDED_SESSIONS_KEPT = 20_000;

/** What the RMC nodes of one world know together: nodes, applications, sessions. One a world. */
export class Fabric {
  readonly world: World;
  readonly log: RmcLog;
  readonly ledger: Ledger;
  readonly deliveries: Deliveries;
  /** Kinds of queue and inbox entries. */
  readonly entries: FabricEntries;
  /** String ids by the core's frame types. */
  readonly frameTypeIds: readonly number[];
  readonly nodes = new Map<string, RmcNode>();
  readonly nodesByIndex: (RmcNode | undefined)[] = [];
  readonly apps: AppRecord[] = [];
  readonly applications: Application[] = [];
  readonly sessions = new Map<SessionId, SessionRecord>();
  /** RMC instances by number; a dead one stays as long as its node remembers it. */
  readonly hosts = new Map<number, RmcHost>();
  readonly #appsByName = new Map<string, AppRecord>();
  readonly #sessionsByName = new Map<string, SessionRecord>();
  readonly #ports: AppPort[] = [];
  readonly #ended: SessionId[] = [];
  #lastSession = 0;
  #lastHost = 0;

  constructor(world: World) {
    this.world = world;
    this.log = new RmcLog(world);
    this.entries = registerEntries(this);
    this.frameTypeIds = ['', ...frameTypeNames].map((name) => world.strings.intern(name));
    this.ledger = new Ledger(this);
    this.deliveries = new Deliveries();
  }

  // ---- nodes

  addNode(kind: NodeKind, setup: NodeSetup): RmcNode {
    if (this.nodes.has(setup.name)) throw new Refused(`there is a node ${setup.name} already`);
    const { world } = this;
    const state = {
      index: world.nodes.count + 1,
      nameId: world.strings.intern(setup.name),
      kind: kind.name,
      ...setup,
      settings: defaultSettings(),
      incarnations: [],
      ports: new Map<number, number>(),
      apps: [],
    };
    const node = kind.create(this, state);
    this.nodes.set(setup.name, node);
    this.nodesByIndex[state.index] = node;
    world.nodes.add(setup.name, node);
    node.added();
    return node;
  }

  node(index: number): RmcNode {
    const node = this.nodesByIndex[index];
    if (node === undefined) throw new Error(`no node has the index ${index}`);
    return node;
  }

  nodeNamed(name: string): RmcNode {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Refused(`there is no node ${name}`);
    return node;
  }

  // ---- applications

  addApp(name: string, node: RmcNode, heapBytes: number, application: Application): AppRecord {
    if (this.#appsByName.has(name)) throw new Refused(`there is an application ${name} already`);
    if (heapBytes > node.state.memoryBytes) {
      throw new Refused(
        `a heap of ${heapBytes} bytes does not fit into the ${node.state.memoryBytes} bytes of ${node.state.name}`,
      );
    }
    const app: AppRecord = {
      index: this.apps.length,
      name,
      nameId: this.world.strings.intern(name),
      node: node.state.index,
      heapBytes,
      place: node.state.apps.length + 1,
      process: 0,
      owner: 0,
      sessionsNamed: 0,
      pending: null,
      inCallback: false,
      calls: 0,
      callsAtUs: -1,
    };
    this.apps.push(app);
    this.applications.push(application);
    this.#ports.push(new AppPort(this, app));
    this.#appsByName.set(name, app);
    node.state.apps.push(app.index);
    return app;
  }

  app(index: number): AppRecord {
    const app = this.apps[index];
    if (app === undefined) throw new Error(`no application has the index ${index}`);
    return app;
  }

  findApp(name: string): AppRecord | undefined {
    return this.#appsByName.get(name);
  }

  appNamed(name: string): AppRecord {
    const app = this.findApp(name);
    if (app === undefined) throw new Refused(`there is no application ${name}`);
    return app;
  }

  apiOf(app: AppRecord): AppApi {
    return this.#ports[app.index]!;
  }

  isAlive(app: AppRecord): boolean {
    return app.process !== 0 && this.world.processes.isAlive(app.process);
  }

  // ---- RMC instances

  addHost(host: RmcHost): void {
    this.hosts.set(host.id, host);
  }

  nextHostId(): number {
    this.#lastHost += 1;
    return this.#lastHost;
  }

  // ---- sessions

  nextSessionId(): SessionId {
    this.#lastSession += 1;
    return this.#lastSession;
  }

  addSession(record: SessionRecord): void {
    this.sessions.set(record.id, record);
    this.#sessionsByName.set(record.name, record);
  }

  session(id: SessionId): SessionRecord | undefined {
    return this.sessions.get(id);
  }

  /** The newest session of that name: names may be used again once their session is over. */
  sessionNamed(name: string): SessionRecord | undefined {
    return this.#sessionsByName.get(name);
  }

  /** True when a new session may have the name. */
  nameIsFree(name: string): boolean {
    const record = this.#sessionsByName.get(name);
    return record === undefined || record.over;
  }

  /** D3: RMC lets go of the block of an OPEN or LISTEN session. */
  blockReleased(record: SessionRecord): void {
    const node = this.node(record.node);
    const space = node.spaceOf(this.app(record.app))!;
    letBlockGo(space, record.address, record.madeBy);
    const held = node.blocksHeld.get(record.process) ?? 0;
    if (held > 1) node.blocksHeld.set(record.process, held - 1);
    else node.blocksHeld.delete(record.process);
    record.released = true;
  }

  /** Sessions that no RMC knows any more die with their process, or with their node. */
  loseSessions(isLost: (record: SessionRecord) => boolean): void {
    for (const record of this.sessions.values()) {
      if (record.over || this.hosts.has(record.host) || !isLost(record)) continue;
      record.lost = true;
      this.sessionOver(record);
    }
  }

  /** `client.1`, `client.2`: the next of an application's names that is free. */
  nextSessionName(app: AppRecord): string {
    for (;;) {
      app.sessionsNamed += 1;
      const name = `${app.name}.${app.sessionsNamed}`;
      if (this.nameIsFree(name)) return name;
    }
  }

  /** The session is over; records of very many ended sessions make room for new ones. */
  sessionOver(record: SessionRecord): void {
    if (record.over) return;
    record.over = true;
    this.#closeBooks(record);
    this.#ended.push(record.id);
    if (this.#ended.length <= ENDED_SESSIONS_KEPT) return;
    for (const id of this.#ended.splice(0, ENDED_SESSIONS_KEPT / 4)) {
      if (this.#isWaitedFor(this.sessions.get(id)!)) this.#ended.push(id);
      else this.#forget(id);
    }
  }

  /** RMC still knows an ended session, or its application has yet to hear of its end: it hangs, or is slow (D10, D21). */
  #isWaitedFor({ host, handle, process }: SessionRecord): boolean {
    if (this.hosts.get(host)?.sessions.has(handle)) return true;
    const { processes } = this.world;
    return processes.isAlive(process) && !processes.isRunning(process);
  }

  #closeBooks(record: SessionRecord): void {
    const { flow } = record;
    if (flow === null) return;
    const farSide = this.sessions.get(record.type === 'OPEN' ? flow.server : flow.client);
    if (farSide === undefined || farSide.over) this.deliveries.forget(flow);
  }

  #forget(id: SessionId): void {
    const record = this.sessions.get(id)!;
    this.sessions.delete(id);
    if (this.#sessionsByName.get(record.name) === record) this.#sessionsByName.delete(record.name);
  }

  get held(): readonly unknown[] {
    return [
      this.nodes,
      this.nodesByIndex,
      this.apps,
      this.#ports,
      this.sessions,
      this.hosts,
      this.#appsByName,
      this.#sessionsByName,
      this.#ended,
      this.ledger,
      this.log,
      this.deliveries,
      this.entries,
      this.applications,
      this.#applicationsHeld(),
    ];
  }

  keep(): () => void {
    const lastSession = this.#lastSession;
    const lastHost = this.#lastHost;
    return () => {
      this.#lastSession = lastSession;
      this.#lastHost = lastHost;
    };
  }

  /** An application of one's own takes part with its fields. */
  #applicationsHeld(): readonly unknown[] {
    return this.applications.map(checkpointPartOf);
  }
}

const FABRIC: ExtensionKey<Fabric> = extensionKey<Fabric>('rmc nodes');

export function installFabric(world: World): Fabric {
  const fabric = new Fabric(world);
  world.attach(FABRIC, fabric);
  registerState(fabric);
  return fabric;
}

export function fabricOf(world: World): Fabric {
  return world.get(FABRIC);
}
