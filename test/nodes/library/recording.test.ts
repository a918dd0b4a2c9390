import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator, type Recording, replay } from '../../../index.js';
import { nodeKinds } from '../../../nodes/index.js';
import { Client, Server } from './apps.js';

const kindNamed = (name: string) => nodeKinds.find((kind) => kind.name === name)!;

const applications = { server: () => new Server(), client: () => new Client() };

/** A client that sends twice as much as it did when the run was recorded. */
class ChangedClient extends Client {
  override onTimer(api: Parameters<Client['onTimer']>[0]): void {
    super.onTimer(api);
    if (api.nowUs > 3_000) super.onTimer(api);
  }
}

function recorded(kind: string): Emulator {
  const emulator = createEmulator({ seed: 11 });
  emulator.addNode('far', kindNamed(kind), { policy: 'trap' }).addApp('server', new Server());
  emulator.addNode('near', kindNamed('ssc'), { memoryBytes: 131_072 }).addApp('client', new Client(), {
    heapBytes: 4096,
  });
  emulator.run(2_345);
  emulator.command('inject loss --count 1 --as gone\nrun 2ms\nclear gone\nexpect message --count 2\nstep');
  return emulator;
}

const asText = (recording: Recording): Recording => JSON.parse(JSON.stringify(recording));

/** What is thrown. */
function problemOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return 'nothing was thrown';
}

describe.each(nodeKinds.map(({ name }) => name))('a recording, with the server on an %s', (kind) => {
  it('§2 makes the same run again: same events, same time, and it can go on', () => {
    const emulator = recorded(kind);
    const other = replay(asText(emulator.recording()), { applications });
    expect(other.digest()).toBe(emulator.digest());
    expect(other.world.stateDigest()).toBe(emulator.world.stateDigest());
    for (const one of [emulator, other]) one.run(10_000);
    expect(other.digest()).toBe(emulator.digest());
    expect(other.recording()).toEqual(emulator.recording());
  });

  it('§2 can be gone back over, and in any log mode it has the same digest', () => {
    const emulator = recorded(kind);
    const recording = asText(emulator.recording());
    const travelling = replay(recording, { applications, timeTravel: true });
    expect(travelling.back(10)).toBe(10);
    expect(travelling.forward(1_000)).toBe(10);
    expect(travelling.recording()).toEqual(recording);
    const counted = replay(recording, { applications, log: 'counted' });
    expect(counted.digest()).toBe(emulator.digest());
  });

  it('§2 of an application whose code has changed: says which event is the first that differs', () => {
    const emulator = recorded(kind);
    const changed = { ...applications, client: () => new ChangedClient() };
    const problem = problemOf(() => replay(asText(emulator.recording()), { applications: changed }));
    const [, number] = /first differs from the recording at event @(\d+), .*; now it is\n {2}/s.exec(
      problem,
    )!;
    const fresh = createEmulator({ seed: 11 });
    fresh.addNode('far', kindNamed(kind), { policy: 'trap' }).addApp('server', new Server());
    fresh.addNode('near', kindNamed('ssc'), { memoryBytes: 131_072 }).addApp('client', new ChangedClient(), {
      heapBytes: 4096,
    });
    fresh.run(2_345);
    fresh.command('inject loss --count 1 --as gone\nrun 2ms');
    const there = emulator.events();
    const first = fresh.events().find((event, at) => JSON.stringify(event) !== JSON.stringify(there[at]));
    expect(Number(number)).toBe(first!.number);
  });

  it('§2 of a run that has less to it now: says where there is no event', () => {
    const emulator = createEmulator();
    emulator.addNode('far', kindNamed(kind)).addApp('server', new Server());
    const silent = { server: () => ({}) };
    const alone = createEmulator();
    alone.addNode('far', kindNamed(kind)).addApp('server', silent.server());
    const last = alone.world.log.count + 1;
    expect(problemOf(() => replay(emulator.recording(), { applications: silent }))).toMatch(
      new RegExp(`at event @${last}.*, by call 2: app server --on far: now there is none`),
    );
  });

  it('§2 too long for a mark of each event, or with a log that is not kept, it still sees that it differs', () => {
    const emulator = createEmulator({ log: 'off' });
    emulator.addNode('far', kindNamed(kind)).addApp('server', new Server());
    emulator.addNode('near', kindNamed('ssc')).addApp('client', new Client());
    emulator.run(2_000_000);
    const recording = emulator.recording();
    expect([recording.log, recording.prints]).toEqual(['off', '']);
    const changed = { ...applications, client: () => new ChangedClient() };
    expect(problemOf(() => replay(recording, { applications: changed }))).toMatch(
      /the replay differs from the recording at event @1 or later, at the end/,
    );
  });
});

describe('what a recording needs', () => {
  it('§2 an application that nobody can make is named', () => {
    const recording = recorded('ssc').recording();
    expect(problemOf(() => replay(recording, { applications: { client: () => new Client() } }))).toContain(
      'the recording has an application server on far: give it as applications: { server: () => … }',
    );
    expect(problemOf(() => replay(recording))).toContain('an application server on far');
  });

  it('§2 a kind of node that is not there is named, and one of one’s own can be given', () => {
    const own = { ...kindNamed('ssc'), name: 'own' };
    const emulator = createEmulator();
    emulator.addNode('here', own);
    const recording = asText(emulator.recording());
    expect(problemOf(() => replay(recording))).toContain('a node of kind own: give it as kinds: [own]');
    expect(replay(recording, { kinds: [own] }).digest()).toBe(emulator.digest());
  });

  it('§2 what is no recording, or of another version, is refused', () => {
    const recording = recorded('ssc').recording();
    const wrong = (other: object) => problemOf(() => replay(other as Recording, { applications }));
    expect(wrong({})).toContain('this is no recording of version 1: its version is undefined');
    expect(wrong({ ...recording, version: 2 })).toContain('its version is 2');
    expect(wrong({ ...recording, digest: '0123456789abcdef' })).toContain(
      'the replay differs from the recording in what is no event, at the end',
    );
    expect(wrong({ version: 1, calls: 5 })).toContain('it has no calls, no end or no prints');
    for (const [part, other] of [
      ['calls', {}],
      ['end', 0],
      ['prints', 5],
    ] as const) {
      expect(wrong({ ...recording, [part]: other })).toBe(
        'Error: this is no recording: it has no calls, no end or no prints',
      );
    }
  });

  it('§2 says at which event it differs, up to the very last, and by which call', () => {
    const emulator = createEmulator({ seed: 11 });
    emulator.addNode('a', kindNamed('ssc'));
    emulator.command('app b --on a\nrmc_listen b 9');
    const recording = emulator.recording();
    const without = (at: number) => `${recording.prints.slice(0, at)}000000${recording.prints.slice(at + 6)}`;
    const last = recording.events;
    const text = problemOf(() => replay({ ...recording, prints: without(last * 6 - 6), digest: '' }));
    expect(text).toBe(
      `Error: the replay first differs from the recording at event @${last}, at the end; now it is\n` +
        `  0.000 000 s  @${last} session_state node=a app=b session=b.1 state=LISTENING`,
    );
    const calls = recording.calls.map((one, at) => (at === 0 ? { ...one, digest: '' } : one));
    expect(problemOf(() => replay({ ...recording, calls }))).toContain('by call 1: node a ssc');
    const misspelt = recording.calls.map((one) => ({
      ...one,
      call: one.call.call === 'command' ? { ...one.call, text: one.call.text.replace('9', '-9') } : one.call,
    }));
    expect(problemOf(() => replay({ ...recording, calls: misspelt }))).toMatch(
      /call 3: rmc_listen b -9: 3:14: "-9" is no whole number/,
    );
  });

  it('§2 the marks of events of version 1 stay what they are: recordings are kept in files', () => {
    const emulator = createEmulator({ seed: 11 });
    emulator.command('node a ssc\napp b --on a\nrmc_listen b 9');
    expect(emulator.recording()).toMatchObject({
      version: 1,
      events: 7,
      prints: '345a9c79c3f9de41fa8be6461e0e8ee41c459f6bc8',
    });
  });

  it('§2 a command that is no longer in the language, or that is refused now, is told with its place', () => {
    const recording = recorded('ssc').recording();
    const change = (text: string) => ({
      ...recording,
      calls: recording.calls.map((one) =>
        one.call.call === 'command' && one.call.text.startsWith('clear')
          ? { ...one, call: { ...one.call, text } }
          : one,
      ),
    });
    const problem = (text: string) => problemOf(() => replay(change(text), { applications }));
    expect(problem('clear ghost')).toMatch(/call 6: clear ghost: .*ghost/);
    expect(problem('# nothing')).toMatch(/call 6: # nothing: it is empty/);
    expect(problem('power on far')).toMatch(/by call 6: power on far/);
  });

  it('§2 what is refused is not in it; what was given up by going back is not either', () => {
    const emulator = createEmulator({ timeTravel: true });
    emulator.command('node a ssc\nnode b ssc');
    expect(() => emulator.addNode('a', kindNamed('ssc'))).toThrow('there is a node a already');
    expect(() => emulator.command('power on a')).toThrow('already');
    emulator.run(5_000);
    emulator.command('power off b\nrun 1ms\nexpect no node_up');
    emulator.back(1);
    emulator.command('power off a');
    const texts = emulator.recording().calls.map(({ call }) => (call.call === 'command' ? call.text : ''));
    expect(texts).toEqual(['node a ssc', 'node b ssc', 'power off a']);
    expect(replay(emulator.recording()).digest()).toBe(emulator.digest());
  });
});
