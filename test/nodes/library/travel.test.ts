import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Application,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  replay,
} from '../../../index.js';
import { nodeKinds } from '../../../nodes/index.js';
import { Client, Server } from './apps.js';

const kindNamed = (name: string) => nodeKinds.find((kind) => kind.name === name)!;

interface Made {
  readonly emulator: Emulator;
  readonly server: Server;
  readonly client: Client;
}

function made(kind: string, options: EmulatorOptions = { timeTravel: true }): Made {
  const emulator = createEmulator({ seed: 7, ...options });
  const server = new Server();
  const client = new Client();
  emulator.addNode('far', kindNamed(kind)).addApp('server', server);
  emulator.addNode('near', kindNamed('ssc')).addApp('client', client);
  return { emulator, server, client };
}

const fingerprint = ({ world }: Emulator) => [world.log.digest(), world.stateDigest(), world.nowUs];

/** As a program sees it. Ids of names, which the state digest has in it, depend on what was given up before. */
const seenOf = (emulator: Emulator) => [emulator.digest(), JSON.stringify(emulator.view())];

/** All that an application has in its fields. */
const fieldsOf = (application: Application) => structuredClone({ ...application });

const applications = { server: () => new Server(), client: () => new Client(), late: () => new Client() };

/** The very same run again, out of what is left of it as text. */
const again = (emulator: Emulator, timeTravel = false) =>
  replay(JSON.parse(JSON.stringify(emulator.recording())), { applications, timeTravel });

describe.each(nodeKinds.map(({ name }) => name))(
  'going back in a program, with the server on an %s',
  (kind) => {
    it('§2 every step is the same world again, events, state and fields of the applications', () => {
      const { emulator, client, server } = made(kind);
      emulator.command('set near heartbeat 2ms\nset far boot 1ms');
      emulator.run(4_000);
      emulator.command('power off far\nrun 10ms\npower on far\nrun 2ms\nlaunch server\nrun 5ms');
      const now = () => [emulator.digest(), emulator.nowUs, fieldsOf(client), fieldsOf(server)];
      const end = [...now(), emulator.world.stateDigest()];
      const seen: unknown[] = [];
      while (emulator.back() > 0) seen.push(now());
      expect(emulator.world.log.count).toBe(0);
      expect(seen.length).toBeGreaterThan(60);
      for (let at = seen.length - 2; at >= 0; at -= 1) {
        expect(emulator.forward()).toBe(1);
        expect(now()).toEqual(seen[at]);
      }
      while (emulator.forward() > 0);
      expect([...now(), emulator.world.stateDigest()]).toEqual(end);
      expect(client.told).toBeDefined();
    });

    it('§2 back N and forward N is the same time too, and observers see nothing twice', () => {
      const { emulator } = made(kind);
      emulator.run(20_001);
      const end = fingerprint(emulator);
      const seen: number[] = [];
      emulator.subscribe(({ number }) => seen.push(number));
      for (const steps of [1, 3, 30]) {
        emulator.back(steps);
        expect(seen).toEqual([]);
        const from = emulator.world.log.count;
        expect(emulator.forward(steps)).toBe(steps);
        expect(fingerprint(emulator)).toEqual(end);
        expect(seen[0]).toBe(from + 1);
        expect(seen.splice(0)).toHaveLength(emulator.world.log.count - from);
      }
      emulator.gotoEvent(10);
      emulator.goto(1_000);
      expect(seen.every((number, at) => number === seen[0]! + at)).toBe(true);
    });

    it('§2 goto goes to the end of an instant, to an event, and on to a time that has not come', () => {
      const { emulator, client } = made(kind);
      emulator.run(50_000);
      const later = fingerprint(emulator);
      emulator.goto(2_500);
      expect(emulator.nowUs).toBe(2_500);
      expect(client.sent).toBe(2);
      const fresh = made(kind, {});
      fresh.emulator.run(2_500);
      expect(fingerprint(emulator)).toEqual(fingerprint(fresh.emulator));
      emulator.goto(50_000);
      expect(fingerprint(emulator)).toEqual(later);
      const [first] = emulator.events('message');
      emulator.gotoEvent(first!.number);
      expect(emulator.events().at(-1)!.number).toBeGreaterThanOrEqual(first!.number);
      expect(emulator.events('message')).toHaveLength(1);
      emulator.goto(60_000);
      fresh.emulator.run(57_500);
      expect(fingerprint(emulator)).toEqual(fingerprint(fresh.emulator));
      expect(() => emulator.gotoEvent(1_000_000)).toThrow(/^event @1000000 has not come; the last is @\d+$/);
      for (const wrong of [-1, 0.5, Number.NaN]) {
        expect(() => emulator.goto(wrong)).toThrow('is not a time in microseconds');
        expect(() => emulator.back(wrong)).toThrow('is not a number of steps');
      }
    });

    it('§2 what a program does after going back starts a branch; a look leaves the way ahead as it is', () => {
      const { emulator, client } = made(kind);
      emulator.run(10_000);
      emulator.command('kill server\nrun 10ms');
      emulator.goto(5_000);
      emulator.command('nodes');
      expect(emulator.forward(1)).toBe(1);
      emulator.goto(5_000);
      emulator.run(0);
      expect(emulator.forward(1)).toBe(0);
      emulator.run(95_000);
      expect(emulator.events('process_exit')).toEqual([]);
      const fresh = made(kind, {});
      fresh.emulator.run(100_000);
      expect(fingerprint(emulator)).toEqual(fingerprint(fresh.emulator));
      expect(fieldsOf(client)).toEqual(fieldsOf(fresh.client));
    });

    it('§2 a node that is made again on the way is the one that its handle means', () => {
      const emulator = createEmulator({ timeTravel: true });
      emulator.command('node near ssc');
      const far = emulator.addNode('far', kindNamed(kind));
      emulator.run(1_000);
      emulator.goto(0);
      emulator.back(2);
      expect(emulator.view().nodes).toEqual([]);
      expect(() => far.addApp('server', new Server())).toThrow('there is no node far');
      emulator.command('node near ssc');
      emulator.addNode('far', kindNamed(kind));
      far.addApp('server', new Server());
      expect(emulator.sessions()).toHaveLength(1);
    });

    it('§2 state that cannot be gone back over is named when it makes another run', () => {
      const emulator = createEmulator({ timeTravel: true });
      let sizes = 8;
      emulator.addNode('far', kindNamed(kind)).addApp('own', {
        onStart: (api) => api.timer(100, 'x'),
        onTimer: (api) => {
          api.alloc(sizes);
          sizes += 8;
        },
      });
      emulator.run(1_000);
      emulator.back(1);
      expect(() => emulator.goto(1_000)).toThrow(
        /became another one by event @\d+: an application has state/,
      );
    });

    it('§2 a world that ran into a limit is whole again after going back', () => {
      const { emulator, client } = made(kind);
      emulator.run(5_000);
      const before = [fingerprint(emulator), fieldsOf(client)];
      emulator.addNode('third', kindNamed(kind)).addApp('spin', {
        onStart: (api) => api.timer(500, 'x'),
        onTimer: (api) => api.timer(0, 'x'),
      });
      expect(() => emulator.run(1_000)).toThrow('limit reached');
      expect(() => emulator.recording()).toThrow('limit reached');
      emulator.goto(4_999);
      emulator.run(1);
      expect([fingerprint(emulator), fieldsOf(client)]).toEqual(before);
      emulator.run(1_000);
      expect(again(emulator).digest()).toBe(emulator.digest());
    });

    it('§2 without timeTravel it says how to get it; it needs a log that keeps all', () => {
      const { emulator } = made(kind, {});
      for (const go of [() => emulator.back(), () => emulator.goto(0), () => emulator.gotoEvent(1)]) {
        expect(go).toThrow('make it with createEmulator({ timeTravel: true })');
      }
      expect(() => createEmulator({ timeTravel: true, log: 'counted' })).toThrow('needs the log mode kept');
    });

    it('§2 whatever a program does, it can be recorded and comes again, and going back changes nothing', () => {
      const op = fc.oneof(
        fc.integer({ min: 0, max: 30_000 }).map((us) => (e: Emulator) => e.run(us)),
        fc.integer({ min: 1, max: 40 }).map((n) => (e: Emulator) => void e.back(n)),
        fc.integer({ min: 1, max: 40 }).map((n) => (e: Emulator) => void e.forward(n)),
        fc.integer({ min: 0, max: 80_000 }).map((us) => (e: Emulator) => e.goto(us)),
        fc.nat(300).map((n) => (e: Emulator) => e.gotoEvent(1 + (n % e.world.log.count))),
        fc
          .constantFrom(
            'power off far',
            'power on far',
            'kill server',
            'launch server',
            'hang client\nrun 2ms\nunhang client',
            'inject loss --count 2 --as gone\nrun 3ms\nclear gone',
            'app another --on near\nrmc_open another far:9 --as own\nrmc_send own hello',
            'run 1ms\nexpect message --within 5ms\nstep 3',
            'sessions',
          )
          .map((text) => (e: Emulator) => void e.command(text)),
        fc.constant((e: Emulator) => e.addNode('third', kindNamed(kind)).addApp('late', new Client())),
      );
      fc.assert(
        fc.property(fc.array(op, { minLength: 1, maxLength: 12 }), fc.boolean(), (ops, travels) => {
          const { emulator } = made(kind);
          for (const one of ops) {
            try {
              one(emulator);
            } catch (error) {
              // What the world refuses, and checks that fail, leave a world too.
              expect(String(error)).not.toContain('became another one');
            }
          }
          const other = again(emulator, travels);
          expect(seenOf(other)).toEqual(seenOf(emulator));
          expect(JSON.stringify(other.recording())).toBe(JSON.stringify(emulator.recording()));
        }),
        { numRuns: 60 },
      );
    });
  },
);
