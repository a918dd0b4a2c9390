import type { CheckFailure } from '../monitor/outcome.js';
import type { Place } from '../monitor/problem.js';
import type { CommandEngine } from './engine.js';
import { chainOfCauses, lastEvents } from './eventText.js';

/** Why a drill failed: the line, and a message of several lines. */
export interface DrillFailure {
  readonly place: Place;
  /** The command as the language writes it, or the end check. */
  readonly command: string;
  readonly message: string;
}

const LAST_EVENTS = 8;

/** The whole message of a failed check: what came nearest, the chain of causes, the node's last events. */
export function failureMessage(engine: CommandEngine, failure: CheckFailure): string {
  const { world } = engine;
  const lines = [failure.message];
  const nearest = failure.nearest ?? [];
  if (nearest.length > 0) lines.push('came nearest:', ...nearest.map(indented));
  // Without an event of its own a check is explained by the command that it looks from.
  const command = engine.since.event + 1;
  const event = failure.event ?? (command <= world.log.count ? command : 0);
  if (event > 0) {
    for (const extension of world.extensions) lines.push(...(extension.explain?.(world, event) ?? []));
    lines.push('chain of causes:', ...chainOfCauses(world, event).map(indented));
  }
  const last = lastEvents(world, failure.node, LAST_EVENTS);
  if (last.length > 0) {
    lines.push(
      `last events${failure.node === undefined ? '' : ` of ${failure.node}`}:`,
      ...last.map(indented),
    );
  }
  return lines.join('\n');
}

const indented = (line: string): string => `  ${line}`;
