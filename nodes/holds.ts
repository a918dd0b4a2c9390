import type { MemorySpace } from '../emulator/index.js';

/** D3: RMC's references go to the block that a session lies in, which may begin before the session does. */
export function holdBlock(space: MemorySpace, address: number): void {
  const block = space.blockAt(address);
  if (block !== undefined) space.hold(block.address);
}

export function letBlockGo(space: MemorySpace, address: number): void {
  const block = space.blockAt(address);
  if (block !== undefined) space.letGo(block.address);
}
