import type { Call, CallRun, Language, ParsedCommand, Scope } from '../../emulator/index.js';
import { problemText } from '../../emulator/index.js';
import type { Application } from '../app/application.js';
import type { Fabric } from '../fabric.js';
import type { NodeKind } from '../kind.js';
import { addNames } from '../scope.js';
import { differenceText, type RecordedCall, type Recording } from './recording.js';

/** What a recording cannot hold. */
export interface ReplayParts {
  /** Makes each application that the recorded program had made, by name. */
  readonly applications?: Readonly<Record<string, () => Application>>;
  /** Kinds of node of one's own; those of this package are there. */
  readonly kinds?: readonly NodeKind[];
}

/** Does again what a recording says; whoever has the world does the calls. */
export interface Replayer {
  readonly fabric: Fabric;
  readonly language: Language;
  readonly run: CallRun<RecordedCall>;
  node(kind: NodeKind, call: RecordedCall & { readonly call: 'node' }): void;
  app(application: Application, call: RecordedCall & { readonly call: 'app' }): void;
  command(command: ParsedCommand, scope: Scope): void;
}

/** Makes the run of a recording again, in a new world. Throws where it cannot, or where another run comes of it. */
export function replayAll(
  recording: Recording,
  parts: ReplayParts,
  kinds: readonly NodeKind[],
  replayer: Replayer,
): void {
  const { world } = replayer.fabric;
  const differs = (why: string): Error => new Error(differenceText(recording, world, why));
  const names = replayer.language.newScope();
  const allKinds = [...(parts.kinds ?? []), ...kinds];
  recording.calls.forEach(({ at, call, digest }, index) => {
    const which = `call ${index + 1}: ${callText(call)}`;
    if (!replayer.run.reach(at)) throw differs(`before ${which}`);
    if (call.call === 'node') replayer.node(kindOf(call.kind, allKinds), call);
    else if (call.call === 'app') replayer.app(applicationOf(call, parts), call);
    else {
      addNames(names, replayer.fabric);
      const parsed = replayer.language.parseLine(call.text, { file: '', line: index + 1, via: [] }, names);
      if (!('command' in parsed)) {
        const why = 'problems' in parsed ? parsed.problems.map(problemText).join('; ') : 'it is empty';
        throw differs(`${which}: ${why}`);
      }
      replayer.command(parsed.command, names);
    }
    if (world.log.digest() !== digest) throw differs(`by ${which}`);
  });
  if (!replayer.run.reach(recording.end) || world.log.digest() !== recording.digest)
    throw differs('at the end');
}

function kindOf(name: string, kinds: readonly NodeKind[]): NodeKind {
  const kind = kinds.find((one) => one.name === name);
  if (kind !== undefined) return kind;
  throw new Error(`the recording has a node of kind ${name}: give it as kinds: [${name}]`);
}

function applicationOf(
  { name, node }: { readonly name: string; readonly node: string },
  { applications = {} }: ReplayParts,
): Application {
  const make = Object.hasOwn(applications, name) ? applications[name] : undefined;
  if (make !== undefined) return make();
  throw new Error(
    `the recording has an application ${name} on ${node}: give it as applications: { ${name}: () => … }`,
  );
}

function callText(call: Call<RecordedCall>['call']): string {
  if (call.call === 'node') return `node ${call.name} ${call.kind}`;
  return call.call === 'app' ? `app ${call.name} --on ${call.node}` : call.text;
}
