import type { StateSection } from './divergence/rows.js';
import type { EventDeclaration } from './events.js';
import type { Claims } from './monitor/claims.js';
import type { CommandDeclaration } from './monitor/command.js';
import type { CheckFailure } from './monitor/outcome.js';
import type { Topic } from './monitor/topic.js';
import type { About } from './why/about.js';
import type { Subject } from './why/subject.js';
import type { World } from './world.js';

/** What must hold at the end of a drill whose own checks passed. `claims` says which errors its checks named. */
export interface EndCheck {
  readonly name: string;
  readonly check: (world: World, claims: Claims) => readonly CheckFailure[];
}

/** What a part brings to a world: its events, its commands, its end checks, and itself. */
export interface Extension {
  readonly name: string;
  readonly events: readonly EventDeclaration[];
  readonly commands: readonly CommandDeclaration[];
  /** The types of frame that it sends, for completion and checks of `--frame`. */
  readonly frameTypes?: readonly string[];
  /** What `help` explains beside the commands and the events. */
  readonly topics?: readonly Topic[];
  readonly endChecks?: readonly EndCheck[];
  /** What it has to say about an event to somebody who asks why; nothing for most. */
  readonly explain?: (world: World, event: number) => readonly string[];
  /** What it has to tell about something of that name, or about the block at an address in its memory. */
  readonly subject?: (world: World, name: string, address: number | undefined) => Subject | undefined;
  /** What it says to somebody who asks for help on something of that name, or on the block at an address there. */
  readonly about?: (world: World, name: string, address: number | undefined) => About | undefined;
  /** What it shows of its state to somebody who compares two worlds. */
  readonly sections?: (world: World) => readonly StateSection[];
  /** Puts itself into a new world; runs once, before anything else happens there. */
  readonly install: (world: World) => void;
  /** Logs what can only be seen at the end of a drill (leaks). Run again, it adds nothing. */
  readonly auditAtEnd?: (world: World) => void;
}

/** Names what a part keeps in a world, with its type: `extensionKey<Fabric>('fabric')`. Each key is one of its own. */
export interface ExtensionKey<T> {
  readonly name: string;
  /** Only a type: there is no such property. */
  readonly valueType?: T;
}

export function extensionKey<T>(name: string): ExtensionKey<T> {
  return Object.freeze({ name });
}
