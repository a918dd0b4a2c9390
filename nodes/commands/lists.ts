import { addressText, clockText } from '../../emulator/index.js';
import { outlookText, spanText, table } from '../views/text.js';
import type { SessionView, WorldView } from '../views/view.js';

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
  const rows = [['SESSION', 'TYPE', 'STATE', 'PEER', 'BLOCK', 'PLACED BY', 'WHO FREES IT', 'DELIVERY']];
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
      deliveryText(session),
    ]);
  }
  return rows.length === 1 ? ['no session'] : table(rows);
}

/** D25: an ordered session tells what is missing. */
function deliveryText({ type, delivery, delivered, givenUp, late }: SessionView): string {
  if (type === 'LISTEN') return '';
  if (delivery === 'reliable') return delivery;
  return `${delivery}: ${delivered} delivered, ${givenUp} given up, ${late} late`;
}

export function ledgerLines(view: WorldView): readonly string[] {
  if (view.ledger.length === 0) return ['nothing has failed'];
  return view.ledger.flatMap((entry) => {
    const head = `${entry.about}: ${entry.what} at ${clockText(entry.sinceUs)} (event ${entry.event})`;
    if (entry.rows.length === 0) return [head, '  nobody had a session with it'];
    const rows = entry.rows.map((row) => [
      `  ${row.outlook.padEnd(8)}`,
      row.app,
      row.release,
      row.session,
      row.told ? row.how : '-',
      row.rule,
      row.told ? `after ${spanText(row.afterUs)}` : `for ${spanText(row.afterUs)}`,
      row.untilUs < 0 ? row.why : `${row.why}: ${outlookText(row)}`,
    ]);
    return [head, ...table(rows)];
  });
}
