import { expect } from 'vitest';
import {
  type Address,
  type AppApi,
  type Application,
  BLOCK_BYTES,
  createEmulator,
  type Release,
  type SessionId,
} from '../../../index.js';
import {
  dutyText,
  fabricOf,
  type Holding,
  holdings,
  type NodeKind,
  nodeKinds,
  type OwnershipRow,
} from '../../../nodes/index.js';

/** What was seen of the block at one moment. */
interface Seen {
  readonly holding: Holding;
  /** What the screens say of who frees it; undefined where no session stands in it. */
  readonly duty: string | undefined;
  /** The memory error of a free by the application just then; '' for none. */
  readonly freeIs: string;
}

/** `subject`, whose blocks are looked at, on a node of the row's kind and release; `peer` is on the node `there`. */
export class Stage {
  readonly emulator = createEmulator();
  readonly fabric = fabricOf(this.emulator.world);
  subject!: AppApi;
  peer!: AppApi;
  place: (api: AppApi) => Address = (api) => api.alloc(BLOCK_BYTES);
  onClose: (session: SessionId) => void = () => {};
  onAbort: () => void = () => {};
  #block = { address: 0, madeBy: 0 };
  #before: Holding | undefined;
  #after: Seen | undefined;

  constructor(kind: NodeKind, release: Release) {
    const far = nodeKinds.find(({ rmcIsProcess }) => !rmcIsProcess)!;
    const subject: Application = {
      onStart: (api) => {
        this.subject = api;
      },
      newSession: (api) => this.place(api),
      closeSession: (_api, session) => this.onClose(session),
      abortSession: () => this.onAbort(),
      onTimer: () => {
        throw new Error('crash');
      },
    };
    const peer: Application = {
      onStart: (api) => {
        this.peer = api;
      },
    };
    this.emulator.addNode('here', kind, { release }).addApp('subject', subject);
    this.emulator.addNode('there', far, { release }).addApp('peer', peer);
  }

  run(milliseconds: number): void {
    this.emulator.run(milliseconds * 1000);
  }

  command(line: string): void {
    this.emulator.command(line);
  }

  addressOf(name: string): Address {
    return this.fabric.sessionNamed(name)!.address;
  }

  sessionOf(name: string): SessionId {
    return this.fabric.sessionNamed(name)!.id;
  }

  /** The block in question, as it is just before the step; 0 for none yet. */
  before(address: Address): void {
    this.track(address);
    this.#before = this.#holding();
  }

  /** It is this block from now on. */
  track(address: Address): void {
    this.#block = { address, madeBy: this.#space()?.blockAt(address)?.madeBy ?? 0 };
  }

  /** The block just after the step, and the session that stands or stood in it. */
  after(session?: string): void {
    const view = this.emulator
      .sessions()
      .filter(({ name }) => name === session)
      .at(-1);
    this.#after = { holding: this.#holding(), duty: view?.whoFrees, freeIs: this.#free() };
  }

  /** Holds what was seen against a row. */
  compare(row: OwnershipRow, where: string): void {
    const close = row.role === 'OPEN' ? 'rmc_close' : 'rmc_shutdown';
    const after = this.#after;
    expect(after, `${where}: nothing came`).toBeDefined();
    expect([this.#before, after?.holding], where).toEqual([row.before, row.after]);
    expect(after?.freeIs, where).toBe(holdings[row.after].freeIs);
    if (after?.duty !== undefined) expect(after.duty, where).toBe(dutyText(row.duty, 'app subject', close));
    else expect(row.duty, where).toBe(row.after === 'none' ? 'none' : 'now');
  }

  #space() {
    return this.fabric.nodeNamed('here').spaceOf(this.fabric.appNamed('subject'));
  }

  #holding(): Holding {
    const { address, madeBy } = this.#block;
    if (address === 0) return 'none';
    const space = this.#space();
    const block = space?.blockAt(address);
    if (space === undefined || block === undefined) return 'gone';
    if (block.madeBy !== madeBy || !block.live) return 'freed';
    if (space.ownerState(block.owner).kind === 'rmc') return 'rmc';
    return block.holds > 0 ? 'held' : 'app';
  }

  /** The application frees the block, right or wrong. */
  #free(): string {
    if (!this.fabric.isAlive(this.fabric.appNamed('subject'))) return holdings[this.#holding()].freeIs;
    if (this.#block.address === 0) return '';
    const before = this.emulator.events('memory_error').length;
    this.subject.free(this.#block.address);
    const [error] = this.emulator.events('memory_error').slice(before);
    return error === undefined ? '' : String(error.fields.get('kind'));
  }
}

// ---- what scenes begin with

/** The subject's OPEN session `c` to the peer, or to a port on which nobody listens. */
export function open(stage: Stage, options: { abortSession?: boolean; refused?: boolean } = {}): Address {
  const { peer, subject } = stage;
  const { abortSession = false, refused = false } = options;
  if (!refused) peer.rmcListen({ address: peer.alloc(BLOCK_BYTES), port: 9 });
  const address = subject.alloc(BLOCK_BYTES);
  subject.rmcOpen({ address, node: 'there', port: 9, name: 'c', abortSession });
  stage.run(10);
  return address;
}

/** The subject's LISTEN session `s` on port 9. */
export function listen(stage: Stage, newSession: boolean, closeSession = true): Address {
  const address = stage.subject.alloc(BLOCK_BYTES);
  stage.subject.rmcListen({ address, port: 9, newSession, closeSession, name: 's' });
  return address;
}

/** The peer opens `p` to the subject: `s/1`, `s/2`. */
export function peerOpens(stage: Stage): void {
  const { peer } = stage;
  peer.rmcOpen({ address: peer.alloc(BLOCK_BYTES), node: 'here', port: 9, name: 'p' });
  stage.run(10);
}

/** The subject listens, the peer has opened: the block of `s/1`. */
export function accept(stage: Stage, newSession: boolean, closeSession = true): Address {
  listen(stage, newSession, closeSession);
  peerOpens(stage);
  return stage.addressOf('s/1');
}
