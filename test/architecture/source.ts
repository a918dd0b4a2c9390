import { type Comment, type Node, parseSync } from 'oxc-parser';

/** One file of the repository. Its tree has `parent` set on every node but the root. */
export interface Source {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Every node, parents before their children; empty for a file that is not TypeScript or JavaScript. */
  readonly nodes: readonly Node[];
  readonly comments: readonly Comment[];
}

export const isCode = (path: string): boolean => /\.(ts|js)$/.test(path) && !path.endsWith('.d.ts');
export const isGenerated = (path: string): boolean => path.endsWith('.generated.ts');
export const isTest = (path: string): boolean => path.startsWith('test/');

const countLines = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

export function readSource(path: string, text: string): Source {
  const lines = countLines(text);
  if (!isCode(path)) return { path, text, lines, nodes: [], comments: [] };
  const parsed = parseSync(path, text, { sourceType: 'module' });
  const error = parsed.errors[0];
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`);
  const nodes: Node[] = [];
  collect(parsed.program, undefined, nodes);
  return { path, text, lines, nodes, comments: parsed.comments };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function collect(node: Node, parent: Node | undefined, into: Node[]): void {
  if (parent !== undefined) node.parent = parent;
  into.push(node);
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) collect(child, node, into);
    }
  }
}

/** The line, from 1, that an offset into the text is on. */
export function lineAt(source: Source, offset: number): number {
  return source.text.slice(0, offset).split('\n').length;
}
