import { expect } from 'vitest';
import type { Release } from '../../../index.js';
import { type NodeKind, nodeKinds, type OwnershipRow, ownership } from '../../../nodes/index.js';
import { Stage } from './stage.js';

const RELEASES: readonly Release[] = ['R1.0.x', 'R1.1'];

export const keyOf = ({ step, when, role }: OwnershipRow): string => `${step} | ${when} | ${role}`;

const rows = ownership.flatMap((part) => part.rows);

const kindsOf = ({ only }: OwnershipRow): readonly NodeKind[] =>
  nodeKinds.filter(({ rmcIsProcess }) => only === undefined || (only === 'process') === rmcIsProcess);

/** Plays the rows of one part of the table, and knows which were. */
export function playing(part: string) {
  const played = new Set<string>();

  /** Plays the row of that key (`step | case | block`) on each kind and release that it names. */
  function play(key: string, scene: (stage: Stage) => void, also: (kind: NodeKind) => boolean = () => true) {
    const row = rows.find((each) => keyOf(each) === key);
    if (row === undefined) throw new Error(`the table has no row "${key}"`);
    played.add(key);
    for (const kind of kindsOf(row).filter(also)) {
      for (const release of row.release === undefined ? RELEASES : [row.release]) {
        const stage = new Stage(kind, release);
        scene(stage);
        stage.compare(row, `${key} on ${kind.title} ${release}`);
      }
    }
  }

  /** Every row of the part was played. */
  function allPlayed() {
    const keys = ownership.find(({ title }) => title === part)?.rows.map(keyOf) ?? [];
    expect([...played].sort()).toEqual([...new Set(keys)].sort());
  }

  return { play, allPlayed };
}
