import {
  composeLanguage,
  DrillRun,
  DrillRunner,
  type Language,
  parseDrill,
  problemText,
  World,
} from '../../../emulator/index.js';
import { rmcExtensions } from '../../../nodes/index.js';
import { givenUp } from '../inbox.js';
import { type Disagreement, Judge } from '../judge.js';
import type { Opinion } from '../opinion.js';
import type { Picture } from '../picture.js';
import type { Seen } from '../seen.js';

const language: Language = composeLanguage(rmcExtensions);

const MOST_EVENTS = 6_000;

export interface Played {
  readonly lines: readonly string[];
  readonly events: readonly Seen[];
  readonly endUs: number;
  readonly digest: string;
  readonly disagreement: Disagreement | undefined;
  /** What the model believes at the end. */
  readonly picture: Picture;
  /** What was not judged, and why. */
  readonly excused: ReadonlyMap<string, number>;
  readonly countsAsked: number;
}

/** A world that is played line by line, and judged as it goes. */
export class Play {
  readonly world: World;
  readonly judge: Judge;
  readonly lines: string[] = [];
  readonly #runner: DrillRunner;
  #judged = 0;
  /** Ordered sessions whose counters were asked for. */
  countsAsked = 0;

  constructor(seed: number, opinion?: Opinion) {
    this.world = new World({ seed, extensions: rmcExtensions });
    this.#runner = new DrillRunner(this.world, undefined, language);
    this.judge = new Judge(opinion);
  }

  /** More than a world of this size is worth. */
  get isLong(): boolean {
    return this.world.log.count > MOST_EVENTS;
  }

  get isOver(): boolean {
    return this.judge.disagreement !== undefined;
  }

  /** A command of the monitor language; one that the world refuses leaves no trace. */
  command(line: string): void {
    if (this.isOver || this.isLong) return;
    const origin = { file: 'model', line: this.lines.length + 1, via: [] };
    const parsed = language.parseLine(line, origin, this.#runner.engine.scope);
    if (!('command' in parsed)) return;
    const executed = this.#runner.command(parsed.command);
    const isRefused = executed !== undefined && 'refused' in executed;
    if (!isRefused) this.lines.push(line);
    this.#take();
  }

  run(us: number): void {
    if (this.isOver || this.isLong || us === 0) return;
    this.lines.push(`run ${us}us`);
    const until = this.world.nowUs + us;
    while (this.world.stepWithin(until)) {
      this.#take();
      if (this.isOver || this.isLong) return;
    }
    this.world.runTo(until);
  }

  end(): Played {
    const { world, judge, lines } = this;
    const digest = world.log.digest();
    const counted = this.isOver ? undefined : this.#countsDiffer();
    if (!this.isOver) {
      this.#runner.engine.audit();
      this.#take();
    }
    const disagreement = judge.end(world.nowUs) ?? counted;
    return {
      lines,
      events: judge.picture.events,
      endUs: world.nowUs,
      digest,
      disagreement,
      picture: judge.picture,
      excused: judge.excused,
      countsAsked: this.countsAsked,
    };
  }

  /** D25: what was given up and what came late is counted, and a drill can ask for it. */
  #countsDiffer(): Disagreement | undefined {
    const { picture } = this.judge;
    for (const session of picture.allSessions) {
      const { name, ordered, inbox, received } = session;
      const missing = ordered ? givenUp(session, this.world.nowUs) : undefined;
      if (missing === undefined || picture.sessions.get(name) !== session) continue;
      const late = inbox.late + picture.opinion.lateBefore;
      const line = `expect delivered ${name} --count ${received} --given-up ${missing} --late ${late} --within 0us`;
      const said = this.#check(line);
      if (said === undefined) continue;
      this.countsAsked += 1;
      if (said !== '') return { rule: 'D25', event: picture.events.length, model: line, emulator: said };
    }
    return undefined;
  }

  /** What a check finds now: '' when it holds; undefined when it cannot be asked. */
  #check(line: string): string | undefined {
    const origin = { file: 'model', line: this.lines.length + 1, via: [] };
    const parsed = language.parseLine(line, origin, this.#runner.engine.scope);
    const executed = 'command' in parsed ? this.#runner.command(parsed.command) : undefined;
    if (executed === undefined || !('wait' in executed)) return undefined;
    const { wait } = executed;
    const verdict = wait.poll() === 'done' ? 'done' : wait.expire();
    return verdict === 'done' ? '' : verdict.message;
  }

  #take(): void {
    const { log } = this.world;
    for (; this.#judged < log.count; this.#judged += 1) {
      if (!this.judge.take(log.read(this.#judged + 1))) return;
    }
  }
}

/** Runs a drill's text as people run it, and gives its whole log. */
export function runText(text: string, seed: number): { events: Seen[]; endUs: number; digest: string } {
  const parsed = parseDrill(text, 'model.drill', language);
  if ('problems' in parsed) throw new Error(parsed.problems.map(problemText).join('\n'));
  const world = new World({ seed, extensions: rmcExtensions });
  const run = new DrillRun(world, parsed.drill, language);
  run.advance();
  const events: Seen[] = [];
  for (let number = 1; number <= world.log.count; number += 1) events.push(world.log.read(number));
  return { events, endUs: world.nowUs, digest: run.result().digest };
}

export const isText = (text: string): boolean => 'drill' in parseDrill(text, 'model.drill', language);

/** The commands of the monitor language that change the world, each with its options. */
export const changingCommands = (): string[] =>
  language.table.commands.flatMap(({ name, effect, options }) => {
    if (effect !== 'change') return [];
    const there = options.filter(({ kind }) => kind !== 'later');
    return [name, ...there.map((option) => `${name} --${option.name}`)];
  });
