/** Real time between two frames while the world runs: 30 a second, so that late ones do not make it less than 20. */
const FRAME_MS = 33;
/** Real time between two looks at a world that stands. */
const IDLE_MS = 50;

/** What goes on while time passes. */
export interface Beating {
  /** Lets the world run for a moment; whether anything changed. `elapsedMs` is the real time since the last call. */
  tick(elapsedMs: number): boolean;
  /** The world has more to do than a moment takes: it goes on at once. */
  readonly isBehind: boolean;
  draw(): void;
}

/**
 * Lets the world run and draws what has changed. A world that keeps its pace is looked at once a frame; one that does
 * not has all the time there is, in moments between which keys are taken. Returns how to stop it. `clockMs` is the host's
 * clock.
 */
export function startBeat(beating: Beating, clockMs = (): number => performance.now()): () => void {
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  let lastMs = clockMs();
  let drawnMs = 0;
  let hasChanged = false;
  const turn = (): void => {
    const nowMs = clockMs();
    const elapsedMs = nowMs - lastMs;
    lastMs = nowMs;
    const isGoingOn = beating.tick(elapsedMs);
    if (isGoingOn) hasChanged = true;
    const isDue = clockMs() - drawnMs >= FRAME_MS;
    if (hasChanged && (isDue || !beating.isBehind)) {
      drawnMs = clockMs();
      beating.draw();
      hasChanged = false;
    }
    if (beating.isBehind) immediate = setImmediate(turn);
    else {
      const spentMs = clockMs() - nowMs;
      timer = setTimeout(turn, Math.max(1, (isGoingOn ? FRAME_MS : IDLE_MS) - spentMs));
    }
  };
  timer = setTimeout(turn, IDLE_MS);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}
