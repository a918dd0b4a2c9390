import { emulatorCommands } from '../commands/all.js';
import type { EventDeclaration } from '../events.js';
import type { About } from '../why/about.js';
import { worldEvents } from '../worldEvents.js';
import type { CommandDeclaration } from './command.js';
import { CommandTable } from './commandTable.js';
import { type Completion, completeLine } from './complete.js';
import { helpLines } from './help.js';
import type { LanguageHelp } from './outcome.js';
import { type LineOrigin, type LineParsed, parseCommand } from './parseCommand.js';
import { referenceMarkdown } from './reference.js';
import { type EventTable, Scope } from './scope.js';
import type { Topic, TopicTable } from './topic.js';
import { type Substitute, splitLine } from './words.js';

/** What a part brings to the language. An extension of the world is one. */
export interface LanguagePart {
  readonly commands: readonly CommandDeclaration[];
  readonly events: readonly EventDeclaration[];
  readonly frameTypes?: readonly string[];
  readonly topics?: readonly Topic[];
}

/** The monitor language: one table of commands and one of events, and all that is made from them. */
export class Language implements LanguageHelp {
  readonly table: CommandTable;
  readonly events: EventTable;
  readonly topics: TopicTable;
  readonly #frameTypes: readonly string[];

  constructor(parts: readonly LanguagePart[]) {
    this.table = new CommandTable([...emulatorCommands, ...parts.flatMap((part) => part.commands)]);
    const events = [...worldEvents, ...parts.flatMap((part) => part.events)];
    this.events = new Map(events.map((event) => [event.name, event]));
    this.topics = new Map(parts.flatMap((part) => part.topics ?? []).map((topic) => [topic.name, topic]));
    this.#frameTypes = parts.flatMap((part) => part.frameTypes ?? []);
  }

  /** Everything that `help` has something to say on. */
  get #helpNames(): readonly string[] {
    return [...this.table.names(), ...this.events.keys(), ...this.topics.keys()];
  }

  get commands(): readonly CommandDeclaration[] {
    return this.table.commands;
  }

  /** The names that are there before the first line. */
  newScope(): Scope {
    const scope = new Scope(this.events, this.#helpNames);
    for (const type of this.#frameTypes) scope.add('frame', type);
    return scope;
  }

  /** Reads one line; nothing runs. */
  parseLine(line: string, origin: LineOrigin, scope: Scope, substitute?: Substitute): LineParsed {
    return parseCommand(splitLine(line, substitute), origin, this.table, scope);
  }

  /** What could stand at the cursor, a UTF-16 position in the line. */
  complete(line: string, cursor: number, scope: Scope): Completion {
    return completeLine(line, cursor, this.table, scope);
  }

  /** Help on everything, or on a command, an event, a topic or, with `about`, something of a world. */
  help(topic?: string, about?: About): readonly string[] {
    return helpLines(this, topic, about);
  }

  /** The reference of the commands as Markdown. */
  reference(): string {
    return referenceMarkdown(this.table);
  }
}

/** The language of a world with these parts: the emulator's own commands and events, and theirs. */
export function composeLanguage(parts: readonly LanguagePart[]): Language {
  return new Language(parts);
}
