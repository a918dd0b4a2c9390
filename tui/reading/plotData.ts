import type { LoggedEvent } from '../../emulator/index.js';
import type { MemoryOverTime, WorldView } from '../../nodes/index.js';
import { field } from '../panes/eventText.js';
import type { UiSource } from '../run/source.js';
import { CountBins, LevelBins } from './timeBins.js';
import { WayBack } from './wayBack.js';

/** Most events looked at in one call: a log of millions must not stop the screen. */
export const SCAN_LIMIT = 8_000;

/** Detection times that are kept one by one: the latest. */
const LEARNED_KEPT = 64;

/** The kinds of events that plots are made of. */
const taken: ReadonlySet<string> = new Set(['message', 'rmc_send', 'io_done', 'process_exit', 'learned']);

/** One application was told of one failure. */
export interface Detection {
  readonly event: number;
  readonly app: string;
  readonly about: string;
  readonly how: string;
  readonly rule: string;
  readonly afterUs: number;
}

/** All that were told in one way: how many, and after how long. */
export interface DetectionsBy {
  readonly how: string;
  readonly leastUs: number;
  readonly mostUs: number;
  readonly afterUs: CountBins;
}

/** What the plots are drawn from. */
export interface Plots {
  readonly nowUs: number;
  /** Events that have been read, and that there are: the others are read in later calls. */
  readonly readTo: number;
  readonly events: number;
  /** Messages handed up. */
  readonly messages: CountBins;
  /** IOs that were begun (`rmc_send` with RMC_INPROGRESS) and have not ended, by processes that live. */
  readonly pending: LevelBins;
  readonly memory: readonly MemoryOverTime[];
  /** In order of their first telling. */
  readonly detections: readonly DetectionsBy[];
  /** The latest, oldest first. */
  readonly latest: readonly Detection[];
}

/**
 * Counts what the plots show, as the log grows, in a bounded number of bins. Bins cannot be cut: of a run that has gone
 * back before what was read all is read again.
 */
export class PlotData {
  private messages = new CountBins();
  private pending = new LevelBins();
  private pendingByApp = new Map<string, number>();
  private detections = new Map<string, DetectionsBy>();
  private latest: Detection[] = [];
  private readTo = 0;
  private readonly way = new WayBack();

  /** Reads what is new, at most {@link SCAN_LIMIT} events; true: there is more to read. */
  sync(source: UiSource): boolean {
    const count = source.eventCount();
    if (this.way.kept(source, this.readTo) < this.readTo) this.reset();
    // What is no longer kept cannot be counted again.
    this.readTo = Math.max(this.readTo, source.firstEvent() - 1);
    const until = Math.min(count, this.readTo + SCAN_LIMIT);
    for (let number = this.readTo + 1; number <= until; number += 1) {
      if (taken.has(source.eventName(number))) this.take(source.event(number));
    }
    this.readTo = until;
    return until < count;
  }

  /** What is known up to now, with the memory of `view`. */
  plots(source: UiSource, view: WorldView): Plots {
    return {
      nowUs: view.nowUs,
      readTo: this.readTo,
      events: source.eventCount(),
      messages: this.messages,
      pending: this.pending,
      memory: view.nodes.flatMap((node) => node.memory),
      detections: [...this.detections.values()],
      latest: this.latest,
    };
  }

  private reset(): void {
    this.messages = new CountBins();
    this.pending = new LevelBins();
    this.pendingByApp = new Map();
    this.detections = new Map();
    this.latest = [];
    this.readTo = 0;
  }

  private take(event: LoggedEvent): void {
    switch (event.event) {
      case 'message':
        this.messages.add(event.timeUs);
        break;
      case 'rmc_send':
        if (field(event, 'status') === 'RMC_INPROGRESS') this.changePending(event, 1);
        break;
      case 'io_done':
        this.changePending(event, -1);
        break;
      case 'process_exit':
        // Nobody is left to be told how its IOs ended.
        this.changePending(event, -(this.pendingByApp.get(field(event, 'app')) ?? 0));
        break;
      case 'learned':
        this.learned(event);
        break;
      default:
        break;
    }
  }

  private changePending(event: LoggedEvent, change: number): void {
    const app = field(event, 'app');
    const before = this.pendingByApp.get(app) ?? 0;
    const after = Math.max(0, before + change);
    if (after === before) return;
    this.pendingByApp.set(app, after);
    this.pending.set(event.timeUs, this.pending.now + after - before);
  }

  private learned(event: LoggedEvent): void {
    const after = event.fields.get('after_us');
    // Nothing is known to have happened: there is no time to be had.
    if (typeof after !== 'number') return;
    const how = field(event, 'how');
    const known = this.detections.get(how);
    const afterUs = known?.afterUs ?? new CountBins();
    afterUs.add(after);
    this.detections.set(how, {
      how,
      leastUs: Math.min(known?.leastUs ?? after, after),
      mostUs: Math.max(known?.mostUs ?? after, after),
      afterUs,
    });
    const [app, about, rule] = [field(event, 'app'), field(event, 'about'), field(event, 'rule')];
    this.latest.push({ event: event.number, app, about, how, rule, afterUs: after });
    if (this.latest.length > LEARNED_KEPT) this.latest.shift();
  }
}
