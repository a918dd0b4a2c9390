import type { NodeView } from '../nodes/index.js';

/** Monitor commands that make something fail, or work again, on a node: what `f` offers. */
export function faultLines(node: NodeView): string[] {
  const { name } = node;
  const lines = [node.power === 'off' ? `power on ${name}` : `power off ${name}`];
  for (const box of node.boxes) {
    const app = box.title.replace(/^process /, '');
    const target = box.role === 'rmc' ? `${name}.rmc` : app;
    if (box.state === 'exited') {
      if (box.role !== 'rmc') lines.push(`launch ${target}`);
      continue;
    }
    lines.push(`kill ${target}`, box.state === 'hung' ? `unhang ${target}` : `hang ${target}`);
  }
  lines.push(
    `isolate ${name}`,
    'heal',
    `inject loss --from ${name} --count 3`,
    `inject delay --from ${name} --delay 20ms`,
  );
  return lines;
}
