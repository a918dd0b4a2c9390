import {
  appName,
  type CommandDeclaration,
  count,
  defineCommand,
  integer,
  needed,
  nodeName,
  option,
  Refused,
  required,
  type World,
} from '../../emulator/index.js';
import { stop as stopConsole } from '../console/operations.js';
import { type Fabric, fabricOf } from '../fabric.js';
import type { RmcNode } from '../kind.js';
import { hangProcess, resumeProcess } from '../lifecycle.js';
import { type Victim, victim } from './args.js';
import { operate } from './operate.js';
import { release } from './setup.js';

export const powerOff: CommandDeclaration = defineCommand({
  name: 'power off',
  group: 'Failures',
  effect: 'change',
  help: 'switches a node off, at once; nobody says goodbye',
  examples: ['power off eee0'],
  rules: ['D20'],
  words: { node: required(nodeName, 'the node') },
  run: ({ world }, { node }) => {
    world.nodes.powerOff(fabricOf(world).nodeNamed(node).state.index);
    return undefined;
  },
});

export const powerOn: CommandDeclaration = defineCommand({
  name: 'power on',
  group: 'Failures',
  effect: 'change',
  help: 'switches a node on; it takes the timer boot, and applications do not come back by themselves (launch)',
  examples: ['power on eee0', 'power on eee0 --release R1.1'],
  rules: ['D20'],
  words: { node: required(nodeName, 'the node') },
  options: { release: option(release, 'the release that it comes up as') },
  declare: ({ node, release: given }, scope) => {
    const facts = scope.find('node', node);
    if (given !== undefined && facts !== undefined) scope.add('node', node, { ...facts, release: given });
  },
  run: ({ world }, { node, release: given }) => {
    const { state } = fabricOf(world).nodeNamed(node);
    world.nodes.powerOn(state.index, state.settings.bootUs);
    if (given !== undefined) state.release = given;
    return undefined;
  },
});

export const kill: CommandDeclaration = defineCommand({
  name: 'kill',
  group: 'Failures',
  effect: 'change',
  help: 'ends a process at once; it closes and frees nothing',
  examples: ['kill client', 'kill eee0.rmc'],
  rules: ['D20', 'D28'],
  words: { victim: required(victim('without nodes'), 'the process') },
  run: ({ world }, args) => {
    const fabric = fabricOf(world);
    if (args.victim.kind === 'rmc') {
      const node = fabric.nodeNamed(args.victim.name);
      if (node.rmcProcess() === 0) throw new Refused(`RMC on ${node.state.name} is not running`);
      node.endRmc('kill');
      return undefined;
    }
    const app = fabric.appNamed(args.victim.name);
    if (!fabric.isAlive(app)) throw new Refused(`${app.name} is not running`);
    fabric.node(app.node).endApp(app, 'kill');
    return undefined;
  },
});

export const stop: CommandDeclaration = defineCommand({
  name: 'stop',
  group: 'Failures',
  effect: 'change',
  help: 'an application ends in the regular way: closes its sessions, frees them at close_done, exits',
  examples: ['stop client'],
  rules: ['S5', 'D28'],
  words: { app: required(appName, 'the application') },
  run: ({ world }, args) => {
    const fabric = fabricOf(world);
    operate(world, fabric.appNamed(args.app), (api, console) => stopConsole(fabric, api, console));
    return undefined;
  },
});

export const launch: CommandDeclaration = defineCommand({
  name: 'launch',
  group: 'Failures',
  effect: 'change',
  help: 'starts the process of an application again, with nothing in it',
  examples: ['launch client'],
  rules: ['D12', 'D20'],
  words: { app: required(appName, 'the application') },
  run: ({ world }, args) => {
    const fabric = fabricOf(world);
    const app = fabric.appNamed(args.app);
    const node = fabric.node(app.node);
    if (fabric.isAlive(app)) throw new Refused(`${app.name} is running already`);
    if (!world.nodes.isOn(app.node)) throw new Refused(`${node.state.name} is not on`);
    node.launch(app);
    return undefined;
  },
});

export const hang: CommandDeclaration = defineCommand({
  name: 'hang',
  group: 'Failures',
  effect: 'change',
  help: 'a process, or every process of a node, handles nothing from now on; what comes for it waits',
  examples: ['hang server', 'hang eee0.rmc', 'hang ssc0'],
  rules: ['D21'],
  words: { victim: required(victim('with nodes'), 'what hangs') },
  run: ({ world }, args) => {
    const fabric = fabricOf(world);
    const processes = processesOf(fabric, args.victim).filter(
      (process) => stateOf(world, process) !== 'hung',
    );
    if (processes.length === 0) throw new Refused(`nothing of ${args.victim.name} is left to hang`);
    for (const process of processes) hangProcess(fabric, process);
    return undefined;
  },
});

export const unhang: CommandDeclaration = defineCommand({
  name: 'unhang',
  group: 'Failures',
  effect: 'change',
  help: 'a hung process goes on: first what waits, then the timers that fell due',
  examples: ['unhang server', 'unhang eee0'],
  rules: ['D21'],
  words: { victim: required(victim('with nodes'), 'what goes on') },
  run: ({ world }, args) => {
    const fabric = fabricOf(world);
    const processes = processesOf(fabric, args.victim).filter(
      (process) => stateOf(world, process) === 'hung',
    );
    if (processes.length === 0) throw new Refused(`nothing of ${args.victim.name} hangs`);
    for (const process of processes) if (stateOf(world, process) === 'hung') resumeProcess(fabric, process);
    return undefined;
  },
});

function stateOf(world: World, process: number): string {
  return world.processes.get(process).state;
}

/** The living processes that are meant, in the order in which a node has them: RMC's own first. */
function processesOf(fabric: Fabric, aim: Victim): readonly number[] {
  if (aim.kind === 'rmc') return living(fabric, [fabric.nodeNamed(aim.name).rmcProcess()]);
  if (aim.kind === 'app') return living(fabric, [fabric.appNamed(aim.name).process]);
  const node: RmcNode = fabric.nodeNamed(aim.name);
  return living(fabric, [node.rmcProcess(), ...node.state.apps.map((index) => fabric.app(index).process)]);
}

function living(fabric: Fabric, processes: readonly number[]): readonly number[] {
  return processes.filter((process) => process !== 0 && fabric.world.processes.isAlive(process));
}

export const injectAllocFailure: CommandDeclaration = defineCommand({
  name: 'inject alloc-failure',
  group: 'Faults',
  effect: 'change',
  help: 'allocations of a process fail; one that never takes effect fails the drill',
  examples: ['inject alloc-failure --in server --count 1', 'inject alloc-failure --in eee0.rmc --skip 2'],
  rules: ['D5', 'D28'],
  options: {
    in: needed(victim('without nodes'), 'the process; has to be given'),
    count: option(count, 'at most so many allocations'),
    skip: option(integer('n', 0), 'so many allocations go by first'),
  },
  check: (args) =>
    args.in === undefined ? [{ at: 'inject alloc-failure', problem: 'it needs --in <app>|<node>.rmc' }] : [],
  run: ({ world }, args) => {
    const process = args.in!.kind === 'rmc' ? `${args.in!.name}.rmc` : args.in!.name;
    world.injections.add({
      kind: 'alloc-failure',
      process: world.strings.intern(process),
      ...(args.count === undefined ? {} : { count: args.count }),
      ...(args.skip === undefined ? {} : { skip: args.skip }),
    });
    return undefined;
  },
});
