import type { NodeState } from '../kind.js';

const FIRST_DYNAMIC_PORT = 49_152;
const LAST_PORT = 65_535;

/** D11: the lowest port that RMC may pick for port 0; 0 when all are taken. */
export function freePort(node: NodeState): number {
  for (let port = FIRST_DYNAMIC_PORT; port <= LAST_PORT; port += 1) if (!node.ports.has(port)) return port;
  return 0;
}

/** An application's process is gone: so are its ports. */
export function freePortsOf(node: NodeState, app: number): void {
  for (const [port, holder] of node.ports) if (holder === app) node.ports.delete(port);
}
