/** The number that stands at `at`, as the target's processors write it (D27). */
export function littleEndian(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = size - 1; index >= 0; index -= 1) value = value * 256 + bytes[at + index]!;
  return value;
}
