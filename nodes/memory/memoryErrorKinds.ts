import type { MemoryErrorKind } from '../../emulator/index.js';

/** What there is to say about a kind of memory error, whichever block it meets. */
export interface MemoryErrorMeaning {
  readonly kind: MemoryErrorKind;
  /** The rules that it rests on. */
  readonly rules: readonly string[];
  /** What is wrong, in one clause. */
  readonly meaning: string;
  /** The mistake that people really make. */
  readonly mistake: string;
  /** Who finds it, where that is not the one who did it; '' where it is. */
  readonly foundBy: string;
  /** What the right code does. */
  readonly right: string;
}

/** Every kind of memory error, in the order of D28: reports and the reference page are made from it. */
export const memoryErrorMeanings: readonly MemoryErrorMeaning[] = Object.freeze([
  {
    kind: 'invalid-free',
    rules: ['S11', 'S13', 'D28'],
    meaning: 'a free of what is not the caller’s to free: no block starts there, or the block is another’s',
    mistake: 'close_session frees an ACCEPT block that RMC allocated, as on every EEE',
    foundBy: '',
    right:
      'frees only what it allocated, at the address that it was given; without new_session RMC_FREE_SESSION is always FALSE',
  },
  {
    kind: 'double-free',
    rules: ['S5', 'S9', 'D28'],
    meaning: 'a free of a block that is free already',
    mistake: 'two places feel responsible: the error path frees, and close_done frees once more',
    foundBy: '',
    right:
      'frees a block once, in one place, and forgets its address: at close_done, or in close_session if RMC_FREE_SESSION is TRUE',
  },
  {
    kind: 'free-in-use',
    rules: ['S9', 'D3', 'D8', 'D28'],
    meaning: 'a free of a block that RMC still refers to: a session lives in it',
    mistake:
      'the block is freed right after rmc_close, or in close_session although RMC_FREE_SESSION is FALSE',
    foundBy: '',
    right:
      'closes first and frees at close_done, never before; frees an ACCEPT block only if RMC_FREE_SESSION is TRUE',
  },
  {
    kind: 'use-after-free',
    rules: ['D3', 'D28'],
    meaning: 'an RMC call on a session whose block is freed',
    mistake: 'a timer or another thread of work still sends on a session that was closed and freed',
    foundBy: '',
    right: 'forgets the session together with its block, and makes no call on it after the free',
  },
  {
    kind: 'bad-placement',
    rules: ['S7', 'D6', 'D28'],
    meaning:
      'a block that RMC cannot use for a session: misaligned, outside of the memory, too small, freed, another’s, or taken',
    mistake:
      'new_session hands out a block that still holds a session, or one that was sized for something else',
    foundBy: '',
    right:
      'gives each session a live block of 128 bytes of its own, 8-aligned; new_session refuses with NULL',
  },
  {
    kind: 'out-of-bounds',
    rules: ['D28'],
    meaning: 'a write that is not wholly inside of one live block',
    mistake: 'a loop or a copy runs over the end of a buffer, into the block behind it',
    foundBy: '',
    right: 'writes no further than the size that it asked for',
  },
  {
    kind: 'corrupted',
    rules: ['D27'],
    meaning: 'magic, type or id in a session’s block are not what RMC wrote there',
    mistake:
      'something wrote over the block of a living session: an overrun, or a block that two think is theirs',
    foundBy: 'RMC, when it read the block',
    right: 'leaves a session’s block alone from the call to close_done: every byte of it is RMC’s',
  },
  {
    kind: 'out-of-memory',
    rules: ['D5', 'D28'],
    meaning: 'there was no memory for a block',
    mistake: 'blocks are never given back, or nobody counted how many sessions there may be',
    foundBy: '',
    right:
      'looks at what the allocator returns, frees when it may, and refuses a client in new_session with NULL',
  },
  {
    kind: 'leak',
    rules: ['S5', 'S9', 'D28'],
    meaning: 'RMC gave the block back, and its owner never freed it',
    mistake: 'close_session does not look at RMC_FREE_SESSION, or nobody waits for close_done',
    foundBy: 'the checker, when the process exited or the drill ended',
    right: 'frees at close_done, and in close_session whenever RMC_FREE_SESSION is TRUE',
  },
  {
    kind: 'never-closed',
    rules: ['S6', 'D13', 'D28'],
    meaning: 'an OPEN session failed, and the living application never closed it',
    mistake: 'an error is taken for the end of the session: open_done or an IO failed, and that was that',
    foundBy: 'the checker, when the drill ended',
    right: 'closes every session that it opened, also one that failed: rmc_close, then free at close_done',
  },
] as const);

/** What there is to say about a kind. */
export function meaningOf(kind: MemoryErrorKind): MemoryErrorMeaning {
  return memoryErrorMeanings.find((one) => one.kind === kind)!;
}
