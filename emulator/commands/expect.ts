import { EventScan } from '../drill/eventScan.js';
import { eventText, timeText } from '../drill/eventText.js';
import { nearestEvents } from '../drill/nearest.js';
import { wantedText } from '../drill/wanted.js';
import { count, duration } from '../monitor/argTypes.js';
import {
  type CommandDeclaration,
  defineCommand,
  type ExtraArg,
  option,
  required,
} from '../monitor/command.js';
import { eventFields, eventName, eventNames } from '../monitor/eventTypes.js';
import type { CheckFailure, CommandContext, Outcome } from '../monitor/outcome.js';
import { durationText } from '../monitor/values.js';
import type { World } from '../world.js';
import { DEFAULT_WITHIN_US } from './running.js';

type Extra = readonly ExtraArg<string>[];

/**
 * A passed check names every event that it matches, for the end checks: earlier and later ones too. Of events that
 * have a status it names those only whose status it says.
 */
function nameMatches({ world, engine }: CommandContext, event: string, extra: Extra): void {
  const declared = world.events.declaration(world.eventType(event));
  const hasStatus = declared.fields.some((field) => field.name === 'status');
  if (hasStatus && !extra.some(({ name }) => name === 'status')) return;
  engine.claims.nameEvents(
    (claimed) =>
      claimed.event === event &&
      extra.every(({ name, value }) => {
        const is = claimed.fields.get(name);
        return is !== undefined && String(is) === value;
      }),
  );
}

/** The node that a check is about: the one that it names, or that of an event. */
function nodeOf(world: World, extra: Extra, event: number): string | undefined {
  const named = extra.find(({ name }) => name === 'node')?.value;
  if (named !== undefined || event === 0) return named;
  const node = world.log.read(event).fields.get('node');
  return typeof node === 'string' ? node : undefined;
}

function failure(
  world: World,
  extra: Extra,
  message: string,
  event: number,
  nearest: readonly string[],
): CheckFailure {
  const node = nodeOf(world, extra, event);
  return {
    message,
    nearest,
    ...(event === 0 ? {} : { event }),
    ...(node === undefined ? {} : { node }),
  };
}

export const expect: CommandDeclaration = defineCommand({
  name: 'expect',
  group: 'Checks',
  effect: 'check',
  help: 'needs an event since the last command that changed the world; runs the world only as far as it must',
  examples: [
    'expect abort_session --app client --within 401ms',
    'expect message --session server/1 --count 3',
  ],
  words: { event: required(eventName, 'the event') },
  options: {
    count: option(count, 'how many at least (1)'),
    within: option(duration, 'no later than this after the last change (10s)'),
    'not-before': option(duration, 'no sooner than this after the last change'),
  },
  anyOption: eventFields,
  instead: { for: 'within' },
  check: (args) => {
    const within = args.within ?? DEFAULT_WITHIN_US;
    return (args['not-before'] ?? 0) > within
      ? [
          {
            at: 'not-before',
            problem: `--not-before is later than the end of the window, ${durationText(within)}`,
          },
        ]
      : [];
  },
  run: (context, args) => {
    const { world, engine } = context;
    const { event, extra } = args;
    const sinceUs = engine.since.timeUs;
    const window = {
      fromUs: sinceUs + (args['not-before'] ?? 0),
      toUs: sinceUs + (args.within ?? DEFAULT_WITHIN_US),
    };
    const scan = new EventScan(world, engine, event, extra, window);
    const needed = args.count ?? 1;
    const found = { matches: 0 };
    return {
      wait: {
        held: [scan, found],
        untilUs: window.toUs,
        poll: () => {
          while (found.matches < needed && scan.next() > 0) found.matches += 1;
          if (found.matches < needed) return 'waiting';
          nameMatches(context, event, extra);
          return 'done';
        },
        expire: () => {
          const nearest = nearestEvents(world, engine, event, extra, window);
          const came = `${found.matches} of ${needed} came from ${timeText(window.fromUs)} to ${timeText(window.toUs)}`;
          return failure(
            world,
            extra,
            `expected ${wantedText(event, extra)}: ${came}`,
            nearest.event,
            nearest.lines,
          );
        },
      },
    };
  },
});

export const expectNo: CommandDeclaration = defineCommand({
  name: 'expect no',
  group: 'Checks',
  effect: 'check',
  help: 'fails when an event has come since the last change, or comes in the time given; the bounds are included',
  examples: ['expect no learned --app old --for 1s', 'expect no new_session --count 2'],
  words: { event: required(eventName, 'the event') },
  options: {
    count: option(count, 'fails on this match (1)'),
    for: option(duration, 'looks so far from the last change (until now)'),
  },
  anyOption: eventFields,
  instead: { within: 'for' },
  run: ({ world, engine }, args) => {
    const { event, extra } = args;
    const sinceUs = engine.since.timeUs;
    const toUs = args.for === undefined ? world.nowUs : sinceUs + args.for;
    const scan = new EventScan(world, engine, event, extra, { fromUs: sinceUs, toUs });
    const allowed = (args.count ?? 1) - 1;
    const found = { matches: 0 };
    return {
      wait: {
        held: [scan, found],
        untilUs: toUs,
        poll: () => {
          for (let match = scan.next(); match > 0; match = scan.next()) {
            found.matches += 1;
            if (found.matches <= allowed) continue;
            const which = allowed === 0 ? '' : `, match ${found.matches}`;
            const message = `expected no ${wantedText(event, extra)}${which} up to ${timeText(toUs)}; it came`;
            return failure(world, extra, message, match, [eventText(world.log.read(match))]);
          }
          return args.for === undefined ? 'done' : 'waiting';
        },
        expire: () => 'done',
      },
    };
  },
});

/** Runs `expect order`: the events in that order, others between them allowed. */
function runOrder(
  context: CommandContext,
  args: { readonly events: readonly string[]; readonly within: number | undefined; readonly extra: Extra },
): Outcome {
  const { world, engine } = context;
  const window = {
    fromUs: engine.since.timeUs,
    toUs: engine.since.timeUs + (args.within ?? DEFAULT_WITHIN_US),
  };
  // A field that an event does not have does not hold for it.
  const parts = args.events.map((event) => {
    const declared = world.events.declaration(world.eventType(event));
    const names: readonly string[] = [...declared.common, ...declared.fields.map((field) => field.name)];
    return { event, extra: args.extra.filter(({ name }) => names.includes(name)) };
  });
  const scans = parts.map(({ event, extra }) => new EventScan(world, engine, event, extra, window));
  const found: number[] = [];
  return {
    wait: {
      held: [scans, found],
      untilUs: window.toUs,
      poll: () => {
        for (;;) {
          const scan = scans[found.length];
          if (scan === undefined) break;
          scan.skipTo(found[found.length - 1] ?? 0);
          const match = scan.next();
          if (match === 0) return 'waiting';
          found.push(match);
        }
        for (const { event, extra } of parts) nameMatches(context, event, extra);
        return 'done';
      },
      expire: () => {
        const missing = parts[found.length]!;
        const nearest = nearestEvents(world, engine, missing.event, missing.extra, window);
        const came = found.map((event) => `came: ${eventText(world.log.read(event))}`);
        const last = found[found.length - 1];
        const after = last === undefined ? '' : ` after @${last}`;
        const wanted = `${args.events.join(', then ')}`;
        const message = `expected ${wanted}: no ${wantedText(missing.event, missing.extra)}${after} up to ${timeText(window.toUs)}`;
        const event = last ?? nearest.event;
        return failure(world, missing.extra, message, event, [...came, ...nearest.lines]);
      },
    },
  };
}

export const expectOrder: CommandDeclaration = defineCommand({
  name: 'expect order',
  group: 'Checks',
  effect: 'check',
  help: 'needs events in this order since the last change; a field counts for those of them that have it',
  examples: ['expect order open_done,io_done,close_done --app client'],
  words: { events: required(eventNames, 'the events, with commas between') },
  options: { within: option(duration, 'all no later than this after the last change (10s)') },
  anyOption: eventFields,
  instead: { for: 'within' },
  run: (context, args) => runOrder(context, args),
});
