import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BenchOptions, BenchResult } from './result.js';
import { secondsBelow } from './ui/profile.js';
import { PtyProgram, type Size } from './ui/ptyProgram.js';

// The terminal UI at full load, seen from outside: the built command in a pseudo-terminal, a drill that never ends, the
// fastest speed. What drawing costs says a CPU profile that Node.js takes of the process.

const SECONDS = 20;
const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
];
/** Between two keys whose answers are timed: no divisor of the UI's own beat. */
const KEY_EVERY_MS = 337;
/** A profile of longer runs says no more. */
const PROFILE_SECONDS = 8;

/** An SSC sends to an EEE without end, and both beat. */
const DRILL = `node a ssc
node b eee
app client --on a
app server --on b
rmc_listen server 9 --as s
rmc_open client b:9 --as c
expect session c OPEN --within 1s
rmc_send c hello --count 100000000
run 100000s
`;

const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));

/** What the process does: drawing, reading the log for the panes, the world itself, and nothing. */
const spots = [
  { name: 'draw', file: 'tui/startUi.js' },
  { name: 'read', file: 'tui/run/play.js' },
  { name: 'play', file: 'tui/run/timelineSource.js' },
  { name: '(idle)', file: '' },
];

/** Keys of the panes that read the log, and what their titles begin with. */
const panes = [
  ['7', 'TRAFFIC'],
  ['8', 'SEQUENCE'],
  ['9', 'PLOTS'],
  ['6', 'MEMORY'],
  ['5', 'LOG'],
] as const;
/** The last part of the time the panes are looked at, one after the other; before that the log. */
const PANES_FROM = 0.5;

/** One moment of the run. */
interface Sample {
  readonly atMs: number;
  readonly frames: number;
  readonly bytes: number;
  readonly events: number;
  readonly residentBytes: number;
  readonly cpuSeconds: number;
}

const nameOf = ({ columns, rows }: Size): string => `${columns}x${rows}`;
const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);
const max = (values: readonly number[]): number => values.reduce((most, one) => Math.max(most, one), 0);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);

function eventsShown(text: string): number {
  return Number(/ event (\d+)/.exec(text)?.[1] ?? 0);
}

function sampleOf(program: PtyProgram): Sample {
  const { frames, bytes, text, residentBytes, cpuSeconds } = program;
  return { atMs: performance.now(), frames, bytes, events: eventsShown(text), residentBytes, cpuSeconds };
}

/** Milliseconds until the key that changes the unit of a step is answered on the screen. */
async function keyAnswerMs(program: PtyProgram): Promise<number> {
  const units = ['event', 'frame', 'callback'];
  const shown = (): string => / the previous (\w+)/.exec(program.text)?.[1] ?? 'event';
  const wanted = units[(units.indexOf(shown()) + 1) % units.length];
  const fromMs = performance.now();
  program.send('u');
  await program.until(() => shown() === wanted, 5_000);
  return performance.now() - fromMs;
}

/** Milliseconds until a pane that has just been turned to is on the screen: it reads the log first. */
async function paneAnswerMs(program: PtyProgram, at: number): Promise<number> {
  const [key, title] = panes[at % panes.length] ?? ['5', 'LOG'];
  const fromMs = performance.now();
  program.send(key);
  await program.until(() => program.text.includes(`▸${title}`), 5_000);
  return performance.now() - fromMs;
}

interface Load {
  readonly samples: readonly Sample[];
  readonly answersMs: readonly number[];
  readonly panesMs: readonly number[];
  /** From the first sample to the last, as the profile counts time. */
  readonly fromUs: number;
  readonly toUs: number;
  /** The run stood still before the time was over. */
  readonly stoppedBy: string;
}

/** Runs at full speed for so long, or until the run stops by itself. */
async function load(program: PtyProgram, seconds: number): Promise<Load> {
  program.send('+++++++ ');
  await program.until(() => program.text.includes('RUN'));
  const fromUs = nowUs();
  let toUs = fromUs;
  const samples = [sampleOf(program)];
  const answersMs: number[] = [];
  const panesMs: number[] = [];
  const begin = performance.now();
  const end = performance.now() + 1_000 * seconds;
  while (performance.now() < end) {
    await sleep(KEY_EVERY_MS);
    if (!program.text.includes('RUN')) break;
    if (performance.now() - begin > 1_000 * PANES_FROM * seconds)
      panesMs.push(await paneAnswerMs(program, panesMs.length));
    else answersMs.push(await keyAnswerMs(program));
    samples.push(sampleOf(program));
    toUs = nowUs();
  }
  const stopped = /^:(.*reached.*)$/m.exec(program.text)?.[1] ?? '';
  return {
    samples,
    answersMs,
    panesMs,
    fromUs,
    toUs,
    stoppedBy: program.text.includes('RUN') ? '' : stopped || 'something',
  };
}

/** Memory in the last quarter of the run by that in the quarter before: 1 is flat. */
function growth(samples: readonly Sample[]): number {
  const quarter = Math.floor(samples.length / 4);
  const meanOf = (part: readonly Sample[]): number => mean(part.map((one) => one.residentBytes));
  return meanOf(samples.slice(-quarter)) / meanOf(samples.slice(-2 * quarter, -quarter));
}

/** What keys cost while the run stands: bytes that go to the terminal, as an ssh connection has to carry them. */
async function paused(program: PtyProgram, of: string): Promise<readonly BenchResult[]> {
  program.send(' 5');
  await program.until(() => !program.text.includes('RUN') && program.text.includes('▸LOG'));
  const bytesOf = async (keys: string): Promise<number> => {
    const before = program.bytes;
    program.send(keys);
    await sleep(300);
    return program.bytes - before;
  };
  const cpuBefore = program.cpuSeconds;
  await sleep(2_000);
  const idle = (program.cpuSeconds - cpuBefore) / 2;
  await bytesOf('3');
  const moving = await bytesOf('j');
  const typing = (await bytesOf(':power')) / 6;
  await bytesOf('\x1b');
  const all = await bytesOf('\f');
  return [
    { name: `${of}, paused: CPU`, value: 100 * idle, unit: '% of a core', target: { atMost: 2 } },
    { name: `${of}, paused: a key that moves`, value: moving, unit: 'bytes' },
    { name: `${of}, paused: a letter in the prompt`, value: typing, unit: 'bytes' },
    { name: `${of}, paused: all drawn anew`, value: all, unit: 'bytes' },
    {
      name: `${of}: questions that the terminal has to answer`,
      value: program.questions,
      unit: 'questions',
      target: { atMost: 0 },
    },
  ];
}

function loadResults(
  { samples, answersMs, panesMs }: Load,
  of: string,
  seconds: number,
): readonly BenchResult[] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return [];
  const ran = (last.atMs - first.atMs) / 1_000;
  const perSecond = (part: (one: Sample) => number): number => (part(last) - part(first)) / ran;
  const events = last.events - first.events;
  return [
    { name: `${of}: runs on`, value: ran, unit: 's', target: { atLeast: 0.95 * seconds } },
    { name: `${of}: events`, value: events / ran, unit: 'events/s' },
    {
      name: `${of}: frames`,
      value: perSecond((one) => one.frames),
      unit: 'frames/s',
      target: { atLeast: 20 },
    },
    {
      name: `${of}: to the terminal`,
      value: perSecond((one) => one.bytes) / 1_000,
      unit: 'KB/s',
      target: { atMost: 200 },
    },
    {
      name: `${of}: a frame`,
      value: (last.bytes - first.bytes) / (last.frames - first.frames),
      unit: 'bytes',
    },
    { name: `${of}: longest answer to a key`, value: max(answersMs), unit: 'ms', target: { atMost: 50 } },
    // A run that stops early never comes to them.
    ...panesMs.slice(0, 1).map(() => ({
      name: `${of}: longest answer to the key of a pane`,
      value: max(panesMs),
      unit: 'ms',
      target: { atMost: 50 },
    })),
    { name: `${of}: mean answer to a key`, value: mean(answersMs), unit: 'ms' },
    { name: `${of}: memory at the end`, value: last.residentBytes / 1e6, unit: 'MB' },
    {
      name: `${of}: memory, last quarter by the one before`,
      value: growth(samples),
      unit: '',
      target: { atMost: 1.05 },
    },
    {
      name: `${of}: memory an event`,
      value: (last.residentBytes - first.residentBytes) / events,
      unit: 'bytes',
    },
  ];
}

/**
 * What the parts cost. The profile's samples go by the clock on the wall, so that they also count when something else has
 * the core; what they say of each part's share is laid over the CPU time that the process really had.
 */
function costResults(load: Load, profile: string, of: string): readonly BenchResult[] {
  const [first, last] = [load.samples[0], load.samples.at(-1)];
  if (first === undefined || last === undefined) return [];
  const wall = (last.atMs - first.atMs) / 1_000;
  const cpu = last.cpuSeconds - first.cpuSeconds;
  const below = secondsBelow(profile, spots, load.fromUs, load.toUs);
  const busy = (load.toUs - load.fromUs) / 1e6 - (below[3] ?? 0);
  const [drawing = 0, reading = 0, world = 0] = below.map((seconds) => (cpu * seconds) / busy);
  const unit = '% of a core';
  const events = last.events - first.events;
  return [
    { name: `${of}: drawing`, value: (100 * drawing) / wall, unit, target: { atMost: 40 } },
    { name: `${of}: reading the log for the panes`, value: (100 * reading) / wall, unit },
    { name: `${of}: the world`, value: (100 * world) / wall, unit },
    { name: `${of}: all`, value: (100 * cpu) / wall, unit },
    {
      name: `${of}: drawing a frame`,
      value: (1_000 * drawing) / (last.frames - first.frames),
      unit: 'CPU ms',
    },
    { name: `${of}: reading an event`, value: (1e6 * reading) / events, unit: 'CPU us' },
    { name: `${of}: making an event`, value: (1e6 * world) / events, unit: 'CPU us' },
  ];
}

interface Starting {
  readonly size: Size;
  readonly folder: string;
  /** Options of Node.js. */
  readonly argv?: readonly string[];
}

/** Starts the UI on the drill. */
async function started({ size, folder, argv = [] }: Starting): Promise<PtyProgram> {
  const drill = join(folder, 'load.drill');
  writeFileSync(drill, DRILL);
  const environment = { XDG_STATE_HOME: folder, XDG_CONFIG_HOME: folder };
  const program = new PtyProgram([...argv, MAIN, 'ui', drill], size, environment);
  if (await program.until(() => program.text.includes('Space run'))) return program;
  program.kill();
  throw new Error(`no screen came; status ${program.status}: ${program.text}`);
}

/** What can be seen from outside: how fast, how much, how large. */
async function seen(size: Size, seconds: number, folder: string): Promise<readonly BenchResult[]> {
  const of = nameOf(size);
  const startedMs = performance.now();
  const program = await started({ size, folder });
  try {
    const firstMs = performance.now() - startedMs;
    const loaded = await load(program, seconds);
    if (loaded.stoppedBy !== '') process.stderr.write(`bench: ${of} stopped: ${loaded.stoppedBy}\n`);
    return [
      { name: `${of}: the first screen after`, value: firstMs, unit: 'ms' },
      ...loadResults(loaded, of, seconds),
      ...(await paused(program, of)),
    ];
  } finally {
    program.kill();
  }
}

/** What the parts cost, in a run of its own: a profile makes the process slower, and its answers late. */
async function costs(size: Size, seconds: number, folder: string): Promise<readonly BenchResult[]> {
  const of = nameOf(size);
  const profiles = join(folder, of);
  mkdirSync(profiles);
  const argv = ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const program = await started({ size, folder, argv });
  try {
    const loaded = await load(program, Math.min(seconds, PROFILE_SECONDS));
    program.send(' q');
    await program.until(() => program.status !== undefined);
    const file = readdirSync(profiles)[0];
    if (file === undefined) throw new Error(`no CPU profile came: status ${program.status}`);
    return costResults(loaded, join(profiles, file), of);
  } finally {
    program.kill();
  }
}

/** Each size for so many seconds. */
export async function run({ seconds = SECONDS }: BenchOptions): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-emu-bench-'));
  try {
    const results: BenchResult[] = [];
    for (const size of SIZES) {
      results.push(...(await seen(size, seconds, folder)), ...(await costs(size, seconds, folder)));
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
