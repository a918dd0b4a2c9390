import { type Disagreement, judgeLog } from '../judge.js';
import { type Opinion, ruleBook } from '../opinion.js';
import type { Seen } from '../seen.js';
import { isText, runText } from './play.js';

export interface Counterexample {
  readonly seed: number;
  readonly lines: readonly string[];
  readonly events: readonly Seen[];
  readonly disagreement: Disagreement;
}

/** The same words of the model, whatever the numbers and the names. */
const said = ({ rule, model }: Disagreement): string =>
  `${rule} ${model.split(' (since')[0]}`.replace(/0x[\da-f]+|@?[a-z]?\d\S*/g, '#');

const isAlike = (one: Disagreement, other: Disagreement): boolean => said(one) === said(other);

function tryLines(
  lines: readonly string[],
  seed: number,
  like: Disagreement,
  opinion: Opinion,
): Counterexample | undefined {
  const text = lines.join('\n');
  if (lines.length === 0 || !isText(text)) return undefined;
  const { events, endUs } = runText(text, seed);
  const disagreement = judgeLog(events, endUs, opinion);
  return disagreement !== undefined && isAlike(disagreement, like)
    ? { seed, lines, events, disagreement }
    : undefined;
}

/** Leaves out lines for as long as model and emulator still part by the same rule. */
export function shrink(
  lines: readonly string[],
  seed: number,
  like: Disagreement,
  opinion: Opinion = ruleBook,
): Counterexample | undefined {
  let best = tryLines(lines, seed, like, opinion);
  for (let size = Math.ceil(lines.length / 2); best !== undefined && size >= 1; ) {
    let isSmaller = false;
    for (let from = 0; from < best.lines.length; from += size) {
      const fewer: readonly string[] = [...best.lines.slice(0, from), ...best.lines.slice(from + size)];
      const next = tryLines(fewer, seed, like, opinion);
      if (next === undefined) continue;
      best = next;
      isSmaller = true;
      from -= size;
    }
    if (!isSmaller || size > 1) {
      if (size === 1) break;
      size = Math.ceil(size / 2);
    }
  }
  return best;
}
