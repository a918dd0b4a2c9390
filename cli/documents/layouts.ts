import { blockFields, frameFields, printTable, stateTables } from '../../rmc-core/index.js';
import { markdownTable } from './markdown.js';

interface LaidOut {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly help: string;
}

const fieldTable = (fields: readonly LaidOut[]): readonly string[] =>
  markdownTable(
    ['offset', 'bytes', 'field', 'what it holds'],
    fields.map(({ name, offset, size, help }) => [String(offset), String(size), `\`${name}\``, help]),
  );

/** The state machines, the session block and the frame header, as the code declares them. */
export const layoutSections = (): readonly string[] => [
  '',
  '## State tables',
  '',
  'A line an entry: state, event, next state, actions, and what the call returns. What has no entry is not allowed or',
  'comes to nothing.',
  ...stateTables.flatMap(({ type, table }) => ['', '```text', printTable(type, table), '```']),
  '',
  '## The session block',
  '',
  'In emulated memory, little-endian (D27).',
  '',
  ...fieldTable(blockFields),
  '',
  '## The header of a frame',
  '',
  'Little-endian; the payload follows it.',
  '',
  ...fieldTable(frameFields),
];
