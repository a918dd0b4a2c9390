import type { ExtraArg } from '../monitor/command.js';
import { quoteWord } from '../monitor/words.js';

/** `--<field> <value>` arguments as conditions of an event filter. */
export const conditionsOf = (extra: readonly ExtraArg<string>[]): readonly (readonly [string, string])[] =>
  extra.map(({ name, value }) => [name, value] as const);

/** "abort_session --app client". */
export const wantedText = (event: string, extra: readonly ExtraArg<string>[]): string =>
  [event, ...extra.map(({ name, value }) => `--${name} ${quoteWord(value)}`)].join(' ');

/** Whether a line looks at what only the end of a drill shows: memory errors of these kinds. */
export function asksForAudit(event: unknown, extra: unknown): boolean {
  if (event !== 'memory_error' || !Array.isArray(extra)) return false;
  return conditionsOf(extra).some(
    ([field, value]) => field === 'kind' && (value === 'leak' || value === 'never-closed'),
  );
}
