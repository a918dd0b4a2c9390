import { conditionsOf, wantedText } from '../drill/wanted.js';
import { type ArgType, fault } from '../monitor/argType.js';
import { count, duration } from '../monitor/argTypes.js';
import { type CommandDeclaration, defineCommand, option, optional, required } from '../monitor/command.js';
import { eventFields, eventName, eventNumber } from '../monitor/eventTypes.js';
import { Refused } from '../refusal.js';

/** How long `run until` and `expect` wait when nothing else is said. */
export const DEFAULT_WITHIN_US = 10_000_000;

export const run: CommandDeclaration = defineCommand({
  name: 'run',
  group: 'Running',
  effect: 'run',
  help: 'lets virtual time pass; the end is included',
  examples: ['run 10ms'],
  words: { duration: required(duration, 'how long') },
  run: ({ world }, args) => ({
    wait: { untilUs: world.nowUs + args.duration, poll: () => 'waiting', expire: () => 'done' },
  }),
});

export const runUntil: CommandDeclaration = defineCommand({
  name: 'run until',
  group: 'Running',
  effect: 'run',
  help: 'runs until an event comes, counted from now; fails when it does not',
  examples: ['run until abort_session --app client --within 1s'],
  words: { event: required(eventName, 'the event') },
  options: { within: option(duration, 'how long from now at most (10s)') },
  anyOption: eventFields,
  instead: { for: 'within' },
  run: ({ world }, { event, within, extra }) => {
    const filter = world.filter(event, conditionsOf(extra));
    const seen = { upTo: world.log.count };
    return {
      wait: {
        held: [seen, filter],
        untilUs: world.nowUs + (within ?? DEFAULT_WITHIN_US),
        poll: () => {
          const found = filter.next(seen.upTo + 1) > 0;
          seen.upTo = world.log.count;
          return found ? 'done' : 'waiting';
        },
        expire: () => ({ message: `no ${wantedText(event, extra)} came` }),
      },
    };
  },
});

export const step: CommandDeclaration = defineCommand({
  name: 'step',
  group: 'Running',
  effect: 'run',
  help: 'runs one entry of the event queue, or several, each with all that it causes at that instant',
  examples: ['step', 'step 10'],
  words: { n: optional(count, 'how many (1)') },
  run: ({ world }, { n }) => {
    const end = world.steps + (n ?? 1);
    return {
      wait: {
        untilUs: Number.POSITIVE_INFINITY,
        poll: () => (world.steps >= end ? 'done' : 'waiting'),
        expire: () => 'done',
      },
    };
  },
});

export const goOn: CommandDeclaration = defineCommand({
  name: 'continue',
  group: 'Running',
  effect: 'run',
  where: 'prompt',
  help: 'goes on: to the end of the drill, in the terminal UI until paused',
  examples: ['continue'],
  run: () => ({ request: { kind: 'continue' } }),
});

export const back: CommandDeclaration = defineCommand({
  name: 'back',
  group: 'Time travel',
  effect: 'run',
  where: 'prompt',
  help: 'goes back one step, or several',
  examples: ['back', 'back 10'],
  words: { n: optional(count, 'how many (1)') },
  run: (_context, { n }) => ({ request: { kind: 'back', count: n ?? 1 } }),
});

export const forward: CommandDeclaration = defineCommand({
  name: 'forward',
  group: 'Time travel',
  effect: 'run',
  where: 'prompt',
  help: 'after going back: goes forward again, no further than the world has been',
  examples: ['forward', 'forward 10'],
  words: { n: optional(count, 'how many (1)') },
  run: (_context, { n }) => ({ request: { kind: 'forward', count: n ?? 1 } }),
});

/** A time, or the number of an event. */
const moment: ArgType<{ readonly timeUs: number } | { readonly event: number }> = {
  name: 'time or @event',
  describe: 'a time from the start, as 1s, or an event, as @212',
  parse: (word, scope, earlier) => {
    if (word.startsWith('@')) {
      const event = eventNumber.parse(word, scope, earlier);
      return 'problem' in event ? event : { value: { event: event.value } };
    }
    const time = duration.parse(word, scope, earlier);
    if (!('problem' in time)) return { value: { timeUs: time.value } };
    const wrong = fault(`"${word}" is no moment`, 'a time from the start, as 1s, or an event, as @212');
    return time.nearest === undefined ? wrong : { ...wrong, nearest: time.nearest };
  },
};

export const goto: CommandDeclaration = defineCommand({
  name: 'goto',
  group: 'Time travel',
  effect: 'run',
  where: 'prompt',
  help: 'goes to a time, or to where an event had just come',
  examples: ['goto 1.5s', 'goto @212'],
  words: { moment: required(moment, 'where to') },
  run: (_context, args) => ({
    request:
      'event' in args.moment
        ? { kind: 'gotoEvent', event: args.moment.event }
        : { kind: 'gotoTime', timeUs: args.moment.timeUs },
  }),
});

export const gotoLast: CommandDeclaration = defineCommand({
  name: 'goto last',
  group: 'Time travel',
  effect: 'run',
  where: 'prompt',
  help: 'goes to the last event so far of a kind',
  examples: ['goto last abort_session --app client'],
  words: { event: required(eventName, 'the event') },
  anyOption: eventFields,
  run: ({ world }, { event, extra }) => {
    const last = world.filter(event, conditionsOf(extra)).previous();
    if (last === 0) throw new Refused(`no ${wantedText(event, extra)} has come so far`);
    return { request: { kind: 'gotoEvent', event: last } };
  },
});
