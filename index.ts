import {
  composeLanguage,
  DrillRunner,
  type Language,
  type LoggedEvent,
  type LogMode,
  type Observer,
  parseDrill,
  problemText,
  type Subscription,
  World,
} from './emulator/index.js';
import {
  type Application,
  type Fabric,
  fabricOf,
  type LedgerView,
  type MemoryOverTime,
  memoryReport,
  type NodeKind,
  type Policy,
  rmcExtensions,
  type SessionView,
  scopeOf,
  type WorldView,
  worldView,
} from './nodes/index.js';
import type { Release } from './rmc-core/index.js';

export interface EmulatorOptions {
  /** A safe integer from 0 (1). Same seed, same run. */
  readonly seed?: number;
  /** `kept` (default): every event can be read later. `counted` and `off` keep the latest only; the digest is the same. */
  readonly log?: LogMode;
}

export interface NodeOptions {
  /** R1.1 unless given. */
  readonly release?: Release;
  /** Bytes; 1 MiB unless given. */
  readonly memoryBytes?: number;
  /** What a wrong use of memory leads to: `report` unless given (D29). */
  readonly policy?: Policy;
}

export interface AppOptions {
  /** Bytes of its heap; 64 KiB unless given. */
  readonly heapBytes?: number;
}

/** A node that an emulator made; `App` says which applications it takes (an EEE's have no `newSession`, S14). */
export interface NodeHandle<App> {
  readonly name: string;
  /** Makes an application and starts its process. */
  addApp(name: string, application: App, options?: AppOptions): void;
}

const DEFAULT_MEMORY_BYTES = 1024 * 1024;
const DEFAULT_HEAP_BYTES = 64 * 1024;

/**
 * A world of RMC nodes as a library: make nodes and applications, let virtual time run, read what happened. All calls
 * are synchronous; the host's clock and randomness play no part.
 */
export class Emulator {
  readonly world: World;
  readonly #fabric: Fabric;
  #madeLanguage: Language | undefined;

  constructor(options: EmulatorOptions = {}) {
    this.world = new World({ ...options, extensions: rmcExtensions });
    this.#fabric = fabricOf(this.world);
  }

  /** Made when the first command needs it: a world that only runs does without. */
  get #language(): Language {
    this.#madeLanguage ??= language();
    return this.#madeLanguage;
  }

  /** Virtual time in microseconds. */
  get nowUs(): number {
    return this.world.nowUs;
  }

  /** Makes a node, which is on. Kinds: `import { ssc } from 'rmc-emu/ssc'`, `import { eee } from 'rmc-emu/eee'`. */
  addNode<App>(name: string, kind: NodeKind<App>, options: NodeOptions = {}): NodeHandle<App> {
    const node = this.#fabric.addNode(kind as NodeKind, {
      name,
      release: options.release ?? 'R1.1',
      memoryBytes: options.memoryBytes ?? DEFAULT_MEMORY_BYTES,
      policy: options.policy ?? 'report',
    });
    this.world.settle();
    return {
      name,
      addApp: (appName, application, { heapBytes = DEFAULT_HEAP_BYTES } = {}) => {
        node.launch(this.#fabric.addApp(appName, node, heapBytes, application as Application));
        this.world.settle();
      },
    };
  }

  /** Runs so much virtual time, its end included. */
  run(durationUs: number): void {
    this.world.runTo(this.world.nowUs + durationUs);
  }

  /**
   * Gives one or more lines of the monitor language: `power off eee0`, `expect learned --app client --within 400ms`.
   * What looks say is returned; text that is wrong, a refusal or a failed check is thrown as an `Error`.
   */
  command(lines: string): readonly string[] {
    const scope = scopeOf(this.#fabric, this.#language);
    const parsed = parseDrill(lines, 'command', this.#language, { prompt: { scope, defaults: new Map() } });
    if ('problems' in parsed) throw new Error(parsed.problems.map(problemText).join('\n'));
    const answers: string[] = [];
    const runner = new DrillRunner(this.world, parsed.drill, this.#language, {
      scope,
      said: (said) => answers.push(...said),
    });
    while (runner.state === 'running') runner.move(Number.POSITIVE_INFINITY);
    const [failure] = runner.failures;
    if (failure !== undefined) throw new Error(failure.message);
    return answers;
  }

  /** The events so far (log mode `kept`), of one kind if it is named. */
  events(event?: string): readonly LoggedEvent[] {
    const { log } = this.world;
    const found: LoggedEvent[] = [];
    for (let number = log.firstKept; number <= log.count; number += 1) {
      const one = log.read(number);
      if (event === undefined || one.event === event) found.push(one);
    }
    return found;
  }

  /** The events so far, and from now on every one to `observer`: no gap, no repeat. It must not run the world. */
  subscribe(observer: Observer): Subscription {
    return this.world.subscribe(observer);
  }

  /** Nodes, sessions, memory and knowledge at this moment, as plain values. */
  view(): WorldView {
    return worldView(this.world);
  }

  sessions(): readonly SessionView[] {
    return this.view().sessions;
  }

  /** Who has learned of which failure, and who has not (D30). */
  learned(): readonly LedgerView[] {
    return this.view().ledger;
  }

  /** Live memory over time of every owner on a node: applications, and RMC (D28). */
  memoryOverTime(node: string): readonly MemoryOverTime[] {
    return this.view().nodes.find(({ name }) => name === node)?.memory ?? [];
  }

  /** Every memory error so far as a report of several lines: what, where, by whom, the block's history, the rules. */
  memoryReports(): readonly (readonly string[])[] {
    return this.world.memory.errors.map((error) => memoryReport(this.world, error));
  }

  /** The run's fingerprint so far: 16 hex digits. */
  digest(): string {
    return this.world.log.digest();
  }
}

/** A new, empty world of RMC nodes at virtual time 0. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return new Emulator(options);
}

/** The monitor language with everything that RMC nodes bring to it. */
export function language(): Language {
  return composeLanguage(rmcExtensions);
}

export type { LoggedEvent, LogMode, Observer, Subscription } from './emulator/index.js';
export type {
  Address,
  AppApi,
  Application,
  CallResult,
  FailReason,
  LedgerView,
  ListenRequest,
  MemoryOverTime,
  NodeKind,
  NodeView,
  Offer,
  OpenRequest,
  Policy,
  Returned,
  SessionId,
  SessionView,
  Slow,
  SscListenRequest,
  WorldView,
} from './nodes/index.js';
export { NEVER, slowly } from './nodes/index.js';
export { BLOCK_BYTES, type Release, Status, type StatusCode, statusName } from './rmc-core/index.js';
