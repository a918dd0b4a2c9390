import { eventText, fieldText, timeText } from '../drill/eventText.js';
import type { EventDeclaration } from '../events.js';
import type { LoggedEvent } from '../loggedEvent.js';
import type { EventTable } from '../monitor/scope.js';
import type { TopicTable } from '../monitor/topic.js';
import type { World } from '../world.js';

/** What something of this world is: what `help` says of it, and the topics whose texts tell more. */
export interface About {
  readonly lines: readonly string[];
  readonly topics: readonly string[];
}

/** An event of the log by its declaration: what it is, each field with its value and its meaning, and its rules. */
export function aboutEvent(world: World, number: number, events: EventTable, topics: TopicTable): About {
  const event = world.log.read(number);
  const declared = events.get(event.event);
  const rows = [...event.fields].map(([name, value]) => [
    name,
    fieldText(name, value),
    meaningOf(declared, name),
  ]);
  const [names, values] = [0, 1].map((at) => Math.max(0, ...rows.map((row) => (row[at] ?? '').length)));
  return {
    lines: [
      `@${number} ${event.event}, at ${timeText(event.timeUs)}: ${declared?.help ?? ''}`,
      ...rows.map(([name = '', value = '', meaning = '']) =>
        `  ${name.padEnd(names ?? 0)}  ${value.padEnd(values ?? 0)}  ${meaning}`.trimEnd(),
      ),
      ...(event.cause > 0 ? [`  ${'because'.padEnd(names ?? 0)}  ${causeText(world, event.cause)}`] : []),
    ],
    topics: [...(declared?.rules ?? []), ...topicsIn(event, topics)],
  };
}

function causeText(world: World, cause: number): string {
  return cause < world.log.firstKept ? `@${cause}, which is not kept` : eventText(world.log.read(cause));
}

function meaningOf(declared: EventDeclaration | undefined, name: string): string {
  const field = declared?.fields.find((one) => one.name === name);
  if (field === undefined) return COMMON.get(name) ?? '';
  // Many values are an open list for a reader: the topic of the one that came says more.
  const values = field.values === undefined || field.values.length > MOST_VALUES ? [] : field.values;
  return values.length === 0 ? field.help : `${field.help}: ${values.join(' | ')}`;
}

const MOST_VALUES = 10;

const COMMON: ReadonlyMap<string, string> = new Map([
  ['node', 'where it happened'],
  ['app', 'the application that it is about'],
  ['session', 'its session'],
  ['peer', 'the other side of the session'],
]);

/** Topics that the values of an event name: a status, the rule that told. */
const topicsIn = (event: LoggedEvent, topics: TopicTable): readonly string[] =>
  [...event.fields.values()].flatMap((value) =>
    String(value)
      .split(' ')
      .filter((word) => topics.has(word)),
  );
