import { describe, expect, it } from 'vitest';
import { dropReasons, worldEvents } from '../../emulator/index.js';
import { bed, linesOf } from './bed.js';

describe('the events of the world', () => {
  it('§3 have the fields that drills name', () => {
    const fieldsOf = (name: string): string[] =>
      worldEvents.find((event) => event.name === name)!.fields.map((field) => field.name);
    expect(fieldsOf('process_exit')).toContain('reason');
    for (const name of ['frame_sent', 'frame_delivered'])
      expect(fieldsOf(name)).toEqual(['frame', 'from', 'to']);
    expect(fieldsOf('frame_dropped')).toEqual(['frame', 'from', 'to', 'reason']);
    expect(fieldsOf('memory_error')).toEqual(expect.arrayContaining(['address', 'owner', 'kind']));
    expect(fieldsOf('alloc')).toEqual(expect.arrayContaining(['address', 'owner', 'size']));
    expect(fieldsOf('free')).toEqual(['address', 'owner']);
    for (const name of ['node_down', 'node_up', 'process_start', 'process_hang', 'process_resume']) {
      expect(worldEvents.find((event) => event.name === name)!.common).toContain('node');
    }
  });

  it('§2 each says what it is, and each field too', () => {
    for (const { help, fields } of worldEvents) {
      expect(help).not.toBe('');
      for (const field of fields) expect(field.help).not.toBe('');
    }
  });

  it('§3 a node drops a frame with any reason; the event stands at the node where it happens', () => {
    const { world, send } = bed(['a']);
    const b = world.nodes.add('b', {
      powerLost: () => {},
      booted: () => {},
      frameArrived: (slot) => {
        for (const reason of dropReasons) world.bus.dropped(slot, reason);
        world.bus.release(slot);
      },
    });
    send('a', 'b');
    world.runTo(100);
    expect(b).toBe(2);
    expect(linesOf(world, 'frame_dropped')).toEqual(
      dropReasons.map((reason) => `100 node=b frame=DATA from=a to=b reason=${reason}`),
    );
    expect(world.bus.counters.dropped).toBe(dropReasons.length);
  });
});
