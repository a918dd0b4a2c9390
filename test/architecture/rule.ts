import type { Node } from 'oxc-parser';
import { lineAt, type Source } from './source.js';

export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

export interface Rule {
  readonly name: string;
  /** What to write instead. */
  readonly instead: string;
  /** Given all files of the repository, so that a rule may speak about more than one. */
  check(files: readonly Source[]): readonly Finding[];
}

export type Report = (node: Node, what: string) => void;

/** A rule that looks at one node after another of the files whose path it concerns. */
export function nodeRule(
  rule: Omit<Rule, 'check'> & {
    concerns(path: string): boolean;
    look(node: Node, report: Report, source: Source): void;
  },
): Rule {
  const check = (files: readonly Source[]): readonly Finding[] => {
    const findings: Finding[] = [];
    for (const source of files.filter((file) => rule.concerns(file.path))) {
      const report: Report = (node, what) => {
        findings.push({ path: source.path, line: lineAt(source, node.start), what });
      };
      for (const node of source.nodes) rule.look(node, report, source);
    }
    return findings;
  };
  return { name: rule.name, instead: rule.instead, check };
}

export function message(rule: Rule, finding: Finding): string {
  return `${finding.path}:${finding.line}: [${rule.name}] ${finding.what}. Instead: ${rule.instead}`;
}
