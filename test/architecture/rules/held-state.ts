import type { Class, PropertyDefinition } from 'oxc-parser';
import { isDeterministic } from '../parts.js';
import { nodeRule, type Report, type Rule } from '../rule.js';

/**
 * Fields that change and that no checkpoint needs, by class: what only lives inside of one call, what only grows and
 * means the same later, what belongs to those who look and not to the world.
 */
const needless: Readonly<Record<string, readonly string[]>> = {
  // Loaded anew for each entry, verdict or pump.
  EventQueue: ['timeUs', 'kind', 'a', 'b', 'cause'],
  Inbox: ['kind', 'a', 'b', 'cause'],
  Bus: ['#drop', '#extraUs', '#copies', '#corrupting', '#reasons'],
  RmcHost: ['noBytes'],
  RmcCore: ['frame', 'output'],
  // Registered when the world is made, and never again, or a part of the world on its own.
  World: ['#handlers', '#handlerNames', '#slots', '#parts', '#clock', 'faults'],
  Processes: ['#handlers', '#kindNames', '#discards'],
  EventRegistry: ['#types', '#declarations', 'slotKinds', 'nameIds'],
  RmcLog: ['#types', '#statusIds'],
  WorldParts: ['#states', '#holders', '#isComplete'],
  // Names of later stay for the way forward; how many there are is kept.
  StringTable: ['#ids', '#texts', 'hashLow', 'hashHigh'],
  // Rows and texts of later events stay for the way forward; where they stand is kept.
  EventStore: ['#chunks', '#textFrom', '#firstChunk', '#spare'],
  TextArena: ['#chunks', '#firstChunk'],
  EventLog: ['#text', '#encoder', '#observed'],
};

/** Machinery that is no part of any world. */
const outside =
  /^(emulator\/(beside|checkpoint|commands|monitor|drill)\/|emulator\/(digest|subscribe|stateDigest|refusal|limits|filter)\.ts|nodes\/commands\/)/;

const containers = /^(ArrayExpression|ObjectExpression|NewExpression)$/;

function nameOf({ key }: PropertyDefinition): string {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Identifier' ? key.name : '';
}

function changes(field: PropertyDefinition): boolean {
  if (field.static || field.declare) return false;
  return !field.readonly || (field.value !== null && containers.test(field.value.type));
}

/** The text of the methods that checkpoints ask. */
function heldText(node: Class, text: string): string {
  return node.body.body
    .filter(
      (member) =>
        member.type === 'MethodDefinition' &&
        member.key.type === 'Identifier' &&
        (member.key.name === 'held' || member.key.name === 'keep'),
    )
    .map((member) => text.slice(member.start, member.end))
    .join('\n');
}

function lookAtClass(node: Class, text: string, report: Report): void {
  const name = node.id?.name ?? '';
  const held = heldText(node, text);
  for (const member of node.body.body) {
    if (member.type !== 'PropertyDefinition' || !changes(member)) continue;
    const field = nameOf(member);
    if (needless[name]?.includes(field)) continue;
    const mentioned = new RegExp(`this\\.${field}\\b|\\{[^}]*\\b${field}\\b[^}]*\\} = this`);
    if (!mentioned.test(held)) report(member, `${name}.${field} changes, and no checkpoint holds it`);
  }
}

/** What time travel goes back to is complete: every field of the world's classes that changes is in a checkpoint. */
export const heldState: Rule = nodeRule({
  name: 'held-state',
  instead: 'name it in `held` (containers) or `keep` (other values); see emulator/checkpoint/held.ts',
  concerns: (path) => isDeterministic(path) && !outside.test(path),
  look(node, report, source) {
    if (node.type === 'ClassDeclaration') lookAtClass(node, source.text, report);
  },
});
