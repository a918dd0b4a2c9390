/** Words longer than this are not compared: nobody meant them as a name. */
const LONGEST_COMPARED = 64;

/** Edits (insert, delete, replace, swap two neighbours) from one word to another. */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last: number[] = [];
  for (let column = 0; column <= to.length; column += 1) last.push(column);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, beforeLast[column - 2]! + 1);
      next.push(cost);
    }
    beforeLast = last;
    last = next;
  }
  return last[to.length]!;
}

/**
 * The right word nearest to `word`, the first of equals, or undefined when none is near: more than a third of the
 * word (at least 2 edits) would have to change, and it is not the beginning of one.
 */
export function nearestWord(word: string, right: Iterable<string>): string | undefined {
  if (word === '' || word.length > LONGEST_COMPARED) return undefined;
  const lower = word.toLowerCase();
  const most = Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of right) {
    if (candidate.length > LONGEST_COMPARED) continue;
    const begins = word.length >= 2 && candidate.toLowerCase().startsWith(lower);
    // Typed too little is likelier than typed wrong.
    const distance = begins ? 0.5 : editDistance(lower, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return bestDistance <= most && bestDistance < word.length ? best : undefined;
}
