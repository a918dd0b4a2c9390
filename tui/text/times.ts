/** Virtual time as `1.330 100` seconds: whole seconds, then thousandths, then microseconds. */
export function clockText(timeUs: number): string {
  const seconds = Math.floor(timeUs / 1_000_000);
  const rest = String(timeUs - seconds * 1_000_000).padStart(6, '0');
  return `${seconds}.${rest.slice(0, 3)} ${rest.slice(3)}`;
}

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

/** An address as the monitor writes it. */
export function addressText(address: number): string {
  return `0x${address.toString(16).padStart(4, '0')}`;
}
