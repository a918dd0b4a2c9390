import fc from 'fast-check';
import type { Opinion } from '../opinion.js';
import type { Picture, SessionSeen } from '../picture.js';
import { lineFor, type Op, opKinds } from './ops.js';
import { Play, type Played } from './play.js';

/** A node of a random world. */
interface NodePlan {
  readonly kind: 'ssc' | 'eee';
  readonly old: boolean;
  readonly policy: string;
  readonly apps: number;
  /** Little memory: it may be full. */
  readonly small: boolean;
}

export interface WorldPlan {
  readonly seed: number;
  /** Whether applications do what is right, mostly. */
  readonly calm: boolean;
  readonly nodes: readonly NodePlan[];
  /** Sessions that are there from the start. */
  readonly opens: readonly Op[];
  readonly ops: readonly Op[];
}

const nodePlan: fc.Arbitrary<NodePlan> = fc.record({
  kind: fc.constantFrom('ssc', 'eee'),
  old: fc.nat(3).map((n) => n === 0),
  policy: fc.constantFrom(...Array<string>(7).fill('report'), 'trap', 'hardware', 'hardware'),
  apps: fc.integer({ min: 1, max: 2 }),
  small: fc.nat(14).map((n) => n === 0),
});

const op: fc.Arbitrary<Op> = fc.record({
  kind: fc.constantFrom(...opKinds),
  a: fc.nat(0xffff),
  b: fc.nat(0xffff),
  c: fc.nat(0xffff),
});

export const worldPlans: fc.Arbitrary<WorldPlan> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  calm: fc.nat(9).map((n) => n < 6),
  nodes: fc.array(nodePlan, { minLength: 2, maxLength: 5 }),
  opens: fc.array(op, { minLength: 1, maxLength: 5 }),
  ops: fc.array(op, { minLength: 4, maxLength: 45, size: 'max' }),
});

const isOpen = (session: SessionSeen): boolean =>
  session.process.alive && !session.letGo && session.successor === undefined;

/** What there is to choose from at a moment of a random world. */
export class Choices {
  readonly picture: Picture;
  readonly calm: boolean;
  made = 0;

  constructor(picture: Picture, calm: boolean) {
    this.picture = picture;
    this.calm = calm;
  }

  one<T>(list: readonly T[], n: number): T | undefined {
    return list[n % Math.max(1, list.length)];
  }

  nodes(): string[] {
    return [...this.picture.nodes.keys()];
  }

  apps(): string[] {
    return [...this.picture.processes.values()].filter(({ app }) => app !== '').map(({ name }) => name);
  }

  running(): string[] {
    const { processes } = this.picture;
    return [...processes.values()].filter(({ app, alive }) => app !== '' && alive).map(({ name }) => name);
  }

  sessions(type?: string): SessionSeen[] {
    const { sessions } = this.picture;
    const all = [...sessions.values()].filter((session) => type === undefined || session.type === type);
    const open = all.filter(isOpen);
    return open.length > 0 ? open : all;
  }
}

/** Plays a plan; what the world refuses at that moment is left out. */
export function play(plan: WorldPlan, opinion?: Opinion): Played {
  const played = new Play(plan.seed, opinion);
  const choices = new Choices(played.judge.picture, plan.calm);
  setUp(plan, played, choices);
  for (const each of plan.ops) {
    if (played.isOver) break;
    perform(played, choices, each);
  }
  return played.end();
}

function setUp(plan: WorldPlan, played: Play, choices: Choices): void {
  plan.nodes.forEach(({ kind, old, policy, small }, index) => {
    played.command(
      `node n${index} ${kind} --release ${old ? 'R1.0.x' : 'R1.1'} --policy ${policy}${small ? ' --memory 8KiB' : ''}`,
    );
  });
  plan.nodes.forEach(({ apps, small }, index) => {
    for (let app = 0; app < apps; app += 1)
      played.command(`app a${index}${'xy'[app]} --on n${index}${small ? ' --heap 512' : ''}`);
  });
  for (const each of plan.opens) {
    perform(played, choices, { ...each, kind: 'listen' });
    perform(played, choices, { ...each, kind: 'open', a: each.c, b: each.b | 1 });
  }
  played.run(1_000);
}

function perform(played: Play, choices: Choices, each: Op): void {
  const line = lineFor(each, choices);
  for (const one of line === undefined ? [] : typeof line === 'object' ? line : [line]) {
    if (typeof one === 'number') played.run(one);
    else played.command(one);
  }
}
