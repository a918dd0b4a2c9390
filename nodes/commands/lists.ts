import type { World } from '../../emulator/index.js';
import { fabricOf } from '../fabric.js';
import { addressText, spanText, table, timeText } from '../text.js';
import type { WorldView } from '../view.js';
import { spaceNamed } from './memoryAccess.js';

export function nodeLines(view: WorldView): readonly string[] {
  const rows = [['NODE', 'KIND', 'RELEASE', 'POWER', 'PROCESS', 'STATE', 'INSIDE']];
  for (const node of view.nodes) {
    const head = [node.name, node.kindTitle, node.release, node.power];
    if (node.boxes.length === 0) rows.push([...head, '-', '', '']);
    node.boxes.forEach((box, index) => {
      rows.push([...(index === 0 ? head : ['', '', '', '']), box.title, box.state, box.lines.join('; ')]);
    });
  }
  return view.nodes.length === 0 ? ['no node'] : table(rows);
}

export function sessionLines(view: WorldView, node: string | undefined): readonly string[] {
  const rows = [['SESSION', 'TYPE', 'STATE', 'PEER', 'BLOCK', 'PLACED BY', 'WHO FREES IT']];
  for (const session of view.sessions) {
    if (node !== undefined && session.node !== node) continue;
    rows.push([
      session.name,
      session.type,
      session.lost ? `${session.state}, lost` : session.state,
      session.peer,
      `${session.owner} ${session.node} ${addressText(session.address)}`,
      session.placedBy,
      session.whoFrees,
    ]);
  }
  return rows.length === 1 ? ['no session'] : table(rows);
}

export function ledgerLines(view: WorldView): readonly string[] {
  if (view.ledger.length === 0) return ['nothing has failed'];
  return view.ledger.flatMap((entry) => {
    const head = `${entry.about}: ${entry.what} at ${timeText(entry.sinceUs)} (event ${entry.event})`;
    if (entry.rows.length === 0) return [head, '  nobody had a session with it'];
    const rows = entry.rows.map((row) => [
      `  ${row.told ? 'told    ' : 'not told'}`,
      row.app,
      row.release,
      row.session,
      row.told ? row.how : '-',
      row.rule,
      row.told ? `after ${spanText(row.afterUs)}` : `for ${spanText(row.afterUs)}`,
      row.why,
    ]);
    return [head, ...table(rows)];
  });
}

/** Live blocks, totals by owner, and the memory errors of a node or of one application. */
export function memoryLines(
  world: World,
  of: { readonly kind: 'node' | 'app'; readonly name: string },
): readonly string[] {
  const fabric = fabricOf(world);
  const apps = of.kind === 'app' ? [fabric.appNamed(of.name)] : appsOf(world, of.name);
  const spaces = new Set(
    apps.map((app) => fabric.node(app.node).spaceOf(app)).filter((space) => space !== undefined),
  );
  if (of.kind === 'node' && fabric.nodeNamed(of.name).kind.rmcIsProcess)
    spaces.add(spaceNamed(world, of.name).space);
  const rows = [['ADDRESS', 'BYTES', 'OWNER', 'FROM', 'MADE', 'RMC HOLDS']];
  for (const space of spaces) {
    for (const block of space.blocks) {
      if (!block.live) continue;
      const owner = space.ownerState(block.owner);
      if (of.kind === 'app' && owner.kind === 'app' && owner.name !== of.name) continue;
      rows.push([
        addressText(block.address),
        String(block.size),
        `${owner.kind} ${owner.name}`,
        block.allocator,
        `@${block.madeBy}`,
        String(block.holds),
      ]);
    }
  }
  const names = [...spaces].map((space) => space.name);
  const errors = world.memory.errors.filter((error) => names.includes(error.space));
  return [
    ...(rows.length === 1 ? ['no live block'] : table(rows)),
    ...errors.map(
      (error) =>
        `memory error @${error.event}: ${error.kind} at ${addressText(error.address)} (${error.space})`,
    ),
  ];
}

function appsOf(world: World, node: string) {
  const fabric = fabricOf(world);
  return fabric.nodeNamed(node).state.apps.map((index) => fabric.app(index));
}
