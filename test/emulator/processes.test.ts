import { describe, expect, it } from 'vitest';
import { LimitReached, type ProcessModel, Refused } from '../../emulator/index.js';
import { bed, eventsOf, linesOf } from './bed.js';

/** One process that notes what it handles; `on` says what it does besides. */
function oneProcess(model: ProcessModel = {}, limits = {}) {
  const { world } = bed(['a'], { limits });
  const { processes } = world;
  const handled: string[] = [];
  const discarded: number[] = [];
  const on = new Map<number, () => void>();
  const kind = processes.handler(
    'note',
    (_process, a, b) => {
      handled.push(`${world.nowUs}:${a}.${b}`);
      on.get(a)?.();
    },
    (_process, a) => discarded.push(a),
  );
  const process = processes.start(1, 'client', world.strings.intern('client'), model);
  const give = (a: number, limited = false): boolean => processes.deliver(process, kind, a, 0, limited);
  return { world, processes, process, handled, discarded, on, kind, give };
}

describe('processes', () => {
  it('§3 start and exit are events with the process and its application', () => {
    const { world, processes, process } = oneProcess();
    world.runTo(30);
    processes.exit(process, 'kill');
    expect(linesOf(world, 'process_start')).toEqual(['0 node=a app=client process=client']);
    expect(linesOf(world, 'process_exit')).toEqual(['30 node=a app=client reason=kill process=client']);
    expect(processes.get(process)).toMatchObject({ state: 'exited', startedUs: 0, node: 1 });
    expect(world.faults.lastFaultOfProcess(process)).toEqual({ what: 'process_exit', timeUs: 30, event: 2 });
    expect(world.faults.lastFault(1, 1)?.event).toBe(2);
    expect(() => processes.exit(process, 'kill')).toThrow(new Refused('client is not running'));
    expect(processes.start(1, 'client')).toBe(process + 1);
  });

  it('a running process handles what comes at once', () => {
    const { give, handled } = oneProcess();
    expect(give(1)).toBe(true);
    expect(handled).toEqual(['0:1.0']);
  });

  it('D21 a hung process handles nothing, what comes waits, and is handled first and in order on resume', () => {
    const order: string[] = [];
    const model = { drained: () => order.push('timers') };
    const { world, processes, process, give, handled, on, kind } = oneProcess(model);
    expect(processes.kindName(kind)).toBe('note');
    for (const a of [1, 2, 3]) on.set(a, () => order.push(String(a)));
    processes.hang(process);
    expect([give(1), give(2, true), give(3, true)]).toEqual([false, false, false]);
    expect([handled.length, processes.waiting(process), processes.limitedWaiting(process)]).toEqual([
      0, 3, 2,
    ]);
    world.runTo(70);
    processes.resume(process);
    expect(handled).toEqual(['70:1.0', '70:2.0', '70:3.0']);
    expect(order).toEqual(['1', '2', '3', 'timers']);
    expect([processes.waiting(process), processes.limitedWaiting(process)]).toEqual([0, 0]);
    expect(linesOf(world, 'process_hang')).toEqual(['0 node=a app=client process=client']);
    expect(linesOf(world, 'process_resume')).toEqual(['70 node=a app=client process=client']);
    expect(() => processes.resume(process)).toThrow(new Refused('client does not hang'));
  });

  it('D21 hanging twice is refused', () => {
    const { processes, process } = oneProcess();
    processes.hang(process);
    expect(() => processes.hang(process)).toThrow(new Refused('client hangs already'));
  });

  it('what waited is handled with the cause that it came with', () => {
    const { world, processes, process, give, on } = oneProcess();
    on.set(1, () => world.log.emit(world.eventType('note'), -1, -1, -1, -1));
    processes.hang(process);
    world.log.cause = world.command('the reason');
    give(1);
    world.log.cause = 77;
    processes.resume(process);
    expect(world.log.cause).toBe(77);
    const [note] = eventsOf(world).filter((event) => event.event === 'note');
    expect(note!.cause).toBe(3);
  });

  it('what comes while an inbox is drained waits behind what is there', () => {
    const { processes, process, give, handled, on } = oneProcess();
    on.set(1, () => expect(give(9)).toBe(false));
    processes.hang(process);
    give(1);
    give(2);
    processes.resume(process);
    expect(handled).toEqual(['0:1.0', '0:2.0', '0:9.0']);
  });

  it('D21 a process that hangs in the middle of its inbox keeps the rest', () => {
    const order: string[] = [];
    const { processes, process, give, handled, on } = oneProcess({ drained: () => order.push('drained') });
    on.set(2, () => processes.hang(process));
    processes.hang(process);
    for (const a of [1, 2, 3]) give(a);
    processes.resume(process);
    expect([handled.length, processes.waiting(process), order]).toEqual([2, 1, []]);
    expect(give(4)).toBe(false);
    processes.resume(process);
    expect(handled).toEqual(['0:1.0', '0:2.0', '0:3.0', '0:4.0']);
    expect(order).toEqual(['drained']);
  });

  it('a process that becomes busy in the middle of its inbox goes on when its time is over', () => {
    const order: string[] = [];
    const { world, processes, process, give, handled, on } = oneProcess({
      goesOn: () => order.push(`over ${handled.length}`),
      drained: () => order.push(`drained ${handled.length}`),
    });
    on.set(1, () => processes.busy(process, world.nowUs + 200));
    processes.hang(process);
    for (const a of [1, 2, 3]) give(a);
    processes.resume(process);
    expect(handled).toHaveLength(1);
    world.runTo(199);
    expect([handled.length, processes.get(process).state]).toEqual([1, 'busy']);
    world.runTo(200);
    expect(handled).toEqual(['0:1.0', '200:2.0', '200:3.0']);
    expect(order).toEqual(['over 0', 'over 1', 'drained 3']);
  });

  it('a process that exits in the middle of its inbox discards the rest', () => {
    const { processes, process, give, handled, discarded, on } = oneProcess({
      drained: () => expect.unreachable(),
    });
    on.set(1, () => processes.exit(process, 'crash'));
    processes.hang(process);
    for (const a of [1, 2, 3]) give(a);
    processes.resume(process);
    expect([handled, discarded]).toEqual([['0:1.0'], [2, 3]]);
    expect(give(4)).toBe(false);
    expect(discarded).toEqual([2, 3, 4]);
    expect(processes.isAlive(process)).toBe(false);
  });

  it('what goesOn causes for its own process comes after what waits', () => {
    const it = oneProcess({ goesOn: () => it.give(9) });
    it.processes.busy(it.process, 10);
    it.give(1);
    it.world.runTo(10);
    expect(it.handled).toEqual(['10:1.0', '10:9.0']);
  });

  it('D21 a busy process that hangs is busy again on resume, unless its time is over', () => {
    const order: number[] = [];
    const it = oneProcess({ goesOn: () => order.push(it.world.nowUs) });
    it.processes.busy(it.process, 100);
    it.world.runTo(10);
    it.processes.hang(it.process);
    it.world.runTo(20);
    it.processes.resume(it.process);
    expect(it.processes.get(it.process).state).toBe('busy');
    it.world.runTo(50);
    it.processes.hang(it.process);
    it.world.runTo(300);
    expect(order).toEqual([]);
    it.processes.resume(it.process);
    expect([order, it.processes.isRunning(it.process)]).toEqual([[300], true]);
  });

  it('an exited process is not woken by the end of its busy time', () => {
    const it = oneProcess({ goesOn: () => expect.unreachable() });
    it.processes.busy(it.process, 100);
    it.processes.exit(it.process, 'power');
    it.world.runTo(200);
    expect(it.processes.isAlive(it.process)).toBe(false);
  });

  it('a long inbox keeps its order', () => {
    const { processes, process, give, handled, on } = oneProcess();
    on.set(4999, () => processes.hang(process));
    processes.hang(process);
    for (let a = 0; a < 10_000; a += 1) give(a);
    processes.resume(process);
    for (let a = 10_000; a < 10_010; a += 1) give(a);
    processes.resume(process);
    expect(handled).toEqual(Array.from({ length: 10_010 }, (_, a) => `0:${a}.0`));
  });

  it('§1 an inbox that is full, or that never empties, shows itself', () => {
    const full = oneProcess({}, { inboxEntries: 2 });
    full.processes.hang(full.process);
    full.give(1);
    full.give(2);
    expect(() => full.give(3)).toThrow(LimitReached);
    const endless = oneProcess({}, { entriesAtOneInstant: 100 });
    endless.on.set(1, () => endless.give(1));
    endless.processes.hang(endless.process);
    endless.give(1);
    expect(() => endless.processes.resume(endless.process)).toThrow('more than 100 entries at 0 us');
    expect(() => bed(['a'], { limits: { processes: 0 } }).world.processes.start(1, 'x')).toThrow(
      LimitReached,
    );
  });
});
