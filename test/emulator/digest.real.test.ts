import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bed } from './bed.js';

// The run of `inThisProcess`, for the built emulator in a process of its own.
const script = `
  const { World } = await import(process.argv[1]);
  const note = { name: 'note', help: '', common: [], fields: [{ name: 'size', type: 'int', help: '' }] };
  const extension = { name: 'test', events: [note], commands: [], install() {} };
  const world = new World({ seed: 42, log: process.argv[2], extensions: [extension] });
  for (const name of ['a', 'b']) {
    world.nodes.add(name, {
      powerLost() {},
      booted() {},
      frameArrived(slot) {
        world.bus.delivered(slot, -1, -1);
        world.bus.release(slot);
      },
    });
  }
  world.bus.links.set('loss', 0.2);
  world.bus.links.set('jitterUs', 500);
  world.bus.links.set('duplicate', 0.3);
  const type = world.strings.intern('DATA');
  for (let n = 0; n < 500; n += 1) {
    world.bus.send(1, 2, 1, 7, type, -1, new Uint8Array(4), 0, 4);
    world.runTo(n * 10);
  }
  world.runTo(100000);
  console.log(world.log.digest(), world.stateDigest());
`;

function inAnotherProcess(log: string): string {
  const built = new URL('../../dist/emulator/index.js', import.meta.url).href;
  const args = ['--input-type=module', '-e', script, built, log];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim().split(' ')[0]!;
}

function inThisProcess(): string {
  const { world, send } = bed(['a', 'b'], { seed: 42 });
  world.bus.links.set('loss', 0.2);
  world.bus.links.set('jitterUs', 500);
  world.bus.links.set('duplicate', 0.3);
  for (let n = 0; n < 500; n += 1) {
    send('a', 'b');
    world.runTo(n * 10);
  }
  world.runTo(100_000);
  return world.log.digest();
}

describe('digest', () => {
  it('§2 same run and seed, same digest, in every process and log mode', () => {
    const here = inThisProcess();
    expect(inAnotherProcess('kept')).toBe(here);
    expect(inAnotherProcess('counted')).toBe(here);
    expect(inAnotherProcess('off')).toBe(here);
  });
});
