import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SourceCopy } from './support/sourceCopy.js';

const SLOWEST_MS = 120_000;

/** What a careless hand might write into a node: chance that does not come from the seed. */
const plants = [
  {
    kind: 'ssc',
    what: 'frames are lost',
    file: 'nodes/ssc/node.ts',
    text: '>= this.state.settings.mailbox',
    instead: '>= this.state.settings.mailbox || Math.random() < 0.2',
    /** The same frame, at the same time: one run lost it, the other took it in. */
    shown: [/frame_dropped .*reason=mailbox/, /frame_delivered /],
    isSameTime: true,
  },
  {
    kind: 'eee',
    what: 'mail is late',
    file: 'nodes/eee/mail.ts',
    text: 'world.nowUs + afterUs,',
    instead: 'world.nowUs + afterUs + Math.floor(10_000 + Math.random() * 50_000),',
    /** The handshake is over by then, and no heartbeat due: the same event, at another time. */
    shown: [/open_done .*session=c .*status=RMC_OK/, /open_done .*session=c .*status=RMC_OK/],
    isSameTime: false,
  },
];

const drillOf = (kind: string): string => `
node far ${kind}
node near ${kind}
app server --on far
app client --on near
rmc_listen server 9 --on_message echo --as s
rmc_open client far:9 --as c
run 500ms
rmc_send c --count 30
run 500ms
`;

const DIFFERENCE =
  /part at event @(\d+)\n +first run: +(\S.* s) +@(\d+) (.*)\n +second run: +(\S.* s) +@(\d+) (.*)\n +before it both had:\n/;

describe.each(plants)('§2 a Math.random in a copy of nodes/$kind, by which $what', (plant) => {
  const drill = 'drills/bus/planted.drill';
  let copy: SourceCopy;
  beforeAll(() => {
    copy = new SourceCopy(`random-${plant.kind}`);
    copy.replace(plant.file, plant.text, plant.instead);
    writeFileSync(join(copy.folder, drill), drillOf(plant.kind));
    expect(copy.compile('tsconfig.build.json')).toEqual({ status: 0, said: '' });
  }, SLOWEST_MS);
  afterAll(() => copy.remove());

  it('--check-determinism ends with 3 and shows the first event that differs, as it was in each run', () => {
    const { status, said } = copy.run('dist/cli/main.js', 'drill', drill, '--check-determinism');
    expect(status, said).toBe(3);
    const [, event, oneTime, oneEvent, one = '', otherTime, otherEvent, other = ''] =
      DIFFERENCE.exec(said) ?? [];
    expect([oneEvent, otherEvent], said).toEqual([event, event]);
    expect(oneTime === otherTime, said).toBe(plant.isSameTime);
    const [first, second] = plant.shown;
    expect((first!.test(one) && second!.test(other)) || (first!.test(other) && second!.test(one)), said).toBe(
      true,
    );
  });

  it('npm run digests finds it, in one process and between processes', () => {
    const { status, said } = copy.run('scripts/digests.js', drill);
    expect(status, said).toBe(1);
    expect(said).toMatch(/not deterministic:\n +.* part at event @\d+\n +first run: .*\n +second run: /);
    expect(said).toContain('1 DIFFER from "twice, all in one process"');
  });
});
