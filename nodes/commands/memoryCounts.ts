import { addressText, type World } from '../../emulator/index.js';
import { fabricOf } from '../fabric.js';
import { leakedSessions } from '../memory/audit.js';

export interface MemoryCount {
  readonly live: number;
  readonly leaked: number;
  /** The live blocks, a line each, for messages. */
  readonly blocks: readonly string[];
}

const SHOWN = 8;

/** Live and leaked blocks of a node or of one application's process. */
export function memoryCounts(world: World, name: string, owner: 'app' | 'rmc' | undefined): MemoryCount {
  const fabric = fabricOf(world);
  const app = fabric.findApp(name);
  const node = app === undefined ? fabric.nodeNamed(name) : fabric.node(app.node);
  const apps = app === undefined ? node.state.apps.map((index) => fabric.app(index)) : [app];
  const common = node.commonSpace();
  const spaces = common === undefined ? apps.map((one) => node.spaceOf(one)) : [common];
  const blocks: string[] = [];
  for (const space of spaces) {
    if (space === undefined) continue;
    for (const block of space.blocks) {
      const { kind, name: ownerName } = space.ownerState(block.owner);
      const isMine = app === undefined || common === undefined || ownerName === name;
      if (!block.live || !isMine || (owner !== undefined && kind !== owner)) continue;
      blocks.push(
        `${addressText(block.address)} ${block.size} bytes of ${kind} ${ownerName}, made by event ${block.madeBy}`,
      );
    }
  }
  const leaked = apps.flatMap((one) => (owner === 'rmc' ? [] : leakedSessions(fabric, one))).length;
  const shown =
    blocks.length > SHOWN ? [...blocks.slice(0, SHOWN), `and ${blocks.length - SHOWN} more`] : blocks;
  return { live: blocks.length, leaked, blocks: shown };
}
