import { type Answer, type LoggedEvent, type Timeline, usageOf } from '../../emulator/index.js';
import {
  type BlockDetail,
  blockDetail,
  type FlipBy,
  memoryMap,
  OtherRun,
  type SpaceView,
  type WorldView,
  worldView,
} from '../../nodes/index.js';
import type {
  CommandForm,
  CommandResult,
  CompletionResult,
  Horizon,
  OtherSource,
  RunStatus,
  UiSource,
} from './source.js';

/** What has a timeline; the world beside a session gets another one when the session takes another way. */
export interface TimelineHolder {
  readonly timeline: Timeline;
}

/** Stands for an event that the log has let go of. */
const FORGOTTEN: LoggedEvent = { number: 0, timeUs: 0, cause: 0, event: 'forgotten', fields: new Map() };

/** The run of a Timeline, as the UI reads it, and a prompt on it whose `continue` is paced: the UI plays it. */
export class TimelineSource implements UiSource {
  readonly #run: TimelineHolder;
  readonly #line: (text: string) => Answer;
  readonly #drill: string;

  constructor(run: TimelineHolder, line: (text: string) => Answer, drill: string) {
    this.#run = run;
    this.#line = line;
    this.#drill = drill;
  }

  get #timeline(): Timeline {
    return this.#run.timeline;
  }

  status(): RunStatus {
    const { world, mode, checks, failures, limit, session, state } = this.#timeline;
    const first = failures[0];
    return {
      drill: this.#drill,
      seed: world.seed,
      mode,
      nowUs: world.nowUs,
      checksPassed: checks.passed,
      checksTotal: checks.total,
      failure: limitText(limit) ?? (first === undefined ? '' : failureText(first)),
      ended: session.drill !== undefined && state !== 'running',
    };
  }

  memory(): readonly SpaceView[] {
    return memoryMap(this.#timeline.world);
  }

  block(space: string, address: number): BlockDetail | undefined {
    return blockDetail(this.#timeline.world, space, address);
  }

  failureLines(): readonly string[] {
    return this.#timeline.failures.flatMap(({ place, command, message }) => [
      `${place.file}:${place.line}: ${command}`,
      ...message.split('\n').map((text) => `  ${text}`),
    ]);
  }

  view(): WorldView {
    return worldView(this.#timeline.world);
  }

  horizon(): Horizon {
    const { horizonUs, lastEvent, branchName } = this.#timeline;
    return { timeUs: horizonUs, events: lastEvent, branch: branchName };
  }

  sharedWith(branch: string): number {
    return this.#timeline.sharedWith(branch);
  }

  eventCount(): number {
    return this.#timeline.world.log.count;
  }

  firstEvent(): number {
    return this.#timeline.world.log.firstKept;
  }

  event(number: number): LoggedEvent {
    const { log } = this.#timeline.world;
    return number < log.firstKept ? { ...FORGOTTEN, number } : log.read(number);
  }

  eventName(number: number): string {
    const { log } = this.#timeline.world;
    return number < log.firstKept ? FORGOTTEN.event : log.nameOf(number);
  }

  explain(number: number): readonly string[] {
    const { world } = this.#timeline;
    return world.extensions.flatMap((extension) => extension.explain?.(world, number) ?? []);
  }

  play(untilUs: number, steps: number): 'there' | 'more' | 'end' {
    const wasRunning = this.#timeline.state === 'running';
    for (let step = 0; step < steps; step++) {
      const moved = this.#timeline.move(untilUs);
      if (wasRunning && this.#timeline.state !== 'running') return 'end';
      if (moved === 'moved') continue;
      return untilUs === Number.POSITIVE_INFINITY || this.#timeline.limit !== undefined ? 'end' : 'there';
    }
    return 'more';
  }

  pause(): void {
    this.#timeline.isRunning = false;
  }

  command(text: string): CommandResult {
    const answer = this.#line(text);
    const { lines, problem, problems } = answer;
    if (answer.isOpen === true) return { lines, isOpen: true };
    const first = problems?.[0];
    if (first !== undefined) {
      const { column, length, message, expected, nearest } = first;
      const wanted = expected === undefined ? '' : `; expected ${expected}`;
      const near = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
      return { lines, problem: { column, length, message: `${message}${wanted}${near}` } };
    }
    return problem === undefined ? { lines } : { lines, problem: { column: 0, length: 0, message: problem } };
  }

  isOpen(): boolean {
    return this.#timeline.prompt.isOpen;
  }

  abandon(): boolean {
    return this.#timeline.prompt.abandon();
  }

  complete(text: string, cursor: number): CompletionResult {
    const { session, scope } = this.#timeline;
    const { from, candidates, usage } = session.language.complete(text, cursor, scope);
    return { start: from, candidates: candidates.map((candidate) => candidate.text), usage: usage ?? '' };
  }

  commandForms(): readonly CommandForm[] {
    const { commands } = this.#timeline.session.language;
    return commands.map((command) => {
      const { name, help, words, options } = command;
      const [first, ...rest] = words;
      const others = [...rest, ...options].flatMap((spec) => ('type' in spec ? (spec.type.words ?? []) : []));
      return { name, usage: usageOf(command), help, choices: first?.type.words ?? [], others };
    });
  }

  beside(by: FlipBy): OtherSource {
    const other = new OtherRun(this.#timeline, by);
    const { title, nodes } = other;
    return {
      title,
      nodes,
      source: new TimelineSource(other, () => ({ lines: [] }), this.#drill),
      get restarts() {
        return other.restarts;
      },
      follow: () => other.follow(),
      differences: () => other.differences(),
      refused: () => other.refused(),
    };
  }
}

/** What stopped the world, without the hint at an option that this command has not. */
function limitText(limit: string | undefined): string | undefined {
  return limit === undefined
    ? undefined
    : `${limit.replace(/ \(--log .*\)$/, '')}; from here it goes only back`;
}

/** `line 31: expected learned --app old: none came …`; the command stands there where the message does not name it. */
function failureText(failure: Timeline['failures'][number]): string {
  const { place, command, message } = failure;
  const text = message.split('\n')[0] ?? '';
  const what = text.startsWith('expected ') ? text : `${command}: ${text}`;
  return place.line > 0 ? `line ${place.line}: ${what}` : what;
}
