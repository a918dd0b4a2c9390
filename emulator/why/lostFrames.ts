import { Column } from '../eventStore.js';
import type { LoggedEvent } from '../loggedEvent.js';
import type { World } from '../world.js';

/** A frame that went no further, and the event to blame; 0: none is known. */
export interface LostFrame {
  readonly event: LoggedEvent;
  readonly because: number;
}

/** The last frames that a node sent, or that were for it, and that were lost between two events; newest first. */
export function lostFrames(
  world: World,
  node: string,
  from: number,
  to: number,
  most: number,
): readonly LostFrame[] {
  const { log } = world;
  const dropped = world.eventType('frame_dropped');
  const found: LostFrame[] = [];
  for (let at = to; at >= Math.max(from, log.firstKept) && found.length < most; at -= 1) {
    if (log.value(at, Column.type) !== dropped) continue;
    const event = log.read(at);
    if (node !== '' && event.fields.get('from') !== node && event.fields.get('to') !== node) continue;
    found.push({ event, because: originOf(world, event) });
  }
  return found;
}

/** The operator's command, or the failure, that made a frame go no further. */
function originOf(world: World, event: LoggedEvent): number {
  const from = String(event.fields.get('from') ?? '');
  const to = String(event.fields.get('to') ?? '');
  const { faults, nodes } = world;
  switch (event.fields.get('reason')) {
    case 'inject':
      return injectionBehind(world, event, from, to);
    case 'off':
      return faults.state.power.get(nodes.find(to))?.event ?? 0;
    case 'cut':
      return faults.lastCut(nodes.find(from), nodes.find(to))?.event ?? 0;
    case 'loss':
      return lastCommand(world, 'link loss', event.number);
    case 'corrupt':
      return lastCommand(world, 'link corrupt', event.number) || injectionOf(world, 'corrupt', event);
    default:
      return 0;
  }
}

function injectionBehind(world: World, event: LoggedEvent, from: string, to: string): number {
  const { injections, nodes, strings } = world;
  const frame = strings.find(String(event.fields.get('frame') ?? ''));
  const behind = injections.state.find(
    (one) =>
      one.kind === 'loss' &&
      one.madeBy < event.number &&
      one.taken > 0 &&
      (one.frame < 0 || one.frame === frame) &&
      (one.from === 0 || one.from === nodes.find(from)) &&
      (one.to === 0 || one.to === nodes.find(to)),
  );
  return behind?.madeBy ?? 0;
}

const injectionOf = (world: World, kind: string, before: LoggedEvent): number =>
  world.injections.state.filter((one) => one.kind === kind && one.madeBy < before.number).at(-1)?.madeBy ?? 0;

/** The last command before an event that begins with these words, 0: none. */
function lastCommand(world: World, words: string, before: number): number {
  const filter = world.filter('command');
  for (let at = filter.previous(before); at > 0; at = filter.previous(at)) {
    if (String(world.log.read(at).fields.get('text')).startsWith(words)) return at;
  }
  return 0;
}
