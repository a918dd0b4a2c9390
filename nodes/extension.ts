import type { CommandDeclaration, Extension } from '../emulator/index.js';
import { frameTypeNames } from '../rmc-core/index.js';
import { rmcEndChecks } from './checks/endChecks.js';
import { expectDelivered, expectMemory, expectSession } from './commands/checks.js';
import {
  hang,
  injectAllocFailure,
  kill,
  launch,
  powerOff,
  powerOn,
  stop,
  unhang,
} from './commands/failures.js';
import { inspect, learned, memory, nodes, sessions } from './commands/looking.js';
import { poke } from './commands/memoryAccess.js';
import { free, rmcClose, rmcListen, rmcOpen, rmcSend, rmcShutdown } from './commands/sessions.js';
import { app, nodeCommand, set } from './commands/setup.js';
import { rmcEvents } from './events.js';
import { fabricOf, installFabric } from './fabric.js';
import type { NodeKind } from './kind.js';
import { auditAtEnd } from './memory/audit.js';
import { reportOfEvent } from './memory/memoryReport.js';
import { ruleTopics } from './rules/rules.js';
import { statusTopics } from './rules/statusTopics.js';
import { aboutThing } from './views/about.js';
import { rmcSections } from './views/sections.js';
import { subjectOf } from './views/subjects.js';

/** What RMC nodes of these kinds bring to a world: the language, the events, the checks and themselves. */
export function rmcExtension(kinds: readonly NodeKind[]): Extension {
  return {
    name: 'rmc nodes',
    events: rmcEvents,
    commands: rmcCommands(kinds),
    frameTypes: frameTypeNames,
    topics: [...ruleTopics, ...statusTopics],
    endChecks: rmcEndChecks,
    explain: reportOfEvent,
    sections: rmcSections,
    subject: subjectOf,
    about: aboutThing,
    install: (world) => {
      const fabric = installFabric(world);
      for (const kind of kinds) kind.install?.(fabric);
    },
    auditAtEnd: (world) => auditAtEnd(fabricOf(world)),
  };
}

function rmcCommands(kinds: readonly NodeKind[]): readonly CommandDeclaration[] {
  return [
    nodeCommand(kinds),
    app,
    set,
    rmcListen,
    rmcOpen,
    rmcSend,
    rmcClose,
    rmcShutdown,
    free,
    powerOff,
    powerOn,
    kill,
    stop,
    launch,
    hang,
    unhang,
    injectAllocFailure,
    poke,
    nodes,
    sessions,
    memory,
    learned,
    inspect,
    expectSession,
    expectMemory,
    expectDelivered,
  ];
}
