import type { BusView, NodeView, ProcessBox, WorldView } from '../../nodes/index.js';
import { type Menu, type MenuItem, newMenu } from './menu.js';

const give = (text: string, command: string): MenuItem => ({
  text,
  note: command,
  does: { kind: 'give', command },
});

/**
 * All that can be made to fail on a node as it is now, or to work again: each row is a monitor command. A process that
 * the node has not is not there: an SSC has no RMC process that could die without its application.
 */
export function faultMenu(view: WorldView, node: NodeView): Menu {
  const others = view.nodes.filter(({ name }) => name !== node.name).map(({ name }) => name);
  return newMenu(`what can fail on ${node.name}, ${node.kindTitle} of ${node.release}`, [
    ...powerItems(node),
    ...(node.power === 'on' ? node.boxes.flatMap((box) => processItems(box, node.name)) : []),
    ...(others.length === 0 ? [] : linkItems(node.name, others, view.bus.cuts)),
    ...frameItems(node.name),
    ...(node.power === 'on' ? node.boxes.flatMap((box) => memoryItems(box, node.name)) : []),
    ...view.bus.injections.map(({ name, kind }) => give(`no more ${kind} by ${name}`, `clear ${name}`)),
  ]);
}

function powerItems({ name, power, boxes }: NodeView): MenuItem[] {
  if (power === 'off') return [give('power on; what was launched stays ended', `power on ${name}`)];
  const items = [give('power off, at once; it says nothing', `power off ${name}`)];
  if (power !== 'on') return items;
  if (boxes.some(({ state }) => state === 'running' || state === 'busy'))
    items.push(give('hang every process of it', `hang ${name}`));
  if (boxes.some(({ state }) => state === 'hung')) items.push(give('all go on again', `unhang ${name}`));
  return items;
}

interface Target {
  /** As a command calls it, and as a person does. */
  readonly target: string;
  readonly name: string;
  /** What of RMC goes with it, and what does not. */
  readonly andWhat: string;
}

function targetOf({ role, title }: ProcessBox, node: string): Target {
  const target = title.replace(/^process /, '');
  if (role === 'rmc') return { target: `${node}.rmc`, name: 'RMC', andWhat: ' alone; applications stay' };
  return { target, name: target, andWhat: role === 'app' ? ' alone; RMC stays' : ' and the RMC in it' };
}

/** A process that has ended can only be launched, and RMC not even that: it comes with its node. */
function processItems(box: ProcessBox, node: string): MenuItem[] {
  const { target, name, andWhat } = targetOf(box, node);
  const isRmc = box.role === 'rmc';
  if (box.state === 'exited') return isRmc ? [] : [give(`launch ${name} again`, `launch ${target}`)];
  const hang =
    box.state === 'hung'
      ? give(`${name} goes on again`, `unhang ${target}`)
      : give(`hang ${name}${andWhat}`, `hang ${target}`);
  const ends = [give(`kill ${name}${andWhat}`, `kill ${target}`), hang];
  // What hangs takes no commands.
  if (isRmc || box.state === 'hung') return ends;
  return [...ends, give(`stop ${name} in the regular way`, `stop ${target}`)];
}

function linkItems(name: string, others: readonly string[], cuts: BusView['cuts']): MenuItem[] {
  const pairs = others.flatMap((other) => {
    const between = cuts.filter(
      ({ from, to }) => (from === name && to === other) || (from === other && to === name),
    );
    const isWhole = between.some(({ oneWay }) => !oneWay) || between.length > 1;
    const isCut = (from: string): boolean => isWhole || between.some((cut) => cut.from === from);
    return [
      ...(isWhole ? [] : [give(`cut ${name} and ${other} apart`, `cut ${name} ${other}`)]),
      ...(isCut(name) ? [] : [give(`cut only ${name} → ${other}`, `cut ${name} ${other} --one-way`)]),
      ...(isCut(other) ? [] : [give(`cut only ${other} → ${name}`, `cut ${other} ${name} --one-way`)]),
      ...(between.length === 0 ? [] : [give(`heal ${name} and ${other}`, `heal ${name} ${other}`)]),
    ];
  });
  const heal = cuts.length === 0 ? [] : [give('heal every cut', 'heal')];
  return [give('cut it off from every other node', `isolate ${name}`), ...heal, ...pairs];
}

function frameItems(name: string): MenuItem[] {
  return [
    give('lose the next 3 frames from it', `inject loss --from ${name} --count 3`),
    give('lose the next 3 frames to it', `inject loss --to ${name} --count 3`),
    give('lose one in ten frames from it', `link loss 10% --from ${name}`),
    give('delay the next 3 frames from it', `inject delay --from ${name} --delay 20ms --count 3`),
    give('corrupt the next 3 frames from it', `inject corrupt --from ${name} --count 3`),
    give('duplicate the next 3 frames from it', `inject duplicate --from ${name} --count 3`),
    give('reorder the next 3 frames from it', `inject reorder --from ${name} --delay 20ms --count 3`),
    give('a slow link from it', `link latency 20ms --from ${name}`),
  ];
}

function memoryItems(box: ProcessBox, node: string): MenuItem[] {
  if (box.state === 'exited') return [];
  const { target, name } = targetOf(box, node);
  return [give(`no memory for ${name}, once`, `inject alloc-failure --in ${target} --count 1`)];
}
