import { markdownTable } from './markdown.js';

/** What the table of drills says of one file. */
export interface DrillFacts {
  /** Path below the folder of the drills. */
  readonly file: string;
  readonly text: string;
}

/** Where the table stands in drills/README.md; what is between the two is made. */
export const tableBegins = '<!-- made by npm run docs: the table of drills -->';
export const tableEnds = '<!-- end of the table -->';

/** The first comment of a drill, up to an empty line of it: what the drill shows. */
function firstComment(text: string): string {
  const lines = text.split(/\r?\n/);
  const from = Math.max(
    0,
    lines.findIndex((line) => line.startsWith('#')),
  );
  const words = lines.slice(from).map((line) => (line.startsWith('#') ? line.replace(/^#+/, '').trim() : ''));
  const end = words.indexOf('');
  return words.slice(0, end < 0 ? words.length : end).join(' ');
}

/** The first sentence of it. A full stop inside of `R1.0.x` ends none. */
function purpose(text: string): string {
  const comment = firstComment(text);
  return /^.*?[.?!](?=\s|$)/.exec(comment)?.[0] ?? comment;
}

/** The rules of its line `# Rules: …`, else all that it names; S rules before D rules, by their numbers. */
export function rulesIn(text: string): readonly string[] {
  const named = /^#\s*Rules:.*(\n#.*\S.*)*/m.exec(text)?.[0] ?? text;
  const found = new Set(named.match(/\b[SD]\d{1,2}\b/g) ?? []);
  const rank = (rule: string): number => (rule.startsWith('S') ? 0 : 100) + Number(rule.slice(1));
  return [...found].sort((a, b) => rank(a) - rank(b));
}

/** A row a drill: its file, what it shows, the rules that it names. */
export function drillTable(drills: readonly DrillFacts[]): string {
  const rows = drills.map(({ file, text }) => [`[${file}](${file})`, purpose(text), rulesIn(text).join(' ')]);
  return markdownTable(['drill', 'what it shows', 'rules'], rows).join('\n');
}

/** The page with the table between its two marks; unchanged where it has no marks. */
export function withTable(page: string, table: string): string {
  const from = page.indexOf(tableBegins);
  const to = page.indexOf(tableEnds);
  if (from < 0 || to < from) return page;
  return `${page.slice(0, from + tableBegins.length)}\n\n${table}\n\n${page.slice(to)}`;
}
