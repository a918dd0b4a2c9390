import type { Difference, FlipBy, SessionView, WorldView } from '../../nodes/index.js';
import type { PaneContent } from '../paneLines.js';
import { Looks } from '../reading/looks.js';
import type { OtherSource, UiSource } from '../run/source.js';
import type { UiState } from '../state.js';

/** What the screen shows of the world beside the run's own. */
export interface BesideContent extends PaneContent {
  /** What is other: `eee0 as SSC`. */
  readonly title: string;
  readonly differences: readonly Difference[];
}

/** The world beside the run's own, and what the panes have read of it. */
export class Side {
  private readonly other: OtherSource;
  private looks = new Looks();
  private restarts = 0;
  /** Its panes have more to read than one frame does. */
  isUnread = false;

  constructor(source: UiSource, by: FlipBy) {
    this.other = source.beside(by);
  }

  get title(): string {
    return this.other.title;
  }

  get nodes(): readonly string[] {
    return this.other.nodes;
  }

  /** All that differs where the run stands now. */
  differences(): readonly Difference[] {
    this.other.follow();
    return this.other.differences();
  }

  /** What became of the commands that the other world did not take. */
  refused(): readonly string[] {
    this.other.follow();
    return this.other.refused();
  }

  /**
   * `listed`: the sessions of the first world in the order of its table; the same ones stand beside each other, and the
   * log is cut down as the first one's is.
   */
  content(state: UiState, listed: readonly SessionView[], first: Looks): BesideContent {
    const differences = this.differences();
    const { source, restarts } = this.other;
    if (restarts !== this.restarts) this.looks = new Looks();
    this.restarts = restarts;
    const { log } = this.looks;
    if (log.withDetails !== first.log.withDetails) log.setDetails(first.log.withDetails);
    this.isUnread = this.looks.sync(source, state);
    const view = source.view();
    return {
      source,
      view,
      sessions: inOrder(view, listed),
      looks: this.looks,
      title: this.title,
      differences,
    };
  }
}

function inOrder({ sessions }: WorldView, listed: readonly SessionView[]): SessionView[] {
  const places = new Map(listed.map((session, at) => [session.name, at]));
  const place = ({ name }: SessionView): number => places.get(name) ?? listed.length;
  return [...sessions].sort((a, b) => place(a) - place(b));
}
