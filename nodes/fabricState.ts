import type { Fabric } from './fabric.js';

/**
 * Makes what the nodes know a part of the world's state: plain data, for the state digest. An application of one's own
 * takes part with its property `state`, if it has one.
 */
export function registerState(fabric: Fabric): void {
  const { world } = fabric;
  world.part('rmc nodes', () => [...fabric.nodes.values()].map((node) => node.state));
  world.part('applications', () =>
    fabric.apps.map((app) => ({ app, state: fabric.applications[app.index]?.state ?? null })),
  );
  world.part('sessions', () => fabric.sessions);
  world.part('rmc instances', () =>
    [...fabric.hosts.values()].map(({ id, place, incarnation, process, core }) => ({
      ...{ id, place, incarnation, process },
      core: core.state,
    })),
  );
  world.part('ledger', () => fabric.ledger.state);
  world.part('deliveries', () => fabric.deliveries.flows);
}
