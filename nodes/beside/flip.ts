import {
  eachCommand,
  type Language,
  type ParsedCommand,
  type Rewrite,
  type Timeline,
  withOption,
  withWord,
} from '../../emulator/index.js';
import { fabricOf } from '../fabric.js';
import type { NodeKind } from '../kind.js';

/** What is other beside a run: the kind of the nodes that listen, or the release of all. */
export type FlipBy = 'kind' | 'release';

export interface Flip {
  /** What is other, for a person: `eee0 as SSC, ssc1 as EEE`; `all on R1.0.x`. */
  readonly title: string;
  /** The nodes that are other. */
  readonly nodes: readonly string[];
  readonly rewrite: Rewrite;
}

/** A node as the run makes it. */
interface Made {
  readonly name: string;
  readonly kind: string;
  readonly release: string;
  listens: boolean;
}

/**
 * The same run with the other kind for the nodes on which an application listens (all, where none does), or with the
 * other release: R1.0.x for all nodes, or R1.1 where all have R1.0.x.
 */
export function flipOf(timeline: Timeline, by: FlipBy, kinds: readonly NodeKind[]): Flip {
  const nodes = nodesOf(timeline);
  const { language } = timeline.session;
  return by === 'kind' ? otherKind(nodes, language, kinds) : otherRelease(nodes, language);
}

function otherKind(all: readonly Made[], language: Language, kinds: readonly NodeKind[]): Flip {
  const listening = all.filter((node) => node.listens);
  const flipped = listening.length > 0 ? listening : all;
  const others = new Map(
    flipped.map(({ name, kind }) => [name, kinds.find((one) => one.name !== kind)!] as const),
  );
  return {
    title: [...others].map(([name, kind]) => `${name} as ${kind.title}`).join(', '),
    nodes: [...others.keys()],
    rewrite: changed(language, (command) => {
      const other = others.get(String(command.args.get('name')));
      if (command.declaration.name !== 'node' || other === undefined) return command.text;
      return withWord(command.text, command.declaration, 1, other.name);
    }),
  };
}

function otherRelease(all: readonly Made[], language: Language): Flip {
  const release = all.some((node) => node.release !== 'R1.0.x') ? 'R1.0.x' : 'R1.1';
  return {
    title: `all on ${release}`,
    nodes: all.filter((node) => node.release !== release).map(({ name }) => name),
    rewrite: changed(language, ({ declaration, args, text }) => {
      const setsRelease = declaration.name === 'power on' && args.get('release') !== undefined;
      return declaration.name === 'node' || setsRelease ? withOption(text, 'release', release) : text;
    }),
  };
}

/** Commands that set nodes up do not need the names that there are: they are read with none. */
function changed(language: Language, change: (command: ParsedCommand) => string): Rewrite {
  const origin = { file: '', line: 1, via: [] };
  return (text) => {
    const scope = language.newScope();
    const target = /^power on (\S+)/.exec(text)?.[1];
    if (target !== undefined) scope.add('node', target, {});
    const parsed = language.parseLine(text, origin, scope);
    return 'command' in parsed ? change(parsed.command) : text;
  };
}

/** The nodes that the drill will make, and those that there are. */
function nodesOf({ session, world }: Timeline): Made[] {
  const nodes = new Map<string, Made>();
  const { drill, language } = session;
  if (drill !== undefined) {
    eachCommand(drill, language, ({ declaration, args }, scope) => {
      if (declaration.name === 'node') {
        const name = String(args.get('name'));
        const release = String(args.get('release') ?? 'R1.1');
        nodes.set(name, { name, kind: String(args.get('kind')), release, listens: false });
      } else if (declaration.name === 'rmc_listen') {
        const app = scope.find('app', String(args.get('app')))!;
        nodes.get(String(app['node']))!.listens = true;
      }
    });
  }
  const fabric = fabricOf(world);
  for (const { state, kind } of fabric.nodes.values()) {
    const { name, release } = state;
    if (!nodes.has(name)) nodes.set(name, { name, kind: kind.name, release, listens: false });
  }
  for (const { type, app } of fabric.sessions.values()) {
    if (type === 'LISTEN') nodes.get(fabric.node(fabric.app(app).node).state.name)!.listens = true;
  }
  return [...nodes.values()];
}
