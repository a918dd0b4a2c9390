import { describe, expect, it } from 'vitest';
import { parseDrill, Timeline, World } from '../../emulator/index.js';
import { language } from '../../index.js';
import { fabricOf, rmcExtensions } from '../../nodes/index.js';
import { kinds } from './lab.js';

const words = language();

function timelineOf(lines: string): Timeline {
  const drill = parseDrill(lines, 'test.drill', words);
  if ('problems' in drill) throw new Error(JSON.stringify(drill.problems));
  const makeWorld = () => new World({ seed: 3, extensions: rmcExtensions });
  return new Timeline({ language: words, makeWorld, drill: drill.drill, checkpoints: { spacingEvents: 4 } });
}

/** Everything at once: calls on their way, deaths and starts, a failure, mailboxes with mail, a mailbox that is full. */
const busyWorld = (kind: string) => `
  node far ${kind} --memory 24KiB
  node near ${kind} --memory 24KiB
  set far mailbox 2
  app server --on far --heap 8KiB
  app other --on far --heap 8KiB
  app client --on near --heap 8KiB
  app second --on near --heap 8KiB
  rmc_listen server 9 --on_message echo --close_session notify --as s
  rmc_listen other 8 --close_session slow:1ms --as o
  rmc_open client far:9 --abort_session notify --as c
  rmc_open second far:8 --delivery ordered --as d
  run 1ms
  rmc_send c hello --count 6 --every 100us
  rmc_send d hello --count 3
  run 300us
  hang server
  run 600us
  kill second
  launch second
  rmc_open second far:8 --as e
  run 400us
  unhang server
  rmc_close e
  run 400us
  hang other
  kill client
  run 100ms
  power off near
  run 400ms
  power on near
  unhang other
  run 600ms
  launch client
  rmc_open client far:8 --as c
  run 2ms
`;

/** What a world has said; now and then also all that stands in it, which takes longer. */
const said = ({ world }: Timeline) => [
  world.nowUs,
  world.log.digest(),
  fabricOf(world).deliveries.wrongInAll,
];

describe.each(kinds)('going back in a busy world of %ss', (kind) => {
  it('§2 from wherever one goes on, it is the same run again', () => {
    const timeline = timelineOf(busyWorld(kind));
    const moments = [said(timeline)];
    const states = new Map<number, string>();
    while (timeline.state === 'running' && timeline.step() > 0) {
      if (moments.length % 23 === 0) states.set(moments.length, timeline.world.stateDigest());
      moments.push(said(timeline));
    }
    const last = moments.length - 1;
    expect([timeline.state, timeline.failures.map(({ message }) => message)]).toEqual(['passed', []]);
    expect(last).toBeGreaterThan(70);
    for (const [at, state] of [...states].reverse()) {
      timeline.back(timeline.steps - at);
      expect([...said(timeline), timeline.world.stateDigest()]).toEqual([...moments[at]!, state]);
      timeline.forward(9);
      expect(said(timeline)).toEqual(moments[Math.min(last, at + 9)]);
    }
    timeline.forward(last);
    expect(said(timeline)).toEqual(moments[last]);
  });
});
