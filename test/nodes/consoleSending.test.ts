import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../index.js';
import { fabricOf } from '../../nodes/index.js';
import { told } from '../support/openers.js';
import { kinds, lab, pair } from './lab.js';

/** Texts of the messages that were handed up on a session. */
const texts = (emulator: ReturnType<typeof lab>, session: string): readonly string[] =>
  emulator
    .events('message')
    .filter(({ fields }) => fields.get('session') === session)
    .map(({ fields }) => String(fields.get('text')));

describe.each(kinds)('what the monitor’s application sends, with a server on an %s', (kind) => {
  it('D13 ends with the first call that fails', () => {
    const emulator = pair(kind);
    emulator.command('kill server\nrun 1s\nrmc_send c lost --count 3');
    expect(told(emulator, 'rmc_send', 'status')).toEqual(['RMC_ECONNABORTED']);
  });

  it('D26 goes on at writable of its own session only, and an interval is none that waits', () => {
    const emulator = lab(`
      node far ${kind}
      node other ssc
      node near ssc
      app server --on far
      app second --on other
      app client --on near
      rmc_listen server 9 --as s
      rmc_listen second 9 --as t
      rmc_open client far:9 --as c
      rmc_open client other:9 --as d
      run 1ms
      set near io_timeout 60m
      hang server
      hang second
      rmc_send c fill --count 400
      rmc_send d fill --count 400
      rmc_send c tick --count 2 --every 10s
      run 1ms
      unhang server
      run 1s`);
    const statuses = (session: string, status: string): number =>
      told(emulator, 'rmc_send', 'session', 'status').filter((one) => one === `${session} ${status}`).length;
    expect(statuses('d', 'RMC_EAGAIN')).toBe(1);
    expect(statuses('c', 'RMC_INPROGRESS')).toBe(401);
    expect(texts(emulator, 's/1').filter((text) => text === 'tick')).toHaveLength(1);
    emulator.command('run 20s');
    expect(texts(emulator, 's/1').filter((text) => text === 'tick')).toHaveLength(2);
  });

  it('D13 on one session goes on when another is closed', () => {
    const emulator = pair(kind);
    emulator.command('rmc_open client far:9 --as d\nrun 1ms');
    emulator.command('rmc_send c one --count 3 --every 10ms\nrmc_send d two --count 3 --every 10ms');
    emulator.command('run 1ms\nrmc_close c --then-free\nrun 100ms');
    expect(texts(emulator, 's/1')).toEqual(['one']);
    expect(texts(emulator, 's/2')).toEqual(['two', 'two', 'two']);
  });

  it('D24 comes back from a client that echoes', () => {
    const emulator = pair(kind, { open: '--on_message echo' });
    emulator.command('rmc_send s/1 hello\nrun 1ms');
    expect(texts(emulator, 'c')).toEqual(['hello']);
    expect(texts(emulator, 's/1')).toEqual(['hello']);
  });

  it('D20 is counted anew by a process that is started again', () => {
    const emulator = pair(kind);
    emulator.command('rmc_send c --count 2\nrun 1ms\nkill client\nlaunch client');
    emulator.command('rmc_open client far:9 --as d\nrun 1ms\nrmc_send d\nrun 1ms');
    expect(texts(emulator, 's/1')).toEqual(['message 1', 'message 2']);
    expect(texts(emulator, 's/2')).toEqual(['message 1']);
  });

  it('S5 D20 a process that is started again after stop stays when its last session is closed', () => {
    const emulator = pair(kind);
    emulator.command('stop client\nrun 10ms\nlaunch client\nrmc_open client far:9 --as d\nrun 1ms');
    emulator.command('rmc_close d --then-free\nrun 10ms\nexpect session d CLOSED');
    expect(told(emulator, 'process_exit', 'app', 'reason')).toEqual(['client stop']);
  });

  it('S5 stop shuts a LISTEN session down, and that is all that its ACCEPT sessions need', () => {
    const emulator = pair(kind);
    emulator.command('stop server\nexpect process_exit --app server --reason stop --within 10ms');
    expect(told(emulator, 'rmc_shutdown', 'session', 'status')).toEqual(['s RMC_INPROGRESS']);
  });

  it('S11 S15 keeps nothing of sessions whose end nobody tells, and forgets none that lives', () => {
    const emulator = lab(`
      node far ${kind}
      node near ssc
      app server --on far
      app client --on near
      rmc_listen server 9 --on_message echo --as s
      rmc_open client far:9 --as stays
      run 1ms
      rmc_send stays first
      run 1ms
      repeat 150
      rmc_open client far:9 --as c
      run 500us
      rmc_send c hello
      run 500us
      rmc_close c --then-free
      run 500us
      end
      rmc_send stays last
      run 1ms`);
    expect(texts(emulator, 'stays')).toEqual(['first', 'last']);
    expect(texts(emulator, 'c')).toHaveLength(150);
    const plans = fabricOf(emulator.world).applications.map(
      ({ state }) => (state as { plans: Map<number, object> }).plans.size,
    );
    for (const size of plans) expect(size).toBeLessThan(70);
  });
});

describe.each(kinds)('going back, with an application of the monitor on an %s', (kind) => {
  it('§2 takes back what it sent, also over the end of its process', () => {
    const emulator = createEmulator({ timeTravel: true });
    emulator.command(`node far ${kind}\nnode near ssc\napp server --on far\napp client --on near`);
    emulator.command(
      'rmc_listen server 9 --as s\nrmc_open client far:9 --as c\nrun 1ms\nrmc_send c\nrun 1ms',
    );
    const before = emulator.world.log.count;
    emulator.command('rmc_send c --count 5\nrun 1ms\nkill client\nlaunch client\nrun 1ms');
    emulator.gotoEvent(before);
    emulator.command('rmc_send c\nrun 1ms\nrmc_close c --then-free\nrun 1ms\nexpect session c CLOSED');
    expect(texts(emulator, 's/1')).toEqual(['message 1', 'message 2']);
    emulator.command('expect memory client --live 0');
  });

  it('§2 takes back that it stops', () => {
    const emulator = createEmulator({ timeTravel: true });
    emulator.command(`node far ${kind}\nnode near ssc\napp server --on far\napp client --on near`);
    emulator.command('rmc_listen server 9 --as s\nrmc_open client far:9 --as c\nrun 1ms');
    const before = emulator.world.log.count;
    emulator.command('cut near far\nstop client\nrun 1ms');
    emulator.gotoEvent(before);
    emulator.command('rmc_close c --then-free\nrun 10ms\nexpect session c CLOSED');
    expect(told(emulator, 'process_exit')).toEqual([]);
  });
});
