import type { CheckFailure, Claims, EndCheck, World } from '../../emulator/index.js';
import { type Fabric, fabricOf } from '../fabric.js';
import type { SessionRecord } from '../records.js';
import type { Flow, Stream } from './deliveries.js';

/** D24: acknowledged, both sides alive, and neither handed up nor queued. An ordered session may lose messages (D25). */
function lost(fabric: Fabric, flow: Flow, stream: Stream, receiver: SessionRecord | undefined): number {
  if (flow.ordered) return 0;
  const sender = fabric.session(receiver?.id === flow.client ? flow.server : flow.client);
  if (receiver === undefined || sender === undefined || receiver.over || sender.over) return 0;
  return Math.max(0, stream.acknowledged - stream.handed - receiver.mailed);
}

function streamFailures(fabric: Fabric, flow: Flow, side: 'client' | 'server'): readonly CheckFailure[] {
  const stream = side === 'server' ? flow.toServer : flow.toClient;
  const receiver = fabric.session(flow[side]);
  const name = receiver?.name ?? flow.key;
  const rule = flow.ordered ? 'D25' : 'D24';
  const missing = lost(fabric, flow, stream, receiver);
  return [
    ...(missing > 0
      ? [{ message: `${missing} messages for ${name} were acknowledged and never handed up (D24)` }]
      : []),
    ...(stream.wrong > 0
      ? [{ message: `${stream.wrong} messages for ${name} were repeated or out of order (${rule})` }]
      : []),
  ];
}

const messagesArrive: EndCheck = {
  name: 'no message lost, repeated or out of order',
  check: (world) => {
    const fabric = fabricOf(world);
    const flows = [...fabric.deliveries.flows.values()];
    const broken = fabric.deliveries.wrongInAll;
    const found = flows.flatMap((flow) => [
      ...streamFailures(fabric, flow, 'server'),
      ...streamFailures(fabric, flow, 'client'),
    ]);
    if (broken === 0) return found;
    const message = `${broken} messages on sessions that are over were repeated or out of order (D24, D25)`;
    return [...found, { message }];
  },
};

const errorCallsNamed: EndCheck = {
  name: 'no rmc_… call that returned an error status that no check named',
  check: (world: World, claims: Claims) =>
    fabricOf(world)
      .log.errorCalls.filter((call) => !claims.names(call))
      .map((call) => ({
        message: `${call.event} returned ${call.fields.get('status')}, and no check named it`,
        event: call.number,
        node: String(call.fields.get('node')),
      })),
};

export const rmcEndChecks: readonly EndCheck[] = Object.freeze([messagesArrive, errorCallsNamed]);
