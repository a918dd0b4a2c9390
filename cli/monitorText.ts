import { printable } from './printable.js';

/** What was wrong with a line, as its answer: `error: line 3, column 7: …`; the line's number only from a pipe. */
export function errorLine(message: string, column: number | undefined, line: number | undefined): string {
  const places = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ];
  const place = places.length === 0 ? '' : `${places.join(', ')}: `;
  return `error: ${place}${printable(message)}`;
}
