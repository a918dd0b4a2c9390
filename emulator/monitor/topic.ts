/** A notion of its own that a part wants `help` to explain, beside commands and events: a numbered rule, say. */
export interface Topic {
  readonly name: string;
  /** Under what it is listed: `Rules`. */
  readonly group: string;
  /** What stands after its name; may be empty. */
  readonly title: string;
  readonly text: string;
}

/** Topics by name. */
export type TopicTable = ReadonlyMap<string, Topic>;

/** Such that a text of help, with its margin, stays within 80 columns, also in a frame. */
const WIDTH = 74;

/** The topic of that name, in capitals or not. */
export function findTopic(topics: TopicTable, name: string): Topic | undefined {
  const asked = name.toUpperCase();
  return topics.get(name) ?? [...topics.values()].find((topic) => topic.name.toUpperCase() === asked);
}

/** Its name and title, then its text. */
export function topicHelp({ name, title, text }: Topic): readonly string[] {
  return [title === '' ? name : `${name}: ${title}`, ...wrapped(text, WIDTH).map((line) => `  ${line}`)];
}

/** The texts of the topics of these names, each once, under their names. */
export function topicTexts(topics: TopicTable, names: readonly string[]): readonly string[] {
  return [...new Set(names)].flatMap((name) => {
    const topic = topics.get(name);
    if (topic === undefined) return [];
    const margin = ' '.repeat(name.length + 2);
    return wrapped(topic.text, WIDTH - name.length).map((line, at) =>
      at === 0 ? `${name}  ${line}` : margin + line,
    );
  });
}

/** The names of all topics under their groups. */
export function topicOverview(topics: TopicTable): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { group, name } of topics.values()) groups.set(group, [...(groups.get(group) ?? []), name]);
  return [...groups].flatMap(([group, names]) => [
    '',
    group,
    ...wrapped(names.join(' '), WIDTH).map((line) => `  ${line}`),
  ]);
}

/** Words put together into lines of at most `width`, but for a word that is longer. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
