import { describe, expect, it } from 'vitest';
import { LimitReached, Refused } from '../../emulator/index.js';
import { bed, eventsOf, linesOf } from './bed.js';

describe('power', () => {
  it('§3 a node is on from the start, and power off is at once', () => {
    const it = bed(['a', 'b']);
    expect(it.world.nodes.get(1)).toMatchObject({ name: 'a', power: 'on', sinceUs: 0 });
    it.world.runTo(40);
    it.world.log.cause = it.world.command('power off a');
    it.world.nodes.powerOff(1);
    expect(it.powerLost).toEqual(['a']);
    expect(it.world.nodes.get(1)).toMatchObject({ power: 'off', sinceUs: 40 });
    expect(linesOf(it.world, 'node_down')).toEqual(['40 node=a']);
    expect(eventsOf(it.world).at(-1)!.cause).toBe(1);
    expect(it.world.log.cause).toBe(1);
  });

  it('§3 power on takes the boot time; node_up is the node’s to say, with the command as its cause', () => {
    const it = bed(['a']);
    it.world.nodes.powerOff(1);
    it.world.log.cause = it.world.command('power on a');
    it.world.nodes.powerOn(1, 500);
    it.world.log.cause = 0;
    it.world.runTo(499);
    expect([it.world.nodes.isOn(1), it.world.nodes.get(1).power, it.booted]).toEqual([false, 'booting', []]);
    it.world.runTo(500);
    expect([it.world.nodes.isOn(1), it.booted]).toEqual([true, ['a']]);
    expect(linesOf(it.world, 'node_up')).toEqual(['500 node=a']);
    expect(eventsOf(it.world).at(-1)!.cause).toBe(2);
  });

  it('§3 a node that is switched off while it boots does not come up from that boot', () => {
    const it = bed(['a']);
    it.world.nodes.powerOff(1);
    it.world.nodes.powerOn(1, 500);
    it.world.runTo(100);
    it.world.nodes.powerOff(1);
    it.world.nodes.powerOn(1, 500);
    it.world.runTo(500);
    expect(it.booted).toEqual([]);
    it.world.runTo(600);
    expect(it.booted).toEqual(['a']);
  });

  it('§3 what makes no sense is refused', () => {
    const { nodes } = bed(['a']).world;
    expect(() => nodes.powerOn(1, 5)).toThrow(new Refused('a is on already'));
    nodes.powerOff(1);
    expect(() => nodes.powerOff(1)).toThrow(new Refused('a is off already'));
    nodes.powerOn(1, 5);
    expect(() => nodes.powerOn(1, 5)).toThrow(new Refused('a is booting already'));
    expect(() => nodes.add('a', nodes.model(1))).toThrow(new Refused('there is a node a already'));
    expect(() => nodes.get(9)).toThrow('there is no node 9');
    expect([nodes.find('a'), nodes.find('b')]).toEqual([1, 0]);
  });

  it('§1 too many nodes show themselves', () => {
    expect(() => bed(['a', 'b', 'c'], { limits: { nodes: 2 } })).toThrow(LimitReached);
  });
});
