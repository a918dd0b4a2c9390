import {
  CallRun,
  CommandEngine,
  composeLanguage,
  DrillRunner,
  type Language,
  type LoggedEvent,
  type LogMode,
  linesRun,
  type Observer,
  type ParsedCommand,
  parseDrill,
  problemText,
  remembered,
  type Scope,
  type Subscription,
  World,
} from './emulator/index.js';
import {
  type Application,
  checkRecording,
  type Fabric,
  fabricOf,
  type LedgerView,
  type MemoryOverTime,
  memoryReport,
  type NodeKind,
  nodeKinds,
  type Policy,
  type RecordedCall,
  type Recording,
  type ReplayParts,
  recordingOf,
  replayAll,
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
  /** Whether it can go back (false). It takes checkpoints then, and needs the log mode `kept`. */
  readonly timeTravel?: boolean;
}

/** See {@link replay}. */
export interface ReplayOptions extends ReplayParts {
  /** That of the recording unless given. */
  readonly log?: LogMode;
  readonly timeTravel?: boolean;
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
  readonly #calls: CallRun<RecordedCall>;
  #madeLanguage: Language | undefined;

  constructor({ timeTravel = false, ...options }: EmulatorOptions = {}) {
    if (timeTravel && options.log !== undefined && options.log !== 'kept') {
      throw new Error(`going back needs the log mode kept, not ${options.log}`);
    }
    this.world = new World({ ...options, extensions: rmcExtensions });
    this.#fabric = fabricOf(this.world);
    this.#calls = new CallRun(this.world, timeTravel);
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
    this.#addNode(kind as NodeKind, {
      call: 'node',
      kind: kind.name,
      name,
      release: options.release ?? 'R1.1',
      memoryBytes: options.memoryBytes ?? DEFAULT_MEMORY_BYTES,
      policy: options.policy ?? 'report',
    });
    return {
      name,
      addApp: (appName, application, { heapBytes = DEFAULT_HEAP_BYTES } = {}) =>
        this.#addApp(application as Application, { call: 'app', name: appName, node: name, heapBytes }),
    };
  }

  #addNode(kind: NodeKind, call: RecordedCall & { readonly call: 'node' }): void {
    const { name, release, memoryBytes, policy } = call;
    this.#calls.change(call, () => {
      this.#fabric.addNode(kind, { name, release, memoryBytes, policy });
      this.world.settle();
    });
  }

  #addApp(application: Application, call: RecordedCall & { readonly call: 'app' }): void {
    const asItIsNow = this.#calls.canGoBack ? remembered(application) : undefined;
    this.#calls.change(call, () => {
      asItIsNow?.();
      const node = this.#fabric.nodeNamed(call.node);
      node.launch(this.#fabric.addApp(call.name, node, call.heapBytes, application));
      this.world.settle();
    });
  }

  /** Runs so much virtual time, its end included. */
  run(durationUs: number): void {
    this.#calls.run(this.world.nowUs + durationUs);
  }

  /**
   * Gives one or more lines of the monitor language: `power off eee0`, `expect learned --app client --within 400ms`.
   * What looks say is returned; text that is wrong, a refusal or a failed check is thrown as an `Error`.
   */
  command(lines: string): readonly string[] {
    const scope = scopeOf(this.#fabric, this.#language);
    const parsed = parseDrill(lines, 'command', this.#language, { prompt: { scope, defaults: new Map() } });
    if ('problems' in parsed) throw new Error(parsed.problems.map(problemText).join('\n'));
    const { drill } = parsed;
    const answers: string[] = [];
    const calls = this.#calls;
    if (linesRun(drill.items, ({ effect }) => effect !== 'look') > 0) calls.begin();
    calls.guard(() => {
      const runner = new DrillRunner(this.world, drill, this.#language, {
        scope,
        said: (said) => answers.push(...said),
        acted: (act, command) => {
          if (act.kind === 'change') this.#given(command, scope, act.before.isFinished);
        },
      });
      while (runner.state === 'running') {
        runner.move(Number.POSITIVE_INFINITY);
        calls.passed(runner.position.isFinished);
      }
      const [failure] = runner.failures;
      if (failure !== undefined) throw new Error(failure.message);
    });
    return answers;
  }

  #given(command: ParsedCommand, scope: Scope, isFinished: boolean): void {
    this.#calls.given({ call: 'command', text: command.text }, isFinished, () =>
      this.#execute(command, scope),
    );
  }

  #execute(command: ParsedCommand, scope: Scope): void {
    new CommandEngine(this.world, this.#language, scope).execute(command);
  }

  /**
   * Goes back so many steps, at most to the start; how many they were. A step is an entry of the event queue that shows
   * something, or something that this program did. It is the same world: handles and observers stay as they are. What
   * the program then does (`run` too) starts a branch: what lay ahead is given up. Needs `timeTravel`, as do the next three.
   */
  back(steps = 1): number {
    return this.#calls.back(steps);
  }

  /** After going back: goes forward again, no further than the world has been; how many steps they were. */
  forward(steps = 1): number {
    return this.#calls.forward(steps);
  }

  /**
   * Goes to the end of an instant, what was done then included, back or forward; beyond where the world has been it
   * runs on.
   */
  goto(timeUs: number): void {
    this.#calls.gotoTime(timeUs);
  }

  /** Goes to where an event had just come; one that has not come is an `Error`. */
  gotoEvent(event: number): void {
    this.#calls.gotoEvent(event);
  }

  /** The run up to here as plain JSON, for {@link replay}. What was done to `world` itself is not in it. */
  recording(): Recording {
    const { steps, timeUs, isFinished } = this.#calls.position;
    return recordingOf(this.world, this.#calls.calls, { steps, timeUs, isFinished });
  }

  /** Does all of a recording. Used by {@link replay}, on a new emulator. */
  static replayed(recording: Recording, { log, timeTravel, ...parts }: ReplayOptions): Emulator {
    checkRecording(recording);
    const emulator = new Emulator({
      seed: recording.seed,
      log: log ?? recording.log,
      ...(timeTravel === undefined ? {} : { timeTravel }),
    });
    replayAll(recording, parts, nodeKinds, {
      fabric: emulator.#fabric,
      language: emulator.#language,
      run: emulator.#calls,
      node: (kind, call) => emulator.#addNode(kind, call),
      app: (application, call) => emulator.#addApp(application, call),
      command: (command, scope) => {
        const { isFinished } = emulator.#calls.position;
        emulator.#execute(command, scope);
        emulator.#given(command, scope, isFinished);
      },
    });
    return emulator;
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

/**
 * A new emulator that stands where a recorded one stood: same seed, same calls, same digest. Applications that were
 * written in TypeScript are made by `applications`. Throws an `Error` where one is missing, and where the run becomes
 * another one, for the code of an application has changed, say: it names the first event that differs.
 */
export function replay(recording: Recording, options: ReplayOptions = {}): Emulator {
  return Emulator.replayed(recording, options);
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
  Recording,
  Returned,
  SessionId,
  SessionView,
  Slow,
  SscListenRequest,
  WorldView,
} from './nodes/index.js';
export { NEVER, slowly } from './nodes/index.js';
export { BLOCK_BYTES, type Release, Status, type StatusCode, statusName } from './rmc-core/index.js';
