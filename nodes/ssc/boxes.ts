import type { AppRecord } from '../records.js';
import { appBox } from '../views/boxes.js';
import type { ProcessBox } from '../views/view.js';
import type { SscNode } from './node.js';

/** One process with the application and RMC inside (D19). */
export function sscBox(node: SscNode, app: AppRecord): ProcessBox {
  const host = node.rmcOf(app);
  const lines = [`app ${app.name}`, 'RMC: library inside'];
  return {
    ...appBox(node, app, lines, host?.owner ?? 0),
    role: 'app+rmc',
    incarnation: node.state.incarnations[app.place] ?? 0,
  };
}
