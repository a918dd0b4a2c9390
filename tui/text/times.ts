/** A duration for a person, three digits or so: `100 us`, `5.2 ms`, `330 ms`, `2.3 s`. */
export function spanText(durationUs: number): string {
  if (durationUs < 1_000) return `${durationUs} us`;
  if (durationUs < 999_500)
    return `${durationUs < 100_000 ? rounded(durationUs / 1_000) : Math.round(durationUs / 1_000)} ms`;
  return `${rounded(durationUs / 1_000_000)} s`;
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
