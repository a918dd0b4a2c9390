import {
  type CoreTimers,
  decodeFrame,
  defaultCoreTimers,
  type FrameHeader,
  frameTypeName,
  type Handle,
  makeFrameHeader,
  type Release,
} from '../../../rmc-core/index.js';
import { TestHost } from './host.js';

/** A frame on the fake wire, as a test's fault function sees it. */
export interface WireFrame {
  /** Running number, from 1, over all frames. */
  readonly number: number;
  /** How many frames of this type went before it, plus one. */
  readonly ofType: number;
  readonly atUs: number;
  readonly from: TestHost;
  readonly type: string;
  readonly header: Readonly<FrameHeader>;
  readonly session: Handle;
  /** The mark that stood when it was made, see `RmcCore.tag`. */
  readonly tag: number;
}

/** What becomes of a frame: one arrival for each copy; none: it is lost. */
export interface Arrival {
  readonly delayUs: number;
  /** A bit to flip, counted from the frame's first. */
  readonly flipBit?: number;
}

export type Fault = (frame: WireFrame) => readonly Arrival[] | undefined;

interface Flight {
  readonly atUs: number;
  readonly order: number;
  readonly bytes: Uint8Array;
  readonly frame: WireFrame;
}

export interface HostOptions {
  readonly node: number;
  readonly place?: number;
  readonly release?: Release;
  readonly timers?: Partial<CoreTimers>;
}

/** What a test may do at one instant; beyond that something feeds itself, and the test fails instead of running for ever. */
export const MOST_AT_ONCE = 20_000;

/** Two or more cores on a fake wire with a virtual clock. Everything runs synchronously; no fault unless a test sets one. */
export class Bench {
  nowUs = 0;
  latencyUs = 100;
  fault: Fault | undefined;
  /** Every frame that was sent, in order. */
  readonly frames: WireFrame[] = [];
  readonly hosts: TestHost[] = [];
  private readonly sent: Uint8Array[] = [];
  private flights: Flight[] = [];
  private orders = 0;
  private readonly typeCounts = new Map<string, number>();

  host(options: HostOptions): TestHost {
    const host = new TestHost(this, options, { ...defaultCoreTimers, ...options.timers });
    this.hosts.push(host);
    return host;
  }

  /** Lets every host send and act until all are quiet at this instant. */
  settle(): void {
    for (let round = 0; this.hosts.some((host) => host.pump()); round++) {
      if (round > MOST_AT_ONCE) throw new Error('the hosts never become quiet');
    }
  }

  /** Takes the frame that a core's `pollFrame` loaded. */
  send(from: TestHost): void {
    const { bytes, offset, length, session, tag } = from.core.frame;
    const header = makeFrameHeader();
    decodeFrame(bytes, offset, header);
    const type = frameTypeName(header.type);
    const ofType = (this.typeCounts.get(type) ?? 0) + 1;
    this.typeCounts.set(type, ofType);
    const number = this.frames.length + 1;
    const frame: WireFrame = { number, ofType, atUs: this.nowUs, from, type, header, session, tag };
    this.frames.push(frame);
    this.sent.push(bytes.slice(offset, offset + length));
    const arrivals = this.fault?.(frame) ?? [{ delayUs: 0 }];
    for (const arrival of arrivals) {
      const copy = bytes.slice(offset, offset + length);
      if (arrival.flipBit !== undefined) {
        const bit = arrival.flipBit % (length * 8);
        copy[bit >> 3]! ^= 1 << (bit & 7);
      }
      this.flights.push({
        atUs: this.nowUs + this.latencyUs + arrival.delayUs,
        order: this.orders++,
        bytes: copy,
        frame,
      });
    }
  }

  /** Puts a frame that was sent before on the wire again, whatever became of it then. */
  resend(frame: WireFrame): void {
    const bytes = this.sent[frame.number - 1]!;
    this.flights.push({ atUs: this.nowUs + this.latencyUs, order: this.orders++, bytes, frame });
  }

  private receiver(header: Readonly<FrameHeader>): TestHost | undefined {
    const there = this.hosts.filter((host) => host.alive && host.node === header.dstNode);
    const exact = there.find((host) => host.place === header.dstPlace);
    if (exact !== undefined || header.dstPlace !== 0) return exact;
    return there.find((host) => host.ports.has(header.port)) ?? there[0];
  }

  private nextUs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const flight of this.flights) next = Math.min(next, flight.atUs);
    for (const host of this.hosts)
      if (host.alive && !host.hung) next = Math.min(next, host.core.nextTimeoutUs());
    return next;
  }

  /** Runs for so long, its end included. */
  run(forUs: number): void {
    this.runTo(this.nowUs + forUs);
  }

  runTo(endUs: number): void {
    this.settle();
    let here = 0;
    for (let next = this.nextUs(); next <= endUs; next = this.nextUs()) {
      here = next > this.nowUs ? 0 : here + 1;
      if (here > MOST_AT_ONCE) throw new Error('time stands still');
      this.nowUs = Math.max(this.nowUs, next);
      this.deliverDue();
      for (const host of this.hosts) host.timeout();
      this.settle();
    }
    this.nowUs = endUs;
  }

  private deliverDue(): void {
    for (;;) {
      let first: Flight | undefined;
      for (const flight of this.flights) {
        if (flight.atUs > this.nowUs) continue;
        if (first === undefined || flight.atUs < first.atUs) first = flight;
        else if (flight.atUs === first.atUs && flight.order < first.order) first = flight;
      }
      if (first === undefined) return;
      const taken = first;
      this.flights = this.flights.filter((flight) => flight !== taken);
      this.receiver(taken.frame.header)?.frameIn(taken.bytes);
      this.settle();
    }
  }

  /** The types of all frames sent since `from` (a number of frames), in order. */
  types(from = 0): string[] {
    return this.frames.slice(from).map((frame) => frame.type);
  }

  sentOf(type: string, from?: TestHost): WireFrame[] {
    return this.frames.filter((frame) => frame.type === type && (from === undefined || frame.from === from));
  }
}

/** Loses the n-th frame of a type, counted from 1 over the whole run. */
export function loseNth(type: string, ...numbers: readonly number[]): Fault {
  return (frame) => (frame.type === type && numbers.includes(frame.ofType) ? [] : undefined);
}

/** Loses every frame that the condition is true for. */
export function loseIf(condition: (frame: WireFrame) => boolean): Fault {
  return (frame) => (condition(frame) ? [] : undefined);
}
