import {
  addressText,
  clockText,
  type LoggedEvent,
  type MemoryErrorRecord,
  type ReportedBlock,
  type World,
} from '../../emulator/index.js';
import type { Fabric } from '../fabric.js';
import { fabricOf } from '../fabric.js';
import { meaningOf } from './memoryErrorKinds.js';

/**
 * A memory error as a good sanitizer tells it: what, where, by whom, the block's history, the rules, and what the
 * right code does. The first line stands for itself; the others are indented.
 */
export function memoryReport(world: World, error: MemoryErrorRecord): readonly string[] {
  const { meaning, rules, foundBy, right } = meaningOf(error.kind);
  const session = error.fields.get('session');
  const { block } = error;
  return [
    `memory error @${error.event}: ${error.kind} at ${addressText(error.address)}: ${meaning}`,
    row('where', `${placeText(error)}, in the memory of ${error.space}`),
    ...(session === undefined ? [] : [row('session', sessionText(fabricOf(world), String(session)))]),
    ...(foundBy === '' ? [] : [row('of', error.caller)]),
    row(foundBy === '' ? 'by' : 'found by', `${foundBy || error.caller}; ${momentText(world, error.event)}`),
    ...(block === null ? [] : historyRows(world, block)),
    row('rules', rules.join(' ')),
    row('right', `the right code ${right}`),
  ];
}

/** The report of a memory error by its event; empty for every other event. */
export function reportOfEvent(world: World, event: number): readonly string[] {
  const error = world.memory.errors.find((one) => one.event === event);
  return error === undefined ? [] : memoryReport(world, error);
}

const LABEL_WIDTH = 8;

const row = (label: string, text: string): string => `  ${label.padEnd(LABEL_WIDTH)} ${text}`;

function historyRows(world: World, block: ReportedBlock): readonly string[] {
  const holds = block.holds === 1 ? '1 reference' : `${block.holds} references`;
  return [
    row('made', momentText(world, block.madeBy)),
    ...(block.over === 0
      ? []
      : [row('over', `it was handed out on top of a block in use: ${momentText(world, block.over)}`)]),
    ...(block.before === null ? [] : [row('before', beforeText(world, block.before))]),
    ...(block.freedBy === 0 ? [] : [row('freed', momentText(world, block.freedBy))]),
    ...(block.holds === 0 ? [] : [row('held', `RMC has ${holds} to it (D3)`)]),
  ];
}

function beforeText(world: World, { madeBy, freedBy }: { madeBy: number; freedBy: number }): string {
  const freed = freedBy === 0 ? 'never freed' : `freed ${momentText(world, freedBy)}`;
  return `another block began here: made ${momentText(world, madeBy)}; ${freed}`;
}

/** `8 bytes into a live block of 128 bytes at 0x1080 (heap, app client)`. */
function placeText({ address, block }: MemoryErrorRecord): string {
  if (address === 0) return 'no address';
  if (block === null) return 'in no block';
  const { size, allocator, ownerName, live } = block;
  const what = `a ${live ? 'live' : 'freed'} block of ${size} bytes (${allocator}, of ${ownerName})`;
  const offset = address - block.address;
  if (offset === 0) return `the start of ${what}`;
  const at = `${what} at ${addressText(block.address)}`;
  return offset < size ? `byte ${offset} of ${at}` : `${offset - size} bytes past the end of ${at}`;
}

function sessionText(fabric: Fabric, name: string): string {
  const record = fabric.sessionNamed(name);
  return record === undefined ? name : `${name}, ${record.type} of ${fabric.app(record.app).name}`;
}

/** `event 40 at 0.000 412 s, from @39 free c`: an event, and what it came from. */
export function momentText(world: World, event: number): string {
  const read = eventAt(world, event);
  if (read === undefined) return `event ${event}, which is no longer in the log`;
  return `event ${event} at ${clockText(read.timeUs)} s${byText(world, read)}`;
}

function byText(world: World, { cause }: LoggedEvent): string {
  const text = causeText(world, cause);
  return text === '' ? '' : `, from @${cause} ${text}`;
}

/** A cause in a few words: the command's text, or the event and its session. */
export function causeText(world: World, cause: number): string {
  const read = eventAt(world, cause);
  if (read === undefined) return '';
  if (read.event === 'command') return String(read.fields.get('text'));
  return [read.event, read.fields.get('session') ?? read.fields.get('app')]
    .filter((word) => word !== undefined)
    .join(' ');
}

/** An event, if the log still has it. */
export function eventAt(world: World, event: number): LoggedEvent | undefined {
  return event >= Math.max(1, world.log.firstKept) && event <= world.log.count
    ? world.log.read(event)
    : undefined;
}
