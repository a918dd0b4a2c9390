/** What the table of drills says of one file. */
export interface DrillFacts {
  /** Path below the folder of the drills. */
  readonly file: string;
  readonly text: string;
}

/** Where the table stands in drills/README.md; what is between the two is made. */
export const tableBegins = '<!-- made by npm run docs: the table of drills -->';
export const tableEnds = '<!-- end of the table -->';

/** The first comment of a drill: what it shows, in a sentence. */
function purpose(text: string): string {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => line.startsWith('#'));
  if (from < 0) return '';
  const sentence: string[] = [];
  for (const line of lines.slice(from)) {
    const words = line.startsWith('#') ? line.replace(/^#+\s*/, '').trim() : '';
    if (words === '') break;
    sentence.push(words);
    if (words.endsWith('.')) break;
  }
  return sentence.join(' ');
}

/** S rules before D rules, each in the order of its numbers. */
function rulesIn(text: string): readonly string[] {
  const found = new Set(text.match(/\b[SD]\d{1,2}\b/g) ?? []);
  const rank = (rule: string): number => (rule.startsWith('S') ? 0 : 100) + Number(rule.slice(1));
  return [...found].sort((a, b) => rank(a) - rank(b));
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** A row a drill: its file, what it shows, the rules that it names. */
export function drillTable(drills: readonly DrillFacts[]): string {
  const rows = drills.map(
    ({ file, text }) => `| [${file}](${file}) | ${cell(purpose(text))} | ${rulesIn(text).join(' ')} |`,
  );
  return ['| drill | what it shows | rules |', '|---|---|---|', ...rows].join('\n');
}

/** The page with the table between its two marks; unchanged where it has no marks. */
export function withTable(page: string, table: string): string {
  const from = page.indexOf(tableBegins);
  const to = page.indexOf(tableEnds);
  if (from < 0 || to < from) return page;
  return `${page.slice(0, from + tableBegins.length)}\n\n${table}\n\n${page.slice(to)}`;
}
