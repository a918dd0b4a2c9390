import type { Fabric } from './fabric.js';

/**
 * Makes what the nodes know a part of the world's state: plain data, for the state digest. The fabric holds all of it.
 * An application of one's own takes part with its property `state`, if it has one.
 */
export function registerState(fabric: Fabric): void {
  const { world } = fabric;
  world.part('rmc nodes', () => [...fabric.nodes.values()].map((node) => node.state), [fabric]);
  world.part('applications', () => applicationStates(fabric), []);
  world.part('sessions', () => fabric.sessions, []);
  world.part('rmc instances', () => instanceStates(fabric), []);
  world.part('ledger', () => fabric.ledger.state, []);
  world.part('deliveries', () => fabric.deliveries.flows, []);
}

function applicationStates(fabric: Fabric): unknown {
  return fabric.apps.map((app) => ({ app, state: fabric.applications[app.index]?.state ?? null }));
}

function instanceStates(fabric: Fabric): unknown {
  return [...fabric.hosts.values()].map(({ id, place, incarnation, process, core }) => ({
    ...{ id, place, incarnation, process },
    core: core.state,
  }));
}
