import { describe, expect, it } from 'vitest';
import { actions } from '../../rmc-core/actions.js';
import { compileTables, stateTables } from '../../rmc-core/engine.js';
import { SessionState, Status } from '../../rmc-core/index.js';
import { sessionStateNames } from '../../rmc-core/names.js';
import { cellOf, eventNames } from '../../rmc-core/tables/table.js';

describe('the compiled tables', () => {
  it('S1 D13 say what the written ones say: one program a cell, in the order of type, state and event', () => {
    const written = stateTables.flatMap(({ table }) =>
      sessionStateNames.flatMap((state) =>
        eventNames.flatMap((event) => {
          const cell = cellOf(table, state, event);
          if (cell === undefined) return [];
          return [
            {
              next: cell.next === undefined ? 0 : SessionState[cell.next],
              status: cell.returns === undefined ? -1 : Status[cell.returns],
              first: (cell.first ?? []).map((name) => actions.get(name)),
              run: cell.actions.map((name) => actions.get(name)),
            },
          ];
        }),
      ),
    );
    const compiled = compileTables(actions).filter((program) => program !== undefined);
    expect(compiled.length).toBeGreaterThan(60);
    expect(compiled).toEqual(written);
  });
});
