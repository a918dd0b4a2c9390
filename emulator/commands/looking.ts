import { eventText, whyNotRead } from '../drill/eventText.js';
import { conditionsOf } from '../drill/wanted.js';
import type { EventFilter } from '../filter.js';
import { count, fileName, helpTopic } from '../monitor/argTypes.js';
import {
  type AnyOption,
  type CommandDeclaration,
  defineCommand,
  flag,
  option,
  optional,
  required,
  rest,
} from '../monitor/command.js';
import { eventFields, eventName } from '../monitor/eventTypes.js';
import type { LanguageHelp } from '../monitor/outcome.js';
import { type About, aboutEvent } from '../why/about.js';
import type { World } from '../world.js';

const DEFAULT_LAST = 20;

/** The last events that one of the filters takes, oldest first. */
function lastMatches(world: World, filters: readonly EventFilter[], most: number): readonly string[] {
  const lines: string[] = [];
  for (let at = world.log.count; at >= world.log.firstKept && lines.length < most; at -= 1) {
    if (filters.some((filter) => filter.matches(at))) lines.push(eventText(world.log.read(at)));
  }
  return lines.length === 0 ? ['no such event'] : lines.reverse();
}

export const events: CommandDeclaration = defineCommand({
  name: 'events',
  group: 'Looking',
  effect: 'look',
  help: 'shows the last events, of a kind or of all kinds',
  examples: ['events', 'events rmc_open --app client', 'events --node eee0 --last 5'],
  words: { event: optional(eventName, 'only events of this kind') },
  options: { last: option(count, 'how many (20)') },
  anyOption: eventFields,
  run: ({ world }, { event, last, extra }) => ({
    lines: lastMatches(world, [world.filter(event ?? '', conditionsOf(extra))], last ?? DEFAULT_LAST),
  }),
});

const frameEvents = Object.freeze(['frame_sent', 'frame_delivered', 'frame_dropped'] as const);

/** Fields of the three events that tell of frames. */
const frameFields: AnyOption<string> = {
  ...eventFields,
  names: (scope) => eventFields.names(scope, new Map([['events', frameEvents]])),
  resolve: (name, scope) => eventFields.resolve(name, scope, new Map([['events', frameEvents]])),
};

export const frames: CommandDeclaration = defineCommand({
  name: 'frames',
  group: 'Looking',
  effect: 'look',
  help: 'shows the last frames that were sent, delivered and dropped',
  examples: ['frames', 'frames --frame CLOSE_REQ --from ssc0'],
  options: { last: option(count, 'how many (20)') },
  anyOption: frameFields,
  run: ({ world }, { last, extra }) => {
    const filters = frameEvents.map((event) => world.filter(event, conditionsOf(extra)));
    return { lines: lastMatches(world, filters, last ?? DEFAULT_LAST) };
  },
});

export const digest: CommandDeclaration = defineCommand({
  name: 'digest',
  group: 'Looking',
  effect: 'look',
  help: 'shows the fingerprint of the run so far, and of the state of the world now',
  examples: ['digest'],
  run: ({ world }) => ({
    lines: [`digest ${world.log.digest()}  events ${world.log.count}`, `state  ${world.stateDigest()}`],
  }),
});

export const help: CommandDeclaration = defineCommand({
  name: 'help',
  group: 'Looking',
  effect: 'look',
  help: 'shows the commands, or says more on a command, an event, a topic, or something that is there now',
  examples: ['help', 'help run until', 'help abort_session', 'help @212', 'help client.1', 'help eee0'],
  words: { topic: rest(helpTopic, 'what to say more on') },
  run: ({ world, engine: { language } }, { topic }) => {
    if (topic.length === 0) return { lines: language.help() };
    return { lines: language.help(topic.join(' '), aboutOf(world, language, topic)) };
  },
});

/** What there is now of that name: an event of the log, or what an extension knows, as a session or a node. */
function aboutOf(
  world: World,
  { events, topics }: LanguageHelp,
  words: readonly string[],
): About | undefined {
  const [name = '', place] = words;
  const event = /^@([1-9]\d*)$/.exec(name)?.[1];
  if (event !== undefined) {
    const number = Number(event);
    const missing = whyNotRead(world.log, number);
    return missing === '' ? aboutEvent(world, number, events, topics) : { lines: [missing], topics: [] };
  }
  const address = place === undefined ? undefined : Number(place);
  for (const extension of world.extensions) {
    const about = extension.about?.(world, name, address);
    if (about !== undefined) return about;
  }
  return undefined;
}

export const save: CommandDeclaration = defineCommand({
  name: 'save',
  group: 'Looking',
  effect: 'look',
  where: 'prompt',
  help: 'writes what was done so far as a drill of the same digest',
  examples: ['save found.drill', 'save found.drill --force', 'save found.drill --expect'],
  words: { file: required(fileName, 'the file') },
  options: {
    force: flag('overwrites a file that is there'),
    expect: flag(
      'adds a check for each callback, completion and `learned` that came; runs the drill once to prove it',
    ),
  },
  run: (_context, { file, force, expect }) => ({ request: { kind: 'save', file, force, expect } }),
});
