import type { RmcNode } from '../kind.js';
import type { AppRecord } from '../records.js';
import type { ProcessBox } from './view.js';

/** What both kinds draw of an application's process. `rmcOwner` counts in too where RMC is inside; else 0. */
export function appBox(
  node: RmcNode,
  app: AppRecord,
  lines: readonly string[],
  rmcOwner: number,
): Omit<ProcessBox, 'role' | 'incarnation'> {
  const { processes } = node.fabric.world;
  const state = app.process === 0 ? 'exited' : processes.get(app.process).state;
  const space = state === 'exited' ? undefined : node.spaceOf(app);
  const owners = rmcOwner === 0 ? [app.owner] : [app.owner, rmcOwner];
  return {
    title: `process ${app.name}`,
    state,
    lines,
    mailbox: {
      used: state === 'exited' ? 0 : processes.limitedWaiting(app.process),
      limit: node.state.settings.mailbox,
    },
    liveBlocks: sum(owners, (owner) => space?.liveBlocks(owner) ?? 0),
    liveBytes: sum(owners, (owner) => space?.liveBytes(owner) ?? 0),
  };
}

function sum(owners: readonly number[], count: (owner: number) => number): number {
  return owners.reduce((total, owner) => total + count(owner), 0);
}
