import type { ExtraArg } from '../monitor/command.js';
import { quoteWord } from '../monitor/words.js';

/** `--<field> <value>` arguments as conditions of an event filter. */
export const conditionsOf = (extra: readonly ExtraArg<string>[]): readonly (readonly [string, string])[] =>
  extra.map(({ name, value }) => [name, value] as const);

/** "abort_session --app client". */
export const wantedText = (event: string, extra: readonly ExtraArg<string>[]): string =>
  [event, ...extra.map(({ name, value }) => `--${name} ${quoteWord(value)}`)].join(' ');
