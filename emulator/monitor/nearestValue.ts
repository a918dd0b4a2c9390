import { editDistance } from './nearest.js';

/** Words that people write for a unit, by how they begin. */
const SPELT_OUT: readonly (readonly [begins: RegExp, unit: string])[] = [
  [/^sec/i, 's'],
  [/^min/i, 'm'],
  [/^mic/i, 'us'],
  [/^[uµμ]/i, 'us'],
  [/^byte/i, 'B'],
];

/** The unit that was meant: spelt out, else the nearest of those that begin alike, else one that is an edit away. */
function nearestUnit(written: string, units: readonly string[]): string | undefined {
  const spelt = SPELT_OUT.find(([begins]) => begins.test(written))?.[1];
  if (spelt !== undefined && units.includes(spelt)) return spelt;
  const lower = written.toLowerCase();
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const unit of units) {
    if (unit === '') continue;
    const candidate = unit.toLowerCase();
    const alike = candidate[0] === lower[0];
    const distance = editDistance(lower, candidate);
    if ((alike || (distance === 1 && candidate.length > 1)) && distance < bestDistance) {
      best = unit;
      bestDistance = distance;
    }
  }
  return best;
}

const LONGEST = 40;

/** "10mss" → "10ms": a number with a unit as it was meant, or undefined. A number alone gets the unit `bare`. */
export function nearestScaled(text: string, units: Iterable<string>, bare: string): string | undefined {
  const parts = /^\s*(\d+)(?:[.,](\d+))?[\s_]*([A-Za-zµμ]*)[.\s/]*[A-Za-z]*\s*$/.exec(text);
  if (parts === null || text.length > LONGEST) return undefined;
  const [, whole, fraction, written] = parts;
  const known = [...units];
  const exact = written !== undefined && written !== '' && known.includes(written);
  const unit = exact ? written : written === '' ? bare : nearestUnit(written ?? '', known);
  if (unit === undefined) return undefined;
  return `${whole}${fraction === undefined ? '' : `.${fraction}`}${unit}`;
}

/** "5" → "5%", "0.5" → "50%", "150%" → "100%", or undefined. */
export function nearestProbability(text: string): string | undefined {
  const parts = /^\s*(\d{0,9}(?:[.,]\d{1,9})?)\s*(%?)[%a-z\s.]*$/i.exec(text);
  if (parts === null || parts[1] === '' || text.length > LONGEST) return undefined;
  const value = Number(parts[1]!.replace(',', '.'));
  if (Number.isNaN(value)) return undefined;
  const isShare = parts[2] === '' && value > 0 && value < 1;
  const percent = isShare ? value * 100 : value;
  return `${percent > 100 ? 100 : Number(percent.toFixed(6))}%`;
}
