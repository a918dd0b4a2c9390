import { blockFields, frameFields } from '../../rmc-core/index.js';
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

/** The session block and the frame header, as the code declares them. */
export const layoutSections = (): readonly string[] => [
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
