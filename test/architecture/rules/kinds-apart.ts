import type { Node } from 'oxc-parser';
import { importOf } from '../imports.js';
import { partOf } from '../parts.js';
import type { Finding, Rule } from '../rule.js';
import { lineAt, type Source } from '../source.js';

interface Edge {
  readonly node: Node;
  readonly target: string;
}

type Graph = ReadonlyMap<string, readonly Edge[]>;

function edgesOf(source: Source): readonly Edge[] {
  return source.nodes.flatMap((node) => {
    const found = importOf(node, source.path);
    return found?.target === undefined || found.typeOnly ? [] : [{ node, target: found.target }];
  });
}

/** The files from `path` to one of the folder `to`, or undefined when none is reached. */
function way(graph: Graph, path: string, to: string, seen: Set<string>): readonly string[] | undefined {
  if (path.startsWith(`${to}/`)) return [path];
  if (seen.has(path)) return undefined;
  seen.add(path);
  for (const edge of graph.get(path) ?? []) {
    const rest = way(graph, edge.target, to, seen);
    if (rest !== undefined) return [path, ...rest];
  }
  return undefined;
}

function reaching(graph: Graph, source: Source, to: string): readonly Finding[] {
  return (graph.get(source.path) ?? []).flatMap(({ node, target }) => {
    const found = way(graph, target, to, new Set());
    if (found === undefined) return [];
    const what = `this import reaches ${to}: ${[source.path, ...found].join(' -> ')}`;
    return [{ path: source.path, line: lineAt(source, node.start), what }];
  });
}

const other: Readonly<Record<string, string>> = { 'nodes/ssc': 'nodes/eee', 'nodes/eee': 'nodes/ssc' };

/** Not even by way of a third file, so that either kind can be deleted. */
export const kindsApart: Rule = {
  name: 'kinds-apart',
  instead: 'put what both kinds need into a file of nodes/ that does not lead to nodes/kinds.ts',
  check(files) {
    const graph: Graph = new Map(files.map((file) => [file.path, edgesOf(file)]));
    return files.flatMap((file) => {
      const to = other[partOf(file.path)];
      return to === undefined ? [] : reaching(graph, file, to);
    });
  },
};
