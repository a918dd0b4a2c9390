import { declaredEntries } from '../plain.js';
import type { ArgType, Earlier } from './argType.js';
import type { CommandContext, Outcome } from './outcome.js';
import type { Fault } from './problem.js';
import type { Scope } from './scope.js';

/**
 * What a command does. `change`: to the world; it is logged as an event `command` and moves *since*. `run`: lets
 * virtual time pass. `look`: shows. `check`: an `expect`. `text`: works on the drill's text (include, repeat…).
 */
export type Effect = 'change' | 'run' | 'look' | 'check' | 'text';

export interface RequiredWord<T> {
  readonly kind: 'required';
  readonly type: ArgType<T>;
  readonly help: string;
}
export interface OptionalWord<T> {
  readonly kind: 'optional';
  readonly type: ArgType<T>;
  readonly help: string;
}
/** All words that are left, none included. Only as the last one. */
export interface RestWord<T> {
  readonly kind: 'rest';
  readonly type: ArgType<T>;
  readonly help: string;
}
export type WordSpec<T> = RequiredWord<T> | OptionalWord<T> | RestWord<T>;

export interface ValueOption<T> {
  readonly kind: 'value';
  readonly type: ArgType<T>;
  readonly help: string;
  /** For help only: the command's own check refuses a line without it. */
  readonly needed?: true;
}
/** May be given more than once. */
export interface RepeatOption<T> {
  readonly kind: 'repeat';
  readonly type: ArgType<T>;
  readonly help: string;
}
export interface FlagOption {
  readonly kind: 'flag';
  readonly help: string;
}
/** A name that a later version brings: giving it is a clear problem. */
export interface LaterOption {
  readonly kind: 'later';
  readonly help: string;
}
export type OptionSpec<T> = ValueOption<T> | RepeatOption<T> | FlagOption | LaterOption;

export const required = <T>(type: ArgType<T>, help: string): RequiredWord<T> => ({
  kind: 'required',
  type,
  help,
});
export const optional = <T>(type: ArgType<T>, help: string): OptionalWord<T> => ({
  kind: 'optional',
  type,
  help,
});
export const rest = <T>(type: ArgType<T>, help: string): RestWord<T> => ({ kind: 'rest', type, help });
export const option = <T>(type: ArgType<T>, help: string): ValueOption<T> => ({ kind: 'value', type, help });
/** An option that has to be given. */
export const needed = <T>(type: ArgType<T>, help: string): ValueOption<T> => ({
  ...option(type, help),
  needed: true,
});
export const repeated = <T>(type: ArgType<T>, help: string): RepeatOption<T> => ({
  kind: 'repeat',
  type,
  help,
});
export const flag = (help: string): FlagOption => ({ kind: 'flag', help });
export const later = (help: string): LaterOption => ({ kind: 'later', help });

/** Options whose names are not the command's own: the fields of the event that `expect` names. */
export interface AnyOption<F> {
  readonly name: string;
  readonly help: string;
  /** How the value of `--<name>` is read, or why there is no such option. */
  readonly resolve: (name: string, scope: Scope, earlier: Earlier) => ArgType<F> | Fault;
  readonly names: (scope: Scope, earlier: Earlier) => readonly string[];
}

/** One `--<name> <value>` of an {@link AnyOption}. */
export interface ExtraArg<F> {
  readonly name: string;
  readonly value: F;
}

type Words = Readonly<Record<string, WordSpec<unknown>>>;
type Options = Readonly<Record<string, OptionSpec<unknown>>>;
type None = Readonly<Record<never, never>>;

type WordValue<S> =
  S extends RequiredWord<infer T>
    ? T
    : S extends OptionalWord<infer T>
      ? T | undefined
      : S extends RestWord<infer T>
        ? readonly T[]
        : never;
type OptionValue<S> = S extends { readonly kind: 'flag' }
  ? boolean
  : S extends ValueOption<infer T>
    ? T | undefined
    : S extends RepeatOption<infer T>
      ? readonly T[]
      : undefined;

/** The arguments of a command, by the names of its words and options; `extra` holds those of `anyOption`. */
export type ArgsOf<W, O, F> = { readonly [K in keyof W]: WordValue<W[K]> } & {
  readonly [K in keyof O]: OptionValue<O[K]>;
} & { readonly extra: readonly ExtraArg<F>[] };

/** A fault of one argument: `at` is the name of the word or option it is about (else the command's name). */
export interface ArgFault extends Fault {
  readonly at: string;
}

/** What there is instead of an option: another one, or what a command that takes none does alone. */
export type Instead = string | { readonly alone: string };

/** The one shape in which every command is declared, by whoever owns it. */
export interface CommandShape<W, O, F> {
  /** One word or several: `power off`. The longest name that fits a line wins. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly group: string;
  readonly effect: Effect;
  /** `prompt`: refused in a drill. */
  readonly where?: 'anywhere' | 'prompt';
  readonly help: string;
  readonly examples: readonly string[];
  readonly rules?: readonly string[];
  readonly words?: W;
  readonly options?: O;
  readonly anyOption?: AnyOption<F>;
  /** Options of its neighbours that are often written here by mistake, with what there is instead: within → for. */
  readonly instead?: Readonly<Record<string, Instead>>;
  /** What can be refused before anything runs, with the rule: `--new_session` on an EEE (S14). */
  readonly check?: (args: ArgsOf<W, O, F>, scope: Scope) => readonly ArgFault[];
  /** Names and facts that later lines may use. */
  readonly declare?: (args: ArgsOf<W, O, F>, scope: Scope) => void;
  readonly run: (context: CommandContext, args: ArgsOf<W, O, F>) => Outcome | undefined;
}

export type ArgMap = ReadonlyMap<string, unknown>;
export type NamedWord = WordSpec<unknown> & { readonly name: string };
export type NamedOption = OptionSpec<unknown> & { readonly name: string };

/** A command whose arguments are read: what is left is to check, to declare and to run it. */
export interface BoundCommand {
  readonly check: (scope: Scope) => readonly ArgFault[];
  readonly declare: (scope: Scope) => void;
  readonly run: (context: CommandContext) => Outcome | undefined;
}

/** A declared command in the form that the command table holds. */
export interface CommandDeclaration {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly group: string;
  readonly effect: Effect;
  readonly where: 'anywhere' | 'prompt';
  readonly help: string;
  readonly examples: readonly string[];
  readonly rules: readonly string[];
  readonly words: readonly NamedWord[];
  readonly options: readonly NamedOption[];
  readonly anyOption: AnyOption<unknown> | undefined;
  readonly instead: ReadonlyMap<string, Instead>;
  readonly bind: (values: ArgMap) => BoundCommand;
}

/** Declares a command; the types of `args` follow from `words`, `options` and `anyOption`. */
export function defineCommand<W extends Words = None, O extends Options = None, F = never>(
  shape: CommandShape<W, O, F>,
): CommandDeclaration {
  const words = declaredEntries<WordSpec<unknown>>(shape.words ?? {});
  const options = declaredEntries<OptionSpec<unknown>>(shape.options ?? {});
  return {
    name: shape.name,
    aliases: shape.aliases ?? [],
    group: shape.group,
    effect: shape.effect,
    where: shape.where ?? 'anywhere',
    help: shape.help,
    examples: shape.examples,
    rules: shape.rules ?? [],
    words: words.map(([name, spec]) => ({ ...spec, name })),
    options: options.map(([name, spec]) => ({ ...spec, name })),
    anyOption: shape.anyOption,
    instead: new Map(declaredEntries<Instead>(shape.instead ?? {})),
    bind: (values) => {
      // The parser has read each value with the type that the shape names for it, so the map has this shape.
      const args = Object.fromEntries(values) as unknown as ArgsOf<W, O, F>;
      return {
        check: (scope) => shape.check?.(args, scope) ?? [],
        declare: (scope) => shape.declare?.(args, scope),
        run: (context) => shape.run(context, args),
      };
    },
  };
}
