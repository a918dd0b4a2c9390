import { describe, expect, it } from 'vitest';
import { compare } from './harness/compare.js';

/** Worlds of one test: 40 of them are 10,000. */
const WORLDS = 250;
const first = Number(process.env['RMC_EMU_SEED'] ?? 1_000);

describe('a second opinion on many random worlds', () => {
  it.each(Array.from({ length: 40 }, (_, part) => first + part))(
    'S17 S20 D7 D8 D9 D14 D16 D17 D24 D28 D30: worlds of seed %i are as the model says',
    (seed) => {
      expect(compare(seed, WORLDS).worlds).toBe(WORLDS);
    },
    600_000,
  );
});
