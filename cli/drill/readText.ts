import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { fileTrouble, NO_REGULAR_FILE } from './drillFiles.js';

/** No drill is longer, whatever its characters: what is larger is not read to its end. */
const MOST_BYTES = 4 * 1_048_576;
const CHUNK_BYTES = 65_536;

export type TextRead = { readonly text: string } | { readonly problem: string };

function boundedBytes(file: string): Buffer | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const read = readSync(descriptor, chunk);
      if (read === 0) return Buffer.concat(chunks);
      length += read;
      if (length > MOST_BYTES) return undefined;
      chunks.push(chunk.subarray(0, read));
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The text of a drill's file, or why it cannot be one. */
export function readDrillText(file: string): TextRead {
  try {
    const stats = statSync(file);
    if (!stats.isFile() && !stats.isDirectory()) return { problem: `${file} is ${NO_REGULAR_FILE}` };
    const bytes = boundedBytes(file);
    if (bytes === undefined) {
      return { problem: `the file is too large: it has more than ${MOST_BYTES} bytes, and no drill has` };
    }
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { problem: 'this is no text: it is not UTF-8' };
    return { problem: fileTrouble(file, error) };
  }
}
