import type { EventDeclaration } from '../events.js';
import type { About } from '../why/about.js';
import type { CommandDeclaration } from './command.js';
import type { CommandTable } from './commandTable.js';
import { nearestWord } from './nearest.js';
import { usageOf } from './parseCommand.js';
import type { EventTable } from './scope.js';
import { findTopic, type TopicTable, topicHelp, topicOverview, topicTexts } from './topic.js';

/** What help knows. */
export interface HelpTables {
  readonly table: CommandTable;
  readonly events: EventTable;
  readonly topics: TopicTable;
}

/**
 * Help on everything, or on a command, the first words of some commands, an event, or a topic; and on what the world has
 * of that name, with the texts of the topics that it names.
 */
export function helpLines(
  { table, events, topics }: HelpTables,
  topic?: string,
  about?: About,
): readonly string[] {
  if (topic === undefined) return [...overview(table, topics), ...topicOverview(topics)];
  const command = table.get(topic);
  const begun = table.commands.filter((each) => each.name.startsWith(`${topic} `));
  const event = events.get(topic);
  const notion = findTopic(topics, topic);
  const lines = [
    ...(command === undefined ? [] : commandHelp(command)),
    ...begun.map((each) => `${usageOf(each)}    ${each.help}`),
    ...(event === undefined ? [] : eventHelp(event)),
    ...(notion === undefined ? [] : topicHelp(notion)),
    ...(about?.lines ?? []),
    ...(about === undefined || about.topics.length === 0 ? [] : ['', ...topicTexts(topics, about.topics)]),
  ];
  if (lines.length > 0) return lines;
  const nearest = nearestWord(topic, [...table.names(), ...events.keys(), ...topics.keys()]);
  return [`there is no help on "${topic}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`];
}

/** The order in which a newcomer wants them; groups that are not here come after these. */
const GROUPS: readonly string[] = [
  ...['Set up', 'Sessions', 'Failures', 'Bus', 'Faults', 'Running', 'Time travel', 'Looking', 'Checks'],
  'Drill text',
];

/** The groups of commands in the order in which they are shown, each in the order of the table. */
export function groupsOf(table: CommandTable): readonly (readonly [string, readonly CommandDeclaration[]])[] {
  const groups = new Map<string, CommandDeclaration[]>();
  for (const command of table.commands) {
    const group = groups.get(command.group) ?? [];
    group.push(command);
    groups.set(command.group, group);
  }
  const place = ([name]: readonly [string, unknown]): number =>
    GROUPS.includes(name) ? GROUPS.indexOf(name) : GROUPS.length;
  return [...groups].sort((a, b) => place(a) - place(b));
}

function overview(table: CommandTable, topics: TopicTable): readonly string[] {
  const width = Math.max(...table.commands.map((command) => command.name.length));
  const first = [...topics.keys()][0];
  const more = first === undefined ? '' : `, and so does help ${first}`;
  const lines = [`help <command> or help <event> says more${more}.`];
  for (const [group, commands] of groupsOf(table)) {
    lines.push('', group);
    for (const command of commands) lines.push(`  ${command.name.padEnd(width)}  ${command.help}`);
  }
  return lines;
}

function commandHelp(command: CommandDeclaration): readonly string[] {
  const lines = [usageOf(command), `  ${command.help}`];
  if (command.where === 'prompt') lines.push('  at the prompt only, not in a drill');
  if (command.aliases.length > 0) lines.push(`  also: ${command.aliases.join(', ')}`);
  for (const word of command.words) lines.push(`  <${word.name}>  ${word.help}: ${word.type.describe}`);
  for (const option of command.options) {
    const type = 'type' in option ? `: ${option.type.describe}` : '';
    lines.push(`  --${option.name}  ${option.help}${type}${option.kind === 'later' ? ' (later)' : ''}`);
  }
  if (command.anyOption !== undefined) {
    lines.push(`  --<${command.anyOption.name}>  ${command.anyOption.help}`);
  }
  if (command.rules.length > 0) lines.push(`  rules: ${command.rules.join(' ')}`);
  for (const example of command.examples) lines.push(`  e.g.  ${example}`);
  return lines;
}

function eventHelp(event: EventDeclaration): readonly string[] {
  const rules = event.rules ?? [];
  const lines = [`event ${event.name}`, `  ${event.help}`];
  if (event.common.length > 0) lines.push(`  common fields: ${event.common.join(', ')}`);
  for (const field of event.fields) {
    const values = field.values === undefined ? '' : `: ${field.values.join(' | ')}`;
    lines.push(`  ${field.name}  ${field.help}${values}`);
  }
  if (rules.length > 0) lines.push(`  rules: ${rules.join(' ')}`);
  return lines;
}
