import { addressText } from '../../emulator/index.js';
import { type OwnerLetter, type SessionView, table } from '../../nodes/index.js';

const legend: ReadonlyMap<OwnerLetter, string> = new Map([
  ['A', 'A: the application’s own block (S5)'],
  ['N', 'N: placed by the application in new_session (S7)'],
  ['R', 'R: RMC’s block; the application never frees it (S11, S13)'],
]);

const stateText = (session: SessionView): string => (session.lost ? `${session.state}, lost` : session.state);

const rowCells = (session: SessionView): readonly string[] => [
  `  ${session.name}`,
  session.type,
  stateText(session),
  `${session.owner} ${session.node} ${addressText(session.address)}`,
  session.placedBy,
  session.whoFrees,
  session.block,
];

const header: readonly string[] = [
  ...['  SESSION', 'TYPE', 'STATE', 'BLOCK', 'PLACED BY', 'WHO FREES IT, AND WHEN', 'NOW'],
];

/** Of each session: where its block lies, who placed it, who frees it and when, and whether that happened. */
export function memoryLines(sessions: readonly SessionView[]): readonly string[] {
  if (sessions.length === 0) return [];
  const letters = [...legend].filter(([letter]) => sessions.some(({ owner }) => owner === letter));
  return [
    '',
    'Whose memory the sessions are, and who frees it',
    ...table([header, ...sessions.map(rowCells)]),
    ...letters.map(([, text]) => `  ${text}`),
  ];
}
