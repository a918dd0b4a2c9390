import type { EventDeclaration, FieldDeclaration } from './events.js';

/** Why a process ended. */
export const exitReasons = ['stop', 'kill', 'crash', 'power'] as const;
export type ExitReason = (typeof exitReasons)[number];

/** Why a frame went no further. */
export const dropReasons = ['loss', 'cut', 'off', 'corrupt', 'mailbox', 'inject'] as const;
export type DropReason = (typeof dropReasons)[number];

/** What went wrong with memory (D27, D28). */
export const memoryErrorKinds = [
  'invalid-free',
  'double-free',
  'free-in-use',
  'use-after-free',
  'bad-placement',
  'out-of-bounds',
  'corrupted',
  'out-of-memory',
  'leak',
  'never-closed',
] as const;
export type MemoryErrorKind = (typeof memoryErrorKinds)[number];

/** Whose a block is: an application's, or RMC's own. */
export const ownerKinds = ['app', 'rmc'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

/** Where a block came from: the heap, or a pool of blocks at fixed addresses. */
export const allocators = ['heap', 'pool'] as const;
export type Allocator = (typeof allocators)[number];

const process: FieldDeclaration = { name: 'process', type: 'name', help: 'the process' };

const frame: readonly FieldDeclaration[] = [
  { name: 'frame', type: 'name', help: 'the type of the frame' },
  { name: 'from', type: 'name', help: 'the node that sent it' },
  { name: 'to', type: 'name', help: 'the node that it is for' },
];

const address: FieldDeclaration = { name: 'address', type: 'address', help: 'address of the block' };
const owner: FieldDeclaration = {
  name: 'owner',
  type: 'name',
  values: ownerKinds,
  help: 'whose the block is',
};

const NODES = 'the power of the nodes';
const PROCESSES = 'the process table';
const BUS = 'the bus';
const MEMORY = 'the memory checker';

/** The events of the world itself; nodes add theirs. */
export const worldEvents: readonly EventDeclaration[] = [
  {
    name: 'command',
    help: 'an operator or a drill changed the world',
    by: 'the prompt or the drill',
    common: [],
    fields: [{ name: 'text', type: 'text', help: 'the command, as it was given' }],
  },
  { name: 'node_down', help: 'the power of a node went off', by: NODES, common: ['node'], fields: [] },
  { name: 'node_up', help: 'a node is ready after power-on', by: NODES, common: ['node'], fields: [] },
  {
    name: 'process_start',
    help: 'a process started',
    by: PROCESSES,
    common: ['node', 'app'],
    fields: [process],
  },
  {
    name: 'process_exit',
    help: 'a process ended',
    by: PROCESSES,
    common: ['node', 'app'],
    fields: [{ name: 'reason', type: 'name', values: exitReasons, help: 'why it ended' }, process],
    rules: ['D20'],
  },
  {
    name: 'process_hang',
    help: 'a process stopped handling what comes for it',
    by: PROCESSES,
    common: ['node', 'app'],
    fields: [process],
    rules: ['D21'],
  },
  {
    name: 'process_resume',
    help: 'a hung process goes on',
    by: PROCESSES,
    common: ['node', 'app'],
    fields: [process],
    rules: ['D21'],
  },
  { name: 'frame_sent', help: 'a frame left its node', by: BUS, common: ['node', 'session'], fields: frame },
  {
    name: 'frame_delivered',
    help: 'a frame was handed to the process that it is for',
    by: BUS,
    common: ['node', 'app', 'session'],
    fields: frame,
  },
  {
    name: 'frame_dropped',
    help: 'a frame went no further',
    by: BUS,
    common: ['node', 'session'],
    fields: [...frame, { name: 'reason', type: 'name', values: dropReasons, help: 'why' }],
  },
  {
    name: 'alloc',
    help: 'a block of memory was taken',
    by: MEMORY,
    common: ['node', 'app'],
    fields: [
      address,
      { name: 'size', type: 'int', help: 'bytes' },
      owner,
      { name: 'allocator', type: 'name', values: allocators, help: 'where it came from' },
      { name: 'purpose', type: 'name', help: 'what it is for' },
    ],
    rules: ['D28'],
  },
  {
    name: 'free',
    help: 'a block of memory was given back',
    by: MEMORY,
    common: ['node', 'app'],
    fields: [address, owner],
    rules: ['D28'],
  },
  {
    name: 'memory_error',
    help: 'memory was used wrongly',
    by: MEMORY,
    common: ['node', 'app', 'session'],
    fields: [
      address,
      owner,
      { name: 'kind', type: 'name', values: memoryErrorKinds, help: 'what was wrong' },
      { name: 'made', type: 'int', help: 'the event that made the block' },
      { name: 'freed', type: 'int', help: 'the event that freed it, if it is freed' },
    ],
    rules: ['D27', 'D28', 'D29'],
  },
];
