import type { About } from '../why/about.js';
import type { History } from '../why/subject.js';
import type { World } from '../world.js';
import type { Claims } from './claims.js';
import type { EventTable, Scope } from './scope.js';
import type { TopicTable } from './topic.js';

/** Why a check failed. The engine adds the chain of causes and the last events of the node. */
export interface CheckFailure {
  /** What was expected and what was there instead, for a person. */
  readonly message: string;
  /** What came nearest, one line each. */
  readonly nearest?: readonly string[];
  /** The event whose chain of causes explains the failure. */
  readonly event?: number;
  /** The node that the check was about, by name. */
  readonly node?: string;
}

/** Something that lets virtual time pass until it is satisfied, or until `untilUs` (inclusive). */
export interface Wait {
  /** Absolute virtual time; a time already past decides at once. */
  readonly untilUs: number;
  /** Asked before the first and after each queue entry. */
  readonly poll: () => 'waiting' | 'done' | CheckFailure;
  /** Asked once when the world has run to the end of `untilUs`. */
  readonly expire: () => 'done' | CheckFailure;
  /** What changes while it waits, for checkpoints. */
  readonly held?: readonly unknown[];
}

/** What only a prompt can do, for it is done to the run itself. */
export type PromptRequest =
  | { readonly kind: 'continue' | 'branches' }
  | { readonly kind: 'branch' | 'diff'; readonly name: string }
  | { readonly kind: 'back' | 'forward'; readonly count: number }
  | { readonly kind: 'gotoTime'; readonly timeUs: number }
  | { readonly kind: 'gotoEvent'; readonly event: number }
  | { readonly kind: 'save'; readonly file: string; readonly force: boolean; readonly expect: boolean };

/** What a command answers; nothing is an answer too. What the world refuses is thrown as `Refused`. */
export type Outcome =
  | { readonly lines: readonly string[] }
  | { readonly wait: Wait }
  | { readonly request: PromptRequest };

/** What commands may ask of the language that they are part of. */
export interface LanguageHelp {
  readonly events: EventTable;
  readonly topics: TopicTable;
  /** `about`: what the world has to say beside the language. */
  help(topic?: string, about?: About): readonly string[];
}

/** The engine that runs a command: a drill's, or the prompt's. */
export interface Engine {
  /**
   * *since*: the log position just before the last command that changed the world (events after it have a greater
   * number), and the time then. Runs, steps, looks and checks do not move it.
   */
  readonly since: { readonly event: number; readonly timeUs: number };
  /** When the end-of-drill audit ran, for a drill whose last checks look at what it logged; else -1. */
  readonly auditedUs: number;
  /** The way that the run came, where it can go back; a drill on its own cannot. */
  readonly history?: History | undefined;
  /** Which errors the checks so far have named. */
  readonly claims: Claims;
  readonly language: LanguageHelp;
}

export interface CommandContext {
  readonly world: World;
  /** The names known at this line. */
  readonly scope: Scope;
  readonly engine: Engine;
}
