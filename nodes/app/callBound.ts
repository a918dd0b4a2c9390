import { LimitReached } from '../../emulator/index.js';
import type { AppRecord } from '../records.js';

/** RMC calls that one application may make at one instant. */
export const CALLS_PER_INSTANT = 100_000;

/** Thrown into a callback that calls RMC in a loop: it would never return, so its process hangs (D10). */
export class CallsWithoutEnd extends Error {
  constructor() {
    super(
      `more than ${CALLS_PER_INSTANT} RMC calls at one instant: taken as a callback that never returns (D10)`,
    );
  }
}

/**
 * Counts a call that a callback makes. A callback that swallows the bound's exception hangs its process when it returns;
 * one that goes on calling for as long again ends the run, not the host.
 */
export function countCall(app: AppRecord, nowUs: number): void {
  if (!app.inCallback) return;
  if (app.callsAtUs !== nowUs) {
    app.callsAtUs = nowUs;
    app.calls = 0;
  }
  app.calls += 1;
  mustBeWithinBound(app, nowUs);
}

/** Throws when the application called too often at this instant: asked at each call, and again at the callback's end. */
export function mustBeWithinBound(app: AppRecord, nowUs: number): void {
  if (app.callsAtUs !== nowUs) return;
  if (app.calls > CALLS_PER_INSTANT * 2) {
    throw new LimitReached(`${app.name} goes on calling RMC at one instant after ${CALLS_PER_INSTANT} calls`);
  }
  if (app.calls > CALLS_PER_INSTANT) throw new CallsWithoutEnd();
}
