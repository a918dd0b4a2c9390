import {
  type CheckFailure,
  type CommandDeclaration,
  choice,
  composeLanguage,
  count,
  type Drill,
  defineCommand,
  duration,
  type Extension,
  extensionKey,
  integer,
  type Language,
  type NodeModel,
  newName,
  nodeName,
  option,
  optional,
  type Problem,
  parseDrill,
  type ReadFile,
  Refused,
  required,
  Timeline,
  type TimelineOptions,
  text,
  World,
} from '../../../emulator/index.js';

// A toy world: nodes that answer a PING with a PONG, each after a drawn time, and log `pinged` and `ponged`. It is
// all that the engine's tests need, and knows nothing of RMC.

class ToyNode implements NodeModel {
  readonly #toys: Toys;
  readonly index: number;
  isSilent = false;

  constructor(toys: Toys, name: string) {
    this.#toys = toys;
    this.index = toys.world.nodes.add(name, this);
  }

  powerLost(): void {
    this.isSilent = false;
  }

  keep(): () => void {
    const { isSilent } = this;
    return () => {
      this.isSilent = isSilent;
    };
  }

  booted(): void {
    this.#toys.world.nodes.up(this.index);
  }

  frameArrived(frame: number): void {
    const { bus } = this.#toys.world;
    const from = bus.frames.from[frame]!;
    const isPing = bus.frames.type[frame] === this.#toys.ping;
    const value = bus.frames.port[frame]!;
    this.#toys.world.log.cause = bus.delivered(frame, -1, -1);
    bus.release(frame);
    this.#toys.log(isPing ? 'pinged' : 'ponged', this.index, from, value);
    if (isPing && !this.isSilent) this.#toys.send(this.index, from, this.#toys.pong, value);
  }
}

export class Toys {
  readonly world: World;
  readonly nodes = new Map<string, ToyNode>();
  readonly ping: number;
  readonly pong: number;
  /** Numbers of the events of calls that failed, and leaks that only the end shows. */
  readonly failedCalls: number[] = [];
  readonly leaks: string[] = [];
  readonly told: string[] = [];
  readonly #tick: number;

  constructor(world: World) {
    this.world = world;
    this.ping = world.strings.intern('PING');
    this.pong = world.strings.intern('PONG');
    this.#tick = world.handler('toy tick', (node, left) => this.tick(node, left));
    world.part('toys', () => [...this.nodes].map(([name, node]) => [name, node.isSilent]), [this]);
  }

  get held(): readonly unknown[] {
    return [this.nodes, this.failedCalls, this.leaks, this.told];
  }

  find(name: string): ToyNode {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Refused(`${name} is not there`);
    return node;
  }

  send(from: number, to: number, type: number, value: number): void {
    const bytes = new Uint8Array([value & 0xff]);
    this.world.bus.send(from, to, 0, value, type, -1, bytes, 0, 1);
  }

  log(event: string, node: number, from: number, value: number): number {
    const { nodes } = this.world;
    const type = this.world.eventType(event);
    return this.world.log.emit(type, nodes.nameId(node), -1, -1, -1, nodes.nameId(from), value);
  }

  /** A tick that logs nothing half of the time: a timer that came to nothing. */
  tick(node: number, left: number): void {
    const { world } = this;
    const draw = world.random.stream(`toy ${node}`).intBetween(0, 1);
    if (draw === 1) this.log('ticked', node, node, left);
    if (left > 0) world.at(world.nowUs + 10 + draw, this.#tick, node, left - 1);
  }
}

const toysKey = extensionKey<Toys>('toys');

export const toysOf = (world: World): Toys => world.get(toysKey);

const ranking = { group: 'Toy', effect: 'change', examples: [] } as const;

const toyCommands: readonly CommandDeclaration[] = [
  defineCommand({
    ...ranking,
    name: 'toy',
    help: 'makes a node',
    words: {
      name: required(newName('node'), 'its name'),
      kind: optional(choice('kind', ['loud', 'silent']), ''),
    },
    declare: ({ name, kind }, scope) => scope.add('node', name, { kind: kind ?? 'loud' }),
    run: ({ world }, { name, kind }) => {
      const toys = toysOf(world);
      if (world.nodes.find(name) > 0) throw new Refused(`there is a node ${name} already`);
      const node = new ToyNode(toys, name);
      node.isSilent = kind === 'silent';
      toys.nodes.set(name, node);
    },
  }),
  defineCommand({
    ...ranking,
    name: 'ping',
    help: 'sends a PING',
    words: { from: required(nodeName, ''), to: required(nodeName, '') },
    options: { value: option(integer('value', 0, 65_535), '') },
    check: ({ from, to }, scope) =>
      from === to && scope.find('node', from)?.['kind'] === 'silent'
        ? [{ at: 'to', problem: 'a silent node does not talk to itself (T1)', expected: 'another node' }]
        : [],
    run: ({ world }, { from, to, value }) => {
      const toys = toysOf(world);
      const one = toys.find(from);
      if (!world.nodes.isOn(one.index)) throw new Refused(`${from} is off`);
      toys.send(one.index, toys.find(to).index, toys.ping, value ?? 1);
    },
  }),
  defineCommand({
    ...ranking,
    name: 'tick',
    help: 'ticks for a while',
    words: { node: required(nodeName, ''), times: required(count, '') },
    run: ({ world }, { node, times }) => {
      toysOf(world).tick(toysOf(world).find(node).index, times);
    },
  }),
  defineCommand({
    ...ranking,
    name: 'power off',
    help: 'power off',
    words: { node: required(nodeName, '') },
    run: ({ world }, { node }) => world.nodes.powerOff(toysOf(world).find(node).index) as undefined,
  }),
  defineCommand({
    ...ranking,
    name: 'power on',
    help: 'power on',
    words: { node: required(nodeName, '') },
    options: { boot: option(duration, '') },
    run: ({ world }, { node, boot }) =>
      world.nodes.powerOn(toysOf(world).find(node).index, boot ?? 500_000) as undefined,
  }),
  defineCommand({
    ...ranking,
    name: 'call',
    help: 'logs a call with a status',
    words: { node: required(nodeName, ''), status: required(choice('status', ['OK', 'EBAD', 'EWORSE']), '') },
    run: ({ world }, { node, status }) => {
      const name = world.strings.intern(node);
      const event = world.log.emit(
        world.eventType('called'),
        ...([name, -1, -1, -1, world.strings.intern(status)] as const),
      );
      if (status !== 'OK') toysOf(world).failedCalls.push(event);
    },
  }),
  defineCommand({
    ...ranking,
    name: 'say',
    help: 'logs a text',
    words: { node: required(nodeName, ''), text: optional(text, '') },
    run: ({ world }, { node, text: said }) => {
      const name = world.strings.intern(node);
      world.log.emit(world.eventType('said'), name, -1, -1, -1, world.log.textOf(said ?? ''));
    },
  }),
  defineCommand({
    ...ranking,
    name: 'leak',
    help: 'leaks something, which only the end of a drill shows',
    words: { node: required(nodeName, '') },
    run: ({ world }, { node }) => {
      toysOf(world).leaks.push(node);
    },
  }),
  defineCommand({
    ...ranking,
    name: 'flood',
    help: 'runs into a limit of the world',
    words: { node: required(nodeName, '') },
    run: ({ world }) => {
      const kind = world.handler('flood', () => world.at(world.nowUs, kind));
      world.at(world.nowUs, kind);
    },
  }),
];

const failedCalls = (
  world: World,
  claims: { names(e: ReturnType<World['log']['read']>): boolean },
): CheckFailure[] =>
  toysOf(world)
    .failedCalls.map((number) => world.log.read(number))
    .filter((event) => !claims.names(event))
    .map((event) => ({ message: 'a call failed and no check named it', event: event.number }));

function memoryErrors(
  world: World,
  claims: { names(e: ReturnType<World['log']['read']>): boolean },
): CheckFailure[] {
  const filter = world.filter('memory_error');
  const failures: CheckFailure[] = [];
  for (let at = filter.next(1); at > 0; at = filter.next(at + 1)) {
    if (!claims.names(world.log.read(at)))
      failures.push({ message: 'a memory error that no check named', event: at });
  }
  return failures;
}

export const toyExtension: Extension = {
  name: 'toy',
  frameTypes: ['PING', 'PONG'],
  events: [
    ...['pinged', 'ponged', 'ticked'].map((name) => ({
      name,
      help: `a node was ${name}`,
      common: ['node'] as const,
      fields: [
        { name: 'from', type: 'name', help: 'the other node' } as const,
        { name: 'value', type: 'int', help: 'its number' } as const,
      ],
      ...(name === 'ticked' ? {} : { expectBy: ['node', 'from'] }),
    })),
    {
      name: 'called',
      help: 'a call',
      common: ['node'],
      fields: [{ name: 'status', type: 'name', values: ['OK', 'EBAD', 'EWORSE'], help: 'how it ended' }],
    },
    {
      name: 'said',
      help: 'a text',
      common: ['node'],
      fields: [{ name: 'text', type: 'text', help: 'the text' }],
    },
  ],
  commands: toyCommands,
  endChecks: [
    { name: 'calls', check: failedCalls },
    { name: 'memory', check: memoryErrors },
  ],
  install: (world) => world.attach(toysKey, new Toys(world)),
  auditAtEnd: (world) => {
    const toys = toysOf(world);
    const kind = world.strings.intern('leak');
    for (const node of toys.leaks.splice(0)) {
      const name = world.strings.intern(node);
      world.log.emit(world.eventType('memory_error'), name, -1, -1, -1, 4096, -1, kind);
    }
  },
};

export const toyLanguage: Language = composeLanguage([toyExtension]);

export const toyWorld = (seed = 1, log: 'off' | 'counted' | 'kept' = 'kept'): World =>
  new World({ seed, log, extensions: [toyExtension] });

/** The problems of a drill's text; [] when there is none. */
export function problemsOf(
  source: string,
  options: { readonly readFile?: ReadFile; defines?: Map<string, string> } = {},
) {
  const parsed = parseDrill(source, 'toy.drill', toyLanguage, options);
  return 'problems' in parsed ? parsed.problems : ([] as readonly Problem[]);
}

/** A drill that has to be right. */
export function drillOf(
  source: string,
  options: { readonly readFile?: ReadFile; defines?: Map<string, string> } = {},
): Drill {
  const parsed = parseDrill(source, 'toy.drill', toyLanguage, options);
  if ('problems' in parsed)
    throw new Error(parsed.problems.map((p) => `${p.line}:${p.column} ${p.message}`).join('\n'));
  return parsed.drill;
}

export const toyTimeline = (source?: string, options: Partial<TimelineOptions> = {}): Timeline =>
  new Timeline({
    language: toyLanguage,
    makeWorld: () => toyWorld(),
    ...(source === undefined ? {} : { drill: drillOf(source) }),
    ...options,
  });
