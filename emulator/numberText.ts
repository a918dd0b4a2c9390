/** Virtual time as `1.330 100` seconds: whole seconds, then thousandths, then microseconds. */
export function clockText(timeUs: number): string {
  const digits = String(timeUs % 1_000_000).padStart(6, '0');
  return `${Math.floor(timeUs / 1_000_000)}.${digits.slice(0, 3)} ${digits.slice(3)}`;
}

/** `0x00001a40` as people write it: `0x1a40`. */
export function addressText(address: number): string {
  return `0x${address.toString(16).padStart(4, '0')}`;
}
