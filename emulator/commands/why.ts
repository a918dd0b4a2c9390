import { whyNotRead } from '../drill/eventText.js';
import { type ArgType, fault } from '../monitor/argType.js';
import { type CommandDeclaration, defineCommand, optional, required } from '../monitor/command.js';
import { eventNumber } from '../monitor/eventTypes.js';
import { Refused } from '../refusal.js';
import { whyEvent, whySubject } from '../why/whyText.js';

const KINDS = ['session', 'app', 'node'] as const;

/** Something with a name, perhaps with a place in its block behind it; or an event. */
const subject: ArgType<{ readonly name: string } | { readonly event: number }> = {
  name: 'name|@event',
  describe: 'a session, a field of its block (client.1+6), an application, a node, or an event, as @212',
  parse: (word, scope, earlier) => {
    if (word.startsWith('@')) {
      const event = eventNumber.parse(word, scope, earlier);
      return 'problem' in event ? event : { value: { event: event.value } };
    }
    const first = /^[^./+]+/.exec(word)?.[0] ?? '';
    if (KINDS.some((kind) => scope.has(kind, first) || scope.has(kind, word)))
      return { value: { name: word } };
    const names = KINDS.flatMap((kind) => [...scope.names(kind)]);
    return fault(
      `there is no session, application or node "${word}"`,
      'a name, or an event, as @212',
      word,
      names,
    );
  },
  complete: (_prefix, scope) => KINDS.flatMap((kind) => [...scope.names(kind)]),
};

const address: ArgType<string> = {
  name: 'address',
  describe: 'an address in the memory of a node or an application, as 0x1000',
  parse: (word) =>
    /^(?:0[xX][0-9a-fA-F]{1,8}|\d{1,10})$/.test(word)
      ? { value: word }
      : fault(`"${word}" is no address`, 'a number, as 0x1000'),
};

export const why: CommandDeclaration = defineCommand({
  name: 'why',
  group: 'Looking',
  effect: 'look',
  help: 'tells how something came about: the chain of causes back to the command, and who changed a block last',
  examples: ['why client.1', 'why @212', 'why client.1+6', 'why eee0 0x1000'],
  words: {
    subject: required(subject, 'what to explain'),
    address: optional(address, 'of a node or an application: the block at that address'),
  },
  run: ({ world, engine }, args) => {
    if ('event' in args.subject) {
      const { event } = args.subject;
      const missing = whyNotRead(world.log, event);
      if (missing !== '') throw new Refused(missing);
      return { lines: whyEvent(world, event) };
    }
    const { name } = args.subject;
    for (const extension of world.extensions) {
      const found = extension.subject?.(
        world,
        name,
        args.address === undefined ? undefined : Number(args.address),
      );
      if (found !== undefined) return { lines: whySubject(world, found, engine.history) };
    }
    throw new Refused(`there is nothing to tell about ${name}`);
  },
});
