// Runs the drills of docs/when.md, and reads from each world what its clients were told.
import { join } from 'node:path';
import { DrillRun, type LoggedEvent, type World } from '../../emulator/index.js';
import { type LedgerRow, type NodeKind, worldView } from '../../nodes/index.js';
import { language, newWorld, readDrill } from '../drill/engine.js';
import { drillOf, type Happening, WHEN_FOLDER } from './whenCases.js';

/** For so long the drills leave their idle clients idle. */
export const IDLE_US = 60_000_000;
const SAMPLE_US = 1_000_000;

/** One way in which an application was told. */
export interface Telling {
  /** `abort_session`, `io`, `send`. */
  readonly how: string;
  readonly rule: string;
  /** After the failure; of what a late IO told, after that `rmc_send`. */
  readonly afterUs: number;
}

/** What became of one client. */
export interface Observed {
  /** In the minute after the failure, in their order. */
  readonly tellings: readonly Telling[];
  /** The ledger's word on how it was told, or why it was not, with the rules of that. */
  readonly why: string;
  readonly rules: readonly string[];
  /** It was idle, and sent something a minute later: what told it then. */
  readonly late: Telling | undefined;
  /** The status of its last IO that completed; empty when none did. */
  readonly ioStatus: string;
}

/** What the clients of one drill were told, by the names of their applications. */
export type Run = (app: string) => Observed;

/** Runs the drill of a case; undefined where a node of the kind has no such thing. */
export function runOf(drillsFolder: string, happening: Happening, kind: NodeKind): Run | undefined {
  const name = drillOf(happening, kind);
  if (name === undefined) return undefined;
  const file = join(drillsFolder, WHEN_FOLDER, `${name}.drill`);
  const read = readDrill(file, new Map([['kind', kind.name]]));
  if ('problems' in read)
    throw new Error(read.problems.map(({ message }) => `${file}: ${message}`).join('\n'));
  const world = newWorld(1, 'kept');
  const ledger = playThrough(new DrillRun(world, read.drill, language), file);
  const events = eventsOf(world);
  return (app) => observed(app, ledger.get(app), events);
}

/** Plays a drill to its end. What the ledger said of each client, towards the end of the minute in which all are idle. */
function playThrough(run: DrillRun, file: string): ReadonlyMap<string, LedgerRow> {
  const { world } = run;
  const rows = new Map<string, LedgerRow>();
  let nextUs = SAMPLE_US;
  while (run.advance(1) === 'running') {
    if (world.nowUs < nextUs || world.nowUs >= IDLE_US) continue;
    nextUs = world.nowUs + SAMPLE_US;
    for (const row of worldView(world).ledger.flatMap((entry) => entry.rows)) rows.set(row.app, row);
  }
  const [failure] = run.result().failures;
  if (failure !== undefined) throw new Error(`${file}:${failure.line}: ${failure.message}`);
  return rows;
}

function eventsOf({ log }: World): readonly LoggedEvent[] {
  const wanted = new Set(['learned', 'rmc_send', 'io_done']);
  return Array.from({ length: log.count - log.firstKept + 1 }, (_, at) =>
    log.read(log.firstKept + at),
  ).filter(({ event }) => wanted.has(event));
}

function observed(app: string, row: LedgerRow | undefined, events: readonly LoggedEvent[]): Observed {
  if (row === undefined) throw new Error(`nothing failed for ${app}`);
  const own = events.filter(({ fields }) => fields.get('app') === app);
  const lateUs = own.filter(({ event }) => event === 'rmc_send').at(-1)?.timeUs ?? 0;
  const learned = own.filter(({ event }) => event === 'learned');
  const isLate = ({ timeUs }: LoggedEvent): boolean => timeUs >= IDLE_US;
  const late = learned.filter(isLate).map((one) => ({ ...telling(one), afterUs: one.timeUs - lateUs }));
  const lastDone = own.filter(({ event }) => event === 'io_done').at(-1);
  return {
    tellings: learned.filter((one) => !isLate(one)).map(telling),
    why: row.why,
    rules: row.rule.split(' '),
    late: late[0],
    ioStatus: String(lastDone?.fields.get('status') ?? ''),
  };
}

const telling = ({ fields }: LoggedEvent): Telling => ({
  how: String(fields.get('how')),
  rule: String(fields.get('rule')),
  afterUs: Number(fields.get('after_us')),
});
