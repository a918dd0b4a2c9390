import type { World } from '../../emulator/index.js';
import { outlookText, spanText } from './text.js';
import { worldView } from './worldView.js';

/** What the application of a session was told of each failure that it has to do with, or why it was not. */
export function toldOf(
  world: World,
  session: string,
): readonly { readonly rule: string; readonly text: string }[] {
  return worldView(world).ledger.flatMap(({ about, what, event, rows }) =>
    rows
      .filter((row) => row.session === session)
      .map((row) => {
        const { told, how, rule, afterUs, why } = row;
        const whether = told
          ? `it was told by ${how} after ${spanText(afterUs)}`
          : `it was not told (${outlookText(row)})`;
        return { rule, text: `of ${about} (${what}, @${event}) ${whether}: ${why} (${rule})` };
      }),
  );
}
