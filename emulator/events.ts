import type { StringTable } from './strings.js';

/** The fields that any event may have. In storage each is the string id of a name, or -1. */
export type CommonField = 'node' | 'app' | 'session' | 'peer';

export const commonFields: readonly CommonField[] = ['node', 'app', 'session', 'peer'];

/**
 * What a field holds. `name`: one of a set of names (stored as a string id). `int`, `address`, `us` (microseconds):
 * a safe integer from 0. `flag`: 0 or 1, shown as FALSE or TRUE. `text`: bytes (see `EventLog.text`).
 */
export type FieldType = 'name' | 'int' | 'text' | 'address' | 'us' | 'flag';

export interface FieldDeclaration {
  readonly name: string;
  readonly type: FieldType;
  /** The names that the field may hold, where they are a closed set. */
  readonly values?: readonly string[];
  readonly help: string;
}

/** One kind of event: the one place that says which fields it has. The reference is made from these. */
export interface EventDeclaration {
  readonly name: string;
  readonly help: string;
  readonly common: readonly CommonField[];
  /** At most six, stored in the slots a to f in this order; at most one of them is a text. */
  readonly fields: readonly FieldDeclaration[];
  /** Who logs it: for a person, as "the bus". */
  readonly by?: string;
  /** The rules that the event rests on, as "D28". */
  readonly rules?: readonly string[];
  /** `save --expect` writes a check for it, which names these fields: those that say what came, not where or when. */
  readonly expectBy?: readonly string[];
}

export const MAX_FIELDS = 6;

/** How a slot goes into the digest: numbers by value, names by content, texts by content. */
export const SlotKind = { number: 0, name: 1, text: 2 } as const;

/** The kinds of event of a world, numbered in order of declaration. */
export class EventRegistry {
  readonly #strings: StringTable;
  readonly #types = new Map<string, number>();
  readonly #declarations: EventDeclaration[] = [];
  /** Kind of each slot: type * MAX_FIELDS + slot. */
  readonly slotKinds: number[] = [];
  /** String id of each type's name. */
  readonly nameIds: number[] = [];

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** Adds a kind of event; a name that is there already, or fields that do not fit, are a mistake of ours. */
  declare(declaration: EventDeclaration): number {
    const { name, fields } = declaration;
    if (this.#types.has(name)) throw new Error(`event ${name} is declared twice`);
    if (fields.length > MAX_FIELDS) throw new Error(`event ${name} has more than ${MAX_FIELDS} fields`);
    if (fields.filter((field) => field.type === 'text').length > 1) {
      throw new Error(`event ${name} has more than one text`);
    }
    const names: readonly string[] = [...declaration.common, ...fields.map((field) => field.name)];
    const unknown = declaration.expectBy?.find((field) => !names.includes(field));
    if (unknown !== undefined) throw new Error(`event ${name} has no field ${unknown}`);
    const type = this.#declarations.length;
    this.#types.set(name, type);
    this.#declarations.push(declaration);
    this.nameIds.push(this.#strings.intern(name));
    for (let slot = 0; slot < MAX_FIELDS; slot += 1) this.slotKinds.push(slotKind(fields[slot]));
    return type;
  }

  /** The number of a kind of event, -1 when there is none of that name. */
  find(name: string): number {
    return this.#types.get(name) ?? -1;
  }

  declaration(type: number): EventDeclaration {
    return this.#declarations[type]!;
  }

  get declarations(): readonly EventDeclaration[] {
    return this.#declarations;
  }
}

function slotKind(field: FieldDeclaration | undefined): number {
  if (field?.type === 'name') return SlotKind.name;
  return field?.type === 'text' ? SlotKind.text : SlotKind.number;
}
