// A bench for the world: nodes that take every frame and note it, and short words for what tests ask.
import { type Extension, type LoggedEvent, World, type WorldOptions } from '../../emulator/index.js';

export interface Arrival {
  readonly timeUs: number;
  readonly to: string;
  readonly first: number;
  readonly corrupt: boolean;
  readonly bytes: Uint8Array;
}

export interface Bed {
  readonly world: World;
  readonly arrivals: Arrival[];
  readonly powerLost: string[];
  readonly booted: string[];
  /** Sends one frame whose first byte is `first`. */
  send(from: string, to: string, first?: number, type?: string, length?: number): void;
}

const silent = (): void => {};

/** An extension that declares events and does nothing. */
export function eventsOnly(events: Extension['events'], name = 'test'): Extension {
  return { name, events, commands: [], install: silent };
}

export const noteEvent = {
  name: 'note',
  help: 'a test says something',
  common: ['node', 'app', 'session', 'peer'],
  fields: [
    { name: 'word', type: 'name', help: '' },
    { name: 'size', type: 'int', help: '' },
    { name: 'text', type: 'text', help: '' },
    { name: 'done', type: 'flag', help: '' },
    { name: 'address', type: 'address', help: '' },
    { name: 'after', type: 'us', help: '' },
  ],
} as const satisfies Extension['events'][number];

export function newWorld(options: WorldOptions = {}): World {
  return new World({ extensions: [eventsOnly([noteEvent])], ...options });
}

export function bed(names: readonly string[], options: WorldOptions = {}): Bed {
  const world = newWorld(options);
  const arrivals: Arrival[] = [];
  const powerLost: string[] = [];
  const booted: string[] = [];
  for (const name of names) {
    world.nodes.add(name, {
      powerLost: () => powerLost.push(name),
      booted: () => {
        booted.push(name);
        world.nodes.up(world.nodes.find(name));
      },
      frameArrived(slot) {
        const { frames } = world.bus;
        const at = frames.offset(slot);
        const bytes = frames.bytes(slot).slice(at, at + frames.length[slot]!);
        const corrupt = frames.corrupt[slot] === 1;
        arrivals.push({ timeUs: world.nowUs, to: name, first: bytes[0]!, corrupt, bytes });
        world.bus.delivered(slot, -1, -1);
        world.bus.release(slot);
      },
    });
  }
  const send: Bed['send'] = (from, to, first = 0, type = 'DATA', length = 4) => {
    const bytes = new Uint8Array(length).fill(first);
    const { nodes, bus, strings } = world;
    bus.send(nodes.find(from), nodes.find(to), 1, 7, strings.intern(type), -1, bytes, 0, length);
  };
  return { world, arrivals, powerLost, booted, send };
}

/** Every event that is kept. */
export function eventsOf(world: World): LoggedEvent[] {
  const events: LoggedEvent[] = [];
  for (let event = world.log.firstKept; event <= world.log.count; event += 1) {
    events.push(world.log.read(event));
  }
  return events;
}

/** Kept events of one kind, as "time field=value field=value". */
export function linesOf(world: World, kind: string): string[] {
  return eventsOf(world)
    .filter((event) => event.event === kind)
    .map((event) =>
      [event.timeUs, ...[...event.fields].map(([name, value]) => `${name}=${value}`)].join(' '),
    );
}
