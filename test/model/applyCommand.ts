import { chance, durationUs, readCommand } from './commandText.js';
import { defaultTimers, type LinkSeen, type Picture, timer } from './picture.js';
import { field, type Seen } from './seen.js';

type Words = readonly string[];
type Options = ReadonlyMap<string, string>;

/** What a command says about the world, before anything comes of it. */
export function applyCommand(picture: Picture, event: Seen): void {
  const { name, words, options } = readCommand(field(event, 'text'));
  commands.get(name)?.(picture, words, options, event);
}

const bits = (text: string): number =>
  Number.parseFloat(text) * (/m/i.test(text) ? 1e6 : /k/i.test(text) ? 1e3 : 1);

function setLink(picture: Picture, [setting = '', value = '']: Words, options: Options): void {
  const key = setting as keyof LinkSeen;
  const amount = key === 'latency' || key === 'jitter' ? durationUs(value) : chance(value);
  for (const from of picture.nodes.keys()) {
    for (const to of picture.nodes.keys()) {
      if ((options.get('--from') ?? from) !== from || (options.get('--to') ?? to) !== to) continue;
      picture.link(from, to)[key] = key === 'bandwidth' ? bits(value) : amount;
    }
  }
}

function cut(picture: Picture, [a = '', b = '']: Words, options: Options, event: Seen): void {
  picture.cuts.add(`${a}>${b}`);
  if (!options.has('--one-way')) picture.cuts.add(`${b}>${a}`);
  picture.mishaps.push({ atUs: event.timeUs, nodes: [a, b] });
}

function isolate(picture: Picture, [node = '']: Words, _options: Options, event: Seen): void {
  for (const other of picture.nodes.keys()) {
    if (other === node) continue;
    picture.cuts.add(`${node}>${other}`);
    picture.cuts.add(`${other}>${node}`);
  }
  picture.mishaps.push({ atUs: event.timeUs, nodes: [...picture.nodes.keys()] });
}

function heal(picture: Picture, [a, b]: Words): void {
  if (a === undefined) picture.cuts.clear();
  picture.cuts.delete(`${a}>${b}`);
  picture.cuts.delete(`${b}>${a}`);
}

function addNode(picture: Picture, [name = '', kind = '']: Words, options: Options): void {
  picture.toldHeartbeats.set(name, [100_000]);
  picture.nodes.set(name, {
    ...{ name, kind, release: options.get('--release') ?? 'R1.1', power: 'on', changedUs: 0, upUs: 0 },
    ...{ slowestIpcUs: 5, mostMisses: 3 },
    ...{ timers: new Map(defaultTimers), policy: options.get('--policy') ?? 'report' },
  });
}

function inject(kind: string) {
  return (picture: Picture, _words: Words, options: Options, event: Seen): void => {
    const read = new Map(options);
    const lasts = read.get('--for');
    if (lasts !== undefined) read.set('--for', String(durationUs(lasts)));
    picture.injections.push({ kind, options: read, atUs: event.timeUs, cleared: false });
  };
}

function setTimer(picture: Picture, [node = '', name = '', value = '']: Words): void {
  const on = picture.node(node);
  on?.timers.set(name, durationUs(value));
  if (on !== undefined && name === 'ipc') on.slowestIpcUs = Math.max(on.slowestIpcUs, durationUs(value));
  if (on !== undefined && name === 'heartbeat_misses') on.mostMisses = Math.max(on.mostMisses, Number(value));
  if (name === 'heartbeat') picture.toldHeartbeats.get(node)?.push(durationUs(value));
}

function clear(picture: Picture, [name]: Words): void {
  for (const injection of picture.injections) {
    if (name === undefined || injection.options.get('--as') === name) injection.cleared = true;
  }
}

function powerOn(picture: Picture, [name = '']: Words, options: Options, event: Seen): void {
  const node = picture.node(name);
  if (node === undefined) return;
  node.power = 'booting';
  node.upUs = event.timeUs + timer(node.timers, 'boot');
  node.release = options.get('--release') ?? node.release;
}

const commands = new Map<string, (picture: Picture, words: Words, options: Options, event: Seen) => void>([
  ['node', addNode],
  ['link latency', (picture, words, options) => setLink(picture, ['latency', ...words], options)],
  ['link jitter', (picture, words, options) => setLink(picture, ['jitter', ...words], options)],
  ['link bandwidth', (picture, words, options) => setLink(picture, ['bandwidth', ...words], options)],
  ['link loss', (picture, words, options) => setLink(picture, ['loss', ...words], options)],
  ['link duplicate', (picture, words, options) => setLink(picture, ['duplicate', ...words], options)],
  ['link reorder', (picture, words, options) => setLink(picture, ['reorder', ...words], options)],
  ['link corrupt', (picture, words, options) => setLink(picture, ['corrupt', ...words], options)],
  ...['loss', 'duplicate', 'delay', 'reorder', 'corrupt', 'alloc-failure'].map(
    (kind) => [`inject ${kind}`, inject(kind)] as const,
  ),
  ['set', setTimer],
  ['cut', cut],
  ['isolate', isolate],
  ['heal', heal],
  ['clear', clear],
  ['power on', powerOn],
  [
    'poke',
    (picture, [, address = '']) => {
      const session = picture.sessions.get(address.split('+')[0] ?? '');
      if (session !== undefined) session.poked = true;
    },
  ],
  [
    'stop',
    (picture, [name = '']) => {
      const process = picture.process(name);
      if (process !== undefined) process.stopping = true;
    },
  ],
]);
