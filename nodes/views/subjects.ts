import {
  addressText,
  type Block,
  Column,
  type MemorySpace,
  Refused,
  type Subject,
  timeText,
  type World,
} from '../../emulator/index.js';
import { BLOCK_BYTES, blockFields } from '../../rmc-core/index.js';
import { spaceNamed } from '../commands/memoryAccess.js';
import { type Fabric, fabricOf } from '../fabric.js';
import { littleEndian } from '../memory/littleEndian.js';
import { eventAt } from '../memory/memoryReport.js';
import type { SessionRecord } from '../records.js';
import { sessionView } from './sessionView.js';
import { toldOf } from './toldOf.js';

/** What `why` asks about: a session, a field of its block, a block in some memory, an application, a node. */
export function subjectOf(world: World, name: string, address: number | undefined): Subject | undefined {
  const fabric = fabricOf(world);
  if (address !== undefined) return blockSubject(world, name, address);
  const [session = '', place] = name.split('+');
  const record = fabric.sessionNamed(session);
  if (record !== undefined) return sessionSubject(fabric, record, place);
  if (fabric.findApp(name) !== undefined) return processSubject(fabric, name);
  return fabric.nodes.has(name) ? nodeSubject(fabric, name) : undefined;
}

function sessionSubject(fabric: Fabric, record: SessionRecord, place: string | undefined): Subject {
  const { world } = fabric;
  const view = sessionView(fabric, record);
  const space = fabric.node(record.node).spaceOf(fabric.app(record.app));
  const block = space?.blockAt(record.address);
  const isOwn = block?.madeBy === record.madeBy;
  const facts = [
    `its block: ${addressText(record.address)} on ${view.node}, ${view.block}, placed by ${view.placedBy}`,
    ...(space !== undefined && isOwn && block !== undefined
      ? historyOf(world, block)
      : [`made at @${record.madeBy}${timeOf(world, record.madeBy)}`]),
    ...(view.block === 'live' ? [`who frees it: ${view.whoFrees}`] : []),
    ...toldOf(world, record.name).map(({ text }) => text),
  ];
  const title = `${record.name}: ${record.type} session of ${view.app}, ${record.state}${record.lost ? ', lost' : ''}`;
  // What made it lost is asked for, not what it was before.
  const event = record.lost
    ? lossOf(world, record)
    : world.filter('session_state', [['session', record.name]]).previous();
  const field = place === undefined ? wholeBlock : fieldAt(place);
  const at = record.address + field.offset;
  return {
    title,
    // Of a field only the field is asked for.
    event: place === undefined ? event : 0,
    facts,
    bytes: {
      name: `${field.name} of ${record.name}`,
      session: record.name,
      read: (now) => bytesAt(fabricOf(now), record, at, field.size),
      changes: (before, after) => changedFields(field, before, after),
    },
  };
}

/** The event by which the session's own side went: its process, its RMC, or the power of its node; 0: none is known. */
function lossOf(world: World, record: SessionRecord): number {
  const { faults } = world;
  const behind = [
    faults.lastFaultOfProcess(record.process),
    faults.lastFaultOfProcess(record.rmcProcess),
    faults.state.power.get(record.node),
  ];
  return behind.reduce((last, fault) => Math.max(last, fault?.event ?? 0), 0);
}

/** `state 1 → 2, flags 0 → 512`: the fields in which two texts of the same bytes differ. */
function changedFields(part: Part, before: string | undefined, after: string | undefined): string {
  if (before === undefined || after === undefined) return '';
  const [one, other] = [before, after].map((text) => Uint8Array.from(text.split(','), Number)) as [
    Uint8Array,
    Uint8Array,
  ];
  const fields = part === wholeBlock ? blockFields : [{ name: '', offset: 0, size: part.size }];
  return fields
    .map(({ name, offset, size }) => ({
      name,
      was: littleEndian(one, offset, size),
      is: littleEndian(other, offset, size),
    }))
    .filter(({ was, is }) => was !== is)
    .map(({ name, was, is }) => `${name} ${was} → ${is}`.trimStart())
    .join(', ');
}

interface Part {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

const wholeBlock: Part = Object.freeze({ name: 'the block', offset: 0, size: BLOCK_BYTES });

/** A field by its name, or by an offset that lies in it. */
function fieldAt(place: string): Part {
  const offset = Number(place);
  const found = blockFields.find(
    (field) => field.name === place || (offset >= field.offset && offset < field.offset + field.size),
  );
  if (found !== undefined) return { ...found, name: `field ${found.name}` };
  if (offset >= 0 && offset < BLOCK_BYTES) return { name: `byte ${offset}`, offset, size: 1 };
  const names = blockFields.map((field) => field.name).join(', ');
  throw new Refused(
    `a session block has no field ${place}: it has ${names}, or an offset below ${BLOCK_BYTES}`,
  );
}

/** The bytes as text, for comparison; undefined while that memory is not there. */
function bytesAt(fabric: Fabric, record: SessionRecord, at: number, size: number): string | undefined {
  // Looked at from long before, neither the application nor its node may be there yet.
  const app = fabric.apps[record.app];
  const space = app === undefined ? undefined : fabric.nodesByIndex[record.node]?.spaceOf(app);
  return space?.contains(at, size) ? textOf(space, at, size) : undefined;
}

const textOf = (space: MemorySpace, at: number, size: number): string =>
  space.bytes.subarray(at - space.base, at - space.base + size).join();

function blockSubject(world: World, name: string, address: number): Subject {
  const { space } = spaceNamed(world, name);
  if (!space.contains(address, 1))
    throw new Refused(`${addressText(address)} is outside of the memory of ${name}`);
  const block = space.blockAt(address);
  if (block === undefined) {
    const title = `${addressText(address)} in the memory of ${name}: no block is here`;
    return { title, event: 0, facts: formerly(world, name, address) };
  }
  const owner = space.ownerState(block.owner).name;
  return {
    title: `${addressText(block.address)}, ${block.size} bytes in the memory of ${name}: a ${block.live ? 'live' : 'freed'} block of ${owner}`,
    event: block.live ? block.madeBy : block.freedBy,
    facts: historyOf(world, block),
    bytes: { name: 'the block', read: () => textOf(space, block.address, block.size) },
  };
}

/** Sessions that lay there in an earlier life of that memory. */
function formerly(world: World, name: string, address: number): readonly string[] {
  const fabric = fabricOf(world);
  return [...fabric.sessions.values()]
    .filter(
      (record) =>
        (fabric.app(record.app).name === name || fabric.node(record.node).state.name === name) &&
        address >= record.address &&
        address < record.address + BLOCK_BYTES,
    )
    .map((record) => {
      const event = lossOf(world, record);
      const gone = event === 0 ? '' : `; gone with @${event}${timeOf(world, event)}`;
      return `${record.name} lay here, made at @${record.madeBy}${timeOf(world, record.madeBy)}${gone}`;
    });
}

function historyOf(world: World, block: Readonly<Block>): readonly string[] {
  const made = `made at @${block.madeBy}${timeOf(world, block.madeBy)}`;
  return [block.freedBy === 0 ? made : `${made}, freed at @${block.freedBy}${timeOf(world, block.freedBy)}`];
}

function timeOf(world: World, event: number): string {
  const read = eventAt(world, event);
  return read === undefined ? '' : ` (${timeText(read.timeUs)})`;
}

function processSubject(fabric: Fabric, name: string): Subject {
  const { world } = fabric;
  const app = fabric.appNamed(name);
  const state = app.process === 0 ? 'not started yet' : world.processes.get(app.process).state;
  return {
    title: `${name}: an application on ${fabric.node(app.node).state.name}, ${state}`,
    event: lastOf(world, PROCESS_EVENTS, 'app', name),
    facts: [],
  };
}

function nodeSubject(fabric: Fabric, name: string): Subject {
  const { world } = fabric;
  const { state, kind } = fabric.nodeNamed(name);
  const { power, sinceUs } = world.nodes.get(state.index);
  return {
    title: `${name}: an ${kind.title} of ${state.release}, ${power} since ${timeText(sinceUs)}`,
    event: lastOf(world, [...POWER_EVENTS, ...PROCESS_EVENTS], 'node', name),
    facts: [],
  };
}

const POWER_EVENTS = ['node_down', 'node_up'] as const;
const PROCESS_EVENTS = ['process_start', 'process_exit', 'process_hang', 'process_resume'] as const;

/** The last event of any of these kinds with that value, 0: none that is still in the log. */
function lastOf(world: World, events: readonly string[], field: string, value: string): number {
  const filter = world.filter('', [[field, value]]);
  const types = events.map((event) => world.eventType(event));
  let at = filter.previous();
  while (at > 0 && !types.includes(world.log.value(at, Column.type))) at = filter.previous(at);
  return at;
}
