import { Column, defaultLink, type World } from '../../emulator/index.js';
import { type Fabric, fabricOf } from '../fabric.js';
import type { RmcNode } from '../kind.js';
import type { LedgerEntry, Witness } from '../ledger/ledger.js';
import { missedBeats } from '../ledger/missedBeats.js';
import { NEVER, whyNotTold } from '../ledger/untold.js';
import { whyTold } from '../ledger/why.js';
import { memoryOverTime } from '../memory/memoryOverTime.js';
import type { SessionRecord } from '../records.js';
import { sessionView } from './sessionView.js';
import type { BusView, FlyingFrame, LedgerRow, LedgerView, NodeView, WorldView } from './view.js';

/** Ended sessions that a view still shows, newest last: screens are not archives. */
const ENDED_SHOWN = 200;

/** Frames on their way that a view shows. */
const FLYING_SHOWN = 64;

/** Everything of the present moment, as plain values. */
export function worldView(world: World): WorldView {
  const fabric = fabricOf(world);
  return {
    nowUs: world.nowUs,
    nodes: [...fabric.nodes.values()].map((node) => nodeView(fabric, node)),
    sessions: shownSessions(fabric).map((record) => sessionView(fabric, record)),
    ledger: fabric.ledger.state.entries.map((entry) => ledgerView(fabric, entry)),
    bus: busView(world),
  };
}

function nodeView(fabric: Fabric, node: RmcNode): NodeView {
  const { state, kind } = node;
  const { power, sinceUs } = fabric.world.nodes.get(state.index);
  return {
    name: state.name,
    kind: kind.name,
    kindTitle: kind.title,
    release: state.release,
    power,
    sinceUs,
    policy: state.policy,
    boxes: node.boxes(),
    between: node.between(),
    memory: memoryOverTime(fabric.world, state.index),
  };
}

function shownSessions(fabric: Fabric): SessionRecord[] {
  const all = [...fabric.sessions.values()];
  const ended = all.filter((record) => record.over).slice(-ENDED_SHOWN);
  const shown = new Set(ended);
  return all.filter((record) => !record.over || shown.has(record));
}

function ledgerView(fabric: Fabric, entry: LedgerEntry): LedgerView {
  const { about, what, event, timeUs } = entry;
  const rows = entry.witnesses.map((witness) => ledgerRow(fabric, entry, witness));
  return { about: entry.app === '' ? about : `${entry.app} on ${about}`, what, event, sinceUs: timeUs, rows };
}

function ledgerRow(fabric: Fabric, entry: LedgerEntry, witness: Witness): LedgerRow {
  const app = fabric.app(witness.app);
  const node = fabric.node(app.node);
  const told = witness.how !== '';
  const untilUs = told ? witness.toldUs : fabric.world.nowUs;
  return {
    app: app.name,
    node: node.state.name,
    release: node.state.release,
    session: witness.sessionName,
    told,
    how: witness.how,
    afterUs: untilUs - entry.timeUs,
    event: witness.event,
    missedUs: missedBeats(fabric, entry, witness),
    ...(told
      ? { ...whyTold(fabric, witness), outlook: 'told', untilUs: -1 }
      : outlook(fabric, entry, witness)),
  };
}

function outlook(
  fabric: Fabric,
  entry: LedgerEntry,
  witness: Witness,
): Pick<LedgerRow, 'rule' | 'why' | 'outlook' | 'untilUs'> {
  const { rule, why, untilUs } = whyNotTold(fabric, entry, witness);
  if (untilUs === NEVER) return { rule, why, outlook: 'never', untilUs: -1 };
  return { rule, why, outlook: 'not yet', untilUs };
}

function busView(world: World): BusView {
  const { bus, injections, nodes } = world;
  return {
    latencyUs: latencyOfAll(world),
    cuts: bus.links.cuts().map(({ from, to, oneWay }) => ({
      from: nodes.name(from),
      to: nodes.name(to),
      oneWay,
    })),
    injections: injections.state
      .filter((one) => injections.isActive(one))
      .map(({ name, kind, taken }) => ({ name, kind, taken })),
    inFlight: bus.frames.used,
    flying: flyingFrames(world),
  };
}

/** The frames whose frame_sent can be read: all but those that a log which is not kept has long forgotten. */
function flyingFrames(world: World): FlyingFrame[] {
  const { bus, log, nodes, strings } = world;
  const { from, to, type, session, corrupt, sentEvent } = bus.frames;
  return bus
    .flying()
    .filter(({ slot }) => sentEvent[slot]! >= log.firstKept)
    .slice(0, FLYING_SHOWN)
    .map(({ slot, arrivesUs }) => ({
      event: sentEvent[slot]!,
      from: nodes.name(from[slot]!),
      to: nodes.name(to[slot]!),
      type: strings.text(type[slot]!),
      session: strings.text(session[slot]!),
      corrupt: corrupt[slot] === 1,
      sentUs: log.value(sentEvent[slot]!, Column.time),
      arrivesUs,
    }));
}

/** The latency that holds for every link; looked up without making a link. */
function latencyOfAll(world: World): number {
  let latencyUs = defaultLink.latencyUs;
  for (const rule of world.bus.links.state.rules) {
    if (rule.setting === 'latencyUs' && rule.from === 0 && rule.to === 0) latencyUs = rule.value;
  }
  return latencyUs;
}
