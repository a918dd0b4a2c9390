import type { PaneId } from '../layout.js';

/** What a pane is, in a few words: `traffic: …` is what one looks for who does not know its number. */
export const paneWords: Readonly<Record<PaneId, string>> = {
  nodes: 'kinds, processes, memory over time',
  bus: 'frames on their way, cuts',
  sessions: 'whose block, who frees it',
  ledger: 'who has learned of what failed',
  log: 'the events, with their causes',
  memory: 'the map of every memory',
  traffic: 'the frames as a table',
  sequence: 'the frames as a diagram, time downwards',
  plots: 'messages, pending IO, live blocks, detection times',
};
