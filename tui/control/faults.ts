import type { NodeView, ProcessBox, WorldView } from '../../nodes/index.js';
import { offerLines } from '../prompt/prompt.js';
import type { UiState } from '../state.js';

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

/** Opens the prompt with what can fail on the selected node. */
export function offerFaults(state: UiState, view: WorldView): void {
  const node = view.nodes[state.selectedNode];
  if (node === undefined) return;
  const usage = `Tab: what can fail on ${node.name} (select another node with 1 and the arrows)`;
  state.prompt = offerLines(faultLines(node), usage);
}
