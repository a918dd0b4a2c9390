import type { NodeView, ProcessBox } from '../nodes/index.js';

/** Monitor commands that make something fail, or work again, on a node as it is now: what `f` offers. */
export function faultLines(node: NodeView): string[] {
  const { name } = node;
  const lines = [node.power === 'off' ? `power on ${name}` : `power off ${name}`];
  if (node.power === 'on') lines.push(...node.boxes.flatMap((box) => processLines(box, name)));
  lines.push(
    `isolate ${name}`,
    'heal',
    `inject loss --from ${name} --count 3`,
    `inject delay --from ${name} --delay 20ms`,
  );
  return lines;
}

/** A process that has ended can only be launched, and RMC not even that: it comes with its node. */
function processLines(box: ProcessBox, node: string): string[] {
  const isRmc = box.role === 'rmc';
  const target = isRmc ? `${node}.rmc` : box.title.replace(/^process /, '');
  if (box.state === 'exited') return isRmc ? [] : [`launch ${target}`];
  return [`kill ${target}`, box.state === 'hung' ? `unhang ${target}` : `hang ${target}`];
}
