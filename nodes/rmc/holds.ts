import type { MemorySpace } from '../../emulator/index.js';

/** D3: RMC's references go to the block that a session lies in, which may begin before the session does. */
export function holdBlock(space: MemorySpace, address: number): void {
  const block = space.blockAt(address);
  if (block !== undefined) space.hold(block.address);
}

/** `madeBy`: the event that made the block; under `hardware` another one may lie there by now (D29). */
export function letBlockGo(space: MemorySpace, address: number, madeBy: number): void {
  const block = space.blockAt(address);
  if (block !== undefined) space.letGo(block.address, madeBy);
}
