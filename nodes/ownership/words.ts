/** Who frees a block, and when: `{app}` is whose block it is, `{close}` the call that ends its session. */
export const duties = {
  none: 'nobody: there is no block',
  freed: 'nobody: it is freed',
  gone: 'nobody: gone with its process',
  going: 'nobody: goes with its process, when RMC lets go of it (D20)',
  kept: 'nobody: RMC keeps it for reuse (D8)',
  rmc: 'RMC; the app never',
  whenTrue: '{app}: when FREE is TRUE',
  nowTrue: '{app}: now, FREE is TRUE',
  now: '{app}: now',
  atCloseDone: '{app}: at close_done',
  closeThenFree: '{app}: {close}, then free',
  afterClose: '{app}: after {close}',
} as const;
export type Duty = keyof typeof duties;

/** The words for a duty. `app` as `app client`; `close` is `rmc_close` or `rmc_shutdown`. */
export const dutyText = (duty: Duty, app: string, close: string): string =>
  duties[duty].replace('{app}', app).replace('{close}', close);

/** Whose a block is at a moment, and what an application's `free` of it then is: all right, or a memory error (D28). */
export const holdings = {
  none: { text: 'there is no block', help: 'none was made, or not yet', freeIs: '' },
  app: { text: 'the application', help: 'its own alone: RMC does not refer to it', freeIs: '' },
  held: {
    text: 'the application, RMC refers to it',
    help: 'its own, and not to be freed now',
    freeIs: 'free-in-use',
  },
  rmc: { text: 'RMC', help: 'RMC made it and frees it', freeIs: 'invalid-free' },
  freed: { text: 'nobody: freed', help: 'it was given back', freeIs: 'double-free' },
  gone: { text: 'nobody: gone', help: 'its memory went with its process or node', freeIs: '' },
} as const;
export type Holding = keyof typeof holdings;
