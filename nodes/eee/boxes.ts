import { appBox } from '../views/boxes.js';
import type { ProcessBox } from '../views/view.js';
import type { EeeNode } from './node.js';

/** The applications' processes, and RMC's own (D19). */
export function eeeBoxes(node: EeeNode): readonly ProcessBox[] {
  const apps = node.state.apps.map((index): ProcessBox => {
    const app = node.fabric.app(index);
    return { ...appBox(node, app, [`app ${app.name}`, 'may not place'], 0), role: 'app', incarnation: 0 };
  });
  return [...apps, rmcBox(node)];
}

function rmcBox(node: EeeNode): ProcessBox {
  const { rmc, space } = node;
  const { processes } = node.fabric.world;
  return {
    title: 'process RMC',
    role: 'rmc',
    state: rmc === undefined ? 'exited' : processes.get(rmc.process).state,
    incarnation: node.state.incarnations[0]!,
    lines: ['owns all', 'ACCEPT blocks'],
    mailbox: {
      used: rmc === undefined ? 0 : processes.waiting(rmc.process),
      limit: node.state.settings.mailbox,
    },
    liveBlocks: rmc === undefined ? 0 : space.liveBlocks(rmc.owner),
    liveBytes: rmc === undefined ? 0 : space.liveBytes(rmc.owner),
  };
}
