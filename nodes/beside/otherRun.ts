import { Beside, type Timeline } from '../../emulator/index.js';
import { nodeKinds } from '../kinds.js';
import type { WorldView } from '../views/view.js';
import { worldView } from '../views/worldView.js';
import { type Difference, differencesOf, lossText } from './differences.js';
import { type Flip, type FlipBy, flipOf } from './flip.js';

/** The world beside a session's: the same commands at the same virtual times, with the other kind or release. */
export class OtherRun {
  readonly #primary: Timeline;
  readonly #flip: Flip;
  readonly #beside: Beside;

  constructor(primary: Timeline, by: FlipBy) {
    this.#primary = primary;
    this.#flip = flipOf(primary, by, nodeKinds);
    this.#beside = new Beside(primary, this.#flip.rewrite);
  }

  /** What is other: `eee0 as SSC`. */
  get title(): string {
    return this.#flip.title;
  }

  /** The nodes that are other. */
  get nodes(): readonly string[] {
    return this.#flip.nodes;
  }

  get timeline(): Timeline {
    return this.#beside.timeline;
  }

  /** How often its world was made anew, because the session took another way. */
  get restarts(): number {
    return this.#beside.restarts;
  }

  /** Goes where the session stands. */
  follow(): void {
    this.#beside.follow();
  }

  /** What became of the commands that it did not take so far. */
  refused(): string[] {
    return this.#beside.losses.map(lossText);
  }

  /** All that is not the same in the two worlds now. */
  differences(one: WorldView = worldView(this.#primary.world)): Difference[] {
    return differencesOf(one, worldView(this.timeline.world), this.#beside.losses);
  }
}
