/** Something that takes cells of one row of the diagram, at its time. */
export interface SequenceItem {
  readonly timeUs: number;
  /** Items of the same time stand in this order. */
  readonly order: number;
  /** The cells that it takes, both ends included. */
  readonly left: number;
  readonly right: number;
}

/** A row of the diagram: what stands in it, or how much time without anything it stands for. */
export interface SequenceRow<T extends SequenceItem> {
  readonly items: T[];
  /** More than 0: this row stands for a quiet stretch that is longer than its share. */
  readonly quietUs: number;
}

/** More empty rows than this in a row are drawn as one that says how long it is. */
export const QUIET_ROWS = 4;

/**
 * Gives every item its row, time downwards: `usPerRow` of virtual time a row, but long quiet stretches take one row,
 * and items that would cover each other take one row each.
 */
export function sequenceRows<T extends SequenceItem>(
  items: readonly T[],
  fromUs: number,
  toUs: number,
  usPerRow: number,
): SequenceRow<T>[] {
  const rows: SequenceRow<T>[] = [];
  // The scale counts from here: the last place where it was broken.
  let anchor = { timeUs: fromUs, row: 0 };
  let lastUs = fromUs;
  const rowOf = (timeUs: number): number => anchor.row + Math.floor((timeUs - anchor.timeUs) / usPerRow);
  const fillTo = (wanted: number, timeUs: number): void => {
    if (wanted - rows.length > QUIET_ROWS) {
      rows.push({ items: [], quietUs: timeUs - lastUs });
      anchor = { timeUs, row: rows.length };
    } else {
      while (rows.length < wanted) rows.push({ items: [], quietUs: 0 });
    }
  };
  for (const item of [...items].sort((a, b) => a.timeUs - b.timeUs || a.order - b.order)) {
    fillTo(rowOf(item.timeUs), item.timeUs);
    const last = rows[rows.length - 1];
    const isNewRow = last === undefined || rowOf(item.timeUs) >= rows.length;
    if (!isNewRow && !last.items.some((other) => covers(other, item))) {
      last.items.push(item);
    } else {
      if (!isNewRow) anchor = { timeUs: item.timeUs, row: rows.length };
      rows.push({ items: [item], quietUs: 0 });
    }
    lastUs = item.timeUs;
  }
  if (Number.isFinite(toUs) && toUs > lastUs) fillTo(rowOf(toUs), toUs);
  return rows;
}

function covers(a: SequenceItem, b: SequenceItem): boolean {
  return a.left <= b.right && b.left <= a.right;
}
