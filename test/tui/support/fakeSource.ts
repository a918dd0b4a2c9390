import type { LoggedEvent } from '../../../emulator/index.js';
import type { BlockDetail, SpaceView, WorldView } from '../../../nodes/index.js';
import type {
  CommandForm,
  CommandResult,
  CompletionResult,
  Horizon,
  OtherSource,
  RunStatus,
  UiSource,
} from '../../../tui/run/source.js';

import { failoverEvents, failoverView } from './fixtures.js';

/** A source of plain values: the log grows by one event a step, and commands are remembered. */
export class FakeSource implements UiSource {
  readonly commands: string[] = [];
  events: readonly LoggedEvent[];
  readonly shown: WorldView;
  count: number;
  branch = 'main';
  /** Events in common with any other branch. */
  shared = 0;
  failure = '';
  running = false;

  constructor(
    view: WorldView = failoverView,
    events: readonly LoggedEvent[] = failoverEvents,
    count = events.length,
  ) {
    this.shown = view;
    this.events = events;
    this.count = count;
  }

  status(): RunStatus {
    return {
      drill: 'failover.drill',
      seed: 1,
      mode: this.running ? 'RUN' : 'PAUSED',
      nowUs: this.events[this.count - 1]?.timeUs ?? 0,
      checksPassed: 2,
      checksTotal: 2,
      failure: this.failure,
      ended: false,
    };
  }

  /** Itself: a world in which nothing differs. */
  beside(): OtherSource {
    return {
      title: 'eee0 as SSC',
      nodes: ['eee0'],
      source: this,
      restarts: 0,
      follow: () => {},
      differences: () => [],
      refused: () => [],
    };
  }

  memory(): readonly SpaceView[] {
    return [];
  }

  block(): BlockDetail | undefined {
    return undefined;
  }

  failureLines(): readonly string[] {
    return this.failure === '' ? [] : [this.failure, '  what came nearest'];
  }

  view(): WorldView {
    return { ...this.shown, nowUs: this.status().nowUs };
  }

  explain(number: number): readonly string[] {
    return [`explained @${number}`];
  }

  horizon(): Horizon {
    const last = this.events.at(-1);
    return { timeUs: last?.timeUs ?? 0, events: this.events.length, branch: this.branch };
  }

  sharedWith(branch: string): number {
    return branch === this.branch ? Number.POSITIVE_INFINITY : this.shared;
  }

  firstEvent(): number {
    return 1;
  }

  eventCount(): number {
    return this.count;
  }

  event(number: number): LoggedEvent {
    const found = this.events[number - 1];
    if (found === undefined) throw new Error(`no event ${number}`);
    return found;
  }

  eventName(number: number): string {
    return this.event(number).event;
  }

  play(untilUs: number, steps: number): 'there' | 'more' | 'end' {
    for (let step = 0; step < steps; step++) {
      const next = this.events[this.count];
      if (next === undefined) return 'end';
      if (next.timeUs > untilUs) return 'there';
      this.count += 1;
    }
    return 'more';
  }

  pause(): void {
    this.running = false;
  }

  isOpen(): boolean {
    return false;
  }

  abandon(): boolean {
    return false;
  }

  command(text: string): CommandResult {
    if (text === 'continue') {
      this.running = true;
      return { lines: [] };
    }
    this.commands.push(text);
    if (text === 'step') {
      this.count = Math.min(this.events.length, this.count + 1);
      return { lines: [`event ${this.count}`] };
    }
    if (text === 'back') {
      this.count = Math.max(0, this.count - 1);
      return { lines: [`event ${this.count}`] };
    }
    const event = /^goto @(\d+)$/.exec(text);
    if (event !== null) {
      this.count = Number(event[1]);
      return { lines: [] };
    }
    if (text.startsWith('sesions')) {
      return {
        lines: [],
        problem: { column: 1, length: 7, message: 'unknown command sesions; did you mean sessions?' },
      };
    }
    return { lines: ['one', 'two', 'three'] };
  }

  commandForms(): readonly CommandForm[] {
    const none = { choices: [], others: [] };
    return [
      { ...none, name: 'power off', usage: 'power off <node>', help: 'switches a node off' },
      { ...none, name: 'kill', usage: 'kill <app|node.rmc>', help: 'ends a process at once' },
      {
        ...none,
        name: 'run until',
        usage: 'run until <event> [--within <duration>]',
        help: 'runs until an event comes',
      },
    ];
  }

  complete(text: string, cursor: number): CompletionResult {
    const start = text.lastIndexOf(' ', cursor - 1) + 1;
    const words = start === 0 ? ['power off', 'power on', 'poke', 'sessions'] : ['eee0', 'ssc0', 'ssc1'];
    const typed = text.slice(start, cursor);
    return {
      start,
      candidates: words.filter((word) => word.startsWith(typed)),
      usage: text.startsWith('power') ? 'power off|on <node>' : '',
    };
  }
}
